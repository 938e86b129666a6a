import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keyTypes } from '../../../src/clouds/thalassa/rules.ts'
import { curveOf } from '../crypto/curves.ts'
import { curvePkcs8 } from '../crypto/testing/der.ts'
import { derOf, primeOf, rsaKey } from '../crypto/testing/rsa-keys.ts'
import { base64, DAY, START, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'
import { wrapTarget } from '../testing/wrapping.ts'

const keys = '/v1/kms/nl-01/keys'

let kms: ThalassaServer
let wrappingKey: string
beforeAll(async () => {
  kms = await startThalassa()
  wrappingKey = String((await kms.call('GET', '/v1/kms/nl-01/wrapping-key')).body.publicKey)
  await kms.create({ name: 'taken' })
})
afterAll(async () => {
  expect(kms.failures).toEqual([])
  await kms.close()
})

const wrap = (target: Uint8Array, how: Parameters<typeof wrapTarget>[2] = {}) =>
  wrapTarget(wrappingKey, target, how).toString('base64')

const der = { format: 'der', type: 'pkcs8' } as const
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).privateKey
const changed = (blob: string, at: number) => {
  const bytes = Buffer.from(blob, 'base64')
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes.toString('base64')
}
const cut = (blob: string, length: number) => Buffer.from(blob, 'base64').subarray(0, length).toString('base64')

const NOT_BASE64 = 'importKeyMaterial must be valid base64'
const CLOSED = "importKeyMaterial cannot be opened with this region's wrapping key and SHA256"
const NOT_PKCS8 = 'importKeyMaterial must hold an unencrypted PKCS#8 private key in DER'
const HASHES = 'hashFunction must be one of SHA1, SHA224, SHA256, SHA384, SHA512'
const FIXED = 'rotation is not allowed for this imported key'
const bytesFor = (bytes: number, keyType: string) => `importKeyMaterial must hold ${bytes} bytes for ${keyType}`
const ofType = (keyType: string) => `importKeyMaterial must hold a private key of type ${keyType}`

interface Refusal {
  readonly what: string
  readonly keyType?: string
  readonly material: () => unknown
  readonly more?: object
  readonly message: string
  readonly status?: number
}

const mlDsa = () => generateKeyPairSync('ml-dsa-65').privateKey

const good = () => wrap(randomBytes(32))

const refusals: readonly Refusal[] = [
  { what: 'no base64', material: () => '§§§§', message: NOT_BASE64 },
  {
    what: 'base64 without padding',
    keyType: 'aes128-gcm96',
    material: () => wrap(randomBytes(16)).replace('=', ''),
    message: NOT_BASE64,
  },
  { what: 'base64 of URLs', material: () => `-_${good().slice(2)}`, message: NOT_BASE64 },
  { what: 'base64 with line ends', material: () => `${good()}\n`, message: NOT_BASE64 },
  { what: 'a number', material: () => 17, message: 'importKeyMaterial must be a string' },
  { what: 'an empty text', material: () => '', message: CLOSED },
  { what: 'the first part only', material: () => cut(good(), 512), message: CLOSED },
  { what: 'less than the first part', material: () => cut(good(), 511), message: CLOSED },
  { what: 'a block and nothing in it', material: () => cut(good(), 520), message: CLOSED },
  { what: 'material that is not wrapped', material: () => base64('x'.repeat(32)), message: CLOSED },
  { what: 'the wrong hash', material: () => wrap(randomBytes(32), { hash: 'sha1' }), message: CLOSED },
  {
    what: 'the wrong hash, named',
    material: good,
    more: { hashFunction: 'sha512' },
    message: CLOSED.replace('SHA256', 'SHA512'),
  },
  {
    what: 'another wrapping key',
    material: () => {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 4096 })
      const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
      return wrapTarget(pem, randomBytes(32)).toString('base64')
    },
    message: CLOSED,
  },
  {
    what: 'a one-time key of 16 bytes',
    material: () => wrap(randomBytes(32), { ephemeral: randomBytes(16) }),
    message: CLOSED,
  },
  {
    what: 'a one-time key of 24 bytes',
    material: () => wrap(randomBytes(32), { ephemeral: randomBytes(24) }),
    message: CLOSED,
  },
  { what: 'a changed first part', material: () => changed(good(), 100), message: CLOSED },
  { what: 'a changed second part', material: () => changed(good(), 530), message: CLOSED },
  { what: 'a second part that is cut', material: () => cut(good(), 544), message: CLOSED },
  { what: '31 bytes', material: () => wrap(randomBytes(31)), message: bytesFor(32, 'aes256-gcm96') },
  { what: '33 bytes', material: () => wrap(randomBytes(33)), message: bytesFor(32, 'aes256-gcm96') },
  {
    what: '32 bytes',
    keyType: 'aes128-gcm96',
    material: good,
    message: bytesFor(16, 'aes128-gcm96'),
  },
  {
    what: '16 bytes',
    keyType: 'chacha20-poly1305',
    material: () => wrap(randomBytes(16)),
    message: bytesFor(32, 'chacha20-poly1305'),
  },
  { what: 'raw bytes', keyType: 'ed25519', material: good, message: NOT_PKCS8 },
  {
    what: 'PEM',
    keyType: 'ecdsa-p256',
    material: () => wrap(Buffer.from(ec('P-256').export({ format: 'pem', type: 'pkcs8' }).toString())),
    message: NOT_PKCS8,
  },
  {
    what: 'PKCS#1',
    keyType: 'rsa-2048',
    material: () => wrap(rsa(2048).export({ format: 'der', type: 'pkcs1' })),
    message: NOT_PKCS8,
  },
  {
    what: 'another curve',
    keyType: 'ecdsa-p256',
    material: () => wrap(ec('P-384').export(der)),
    message: ofType('ecdsa-p256'),
  },
  {
    what: 'another modulus',
    keyType: 'rsa-3072',
    material: () => wrap(rsa(2048).export(der)),
    message: ofType('rsa-3072'),
  },
  { what: 'RSA', keyType: 'ed25519', material: () => wrap(rsa(2048).export(der)), message: ofType('ed25519') },
  {
    what: 'an RSA-PSS key',
    keyType: 'rsa-2048',
    material: () => wrap(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey.export(der)),
    message: `${ofType('rsa-2048')}, not an RSA-PSS key (id-RSASSA-PSS); a key of type rsaEncryption signs with PSS too`,
  },
  {
    what: 'an RSA key with the public exponent 1',
    keyType: 'rsa-2048',
    material: () => wrap(derOf(rsaKey(primeOf(1024), primeOf(1024), 1n))),
    message:
      'importKeyMaterial must hold an RSA key whose public exponent is odd, above 2^16 and below 2^256 (FIPS 186-5)',
  },
  {
    what: 'an RSA key of one prime, squared',
    keyType: 'rsa-2048',
    material: () => {
      const prime = primeOf(1024)
      return wrap(derOf(rsaKey(prime, prime)))
    },
    message: 'importKeyMaterial must hold an RSA key of two different primes',
  },
  {
    what: 'an EC key whose private number is 1',
    keyType: 'ecdsa-p256',
    material: () => wrap(curvePkcs8(curveOf(256).identifier, Buffer.concat([Buffer.alloc(31), Buffer.of(1)]))),
    message: 'importKeyMaterial must hold a random private number: this one is too close to 0 or to the order of P-256',
  },
  {
    what: 'zeros',
    material: () => wrap(Buffer.alloc(32)),
    message: 'importKeyMaterial must hold random bytes: these repeat fewer than 5 different ones',
  },
  {
    what: 'a private key and a further byte',
    keyType: 'ed25519',
    material: () => wrap(Buffer.concat([generateKeyPairSync('ed25519').privateKey.export(der), Buffer.of(0)])),
    message: 'importKeyMaterial must end where its private key ends, and hold no bytes after it',
  },
  ...['hmac', 'hmac-sha256', 'hmac-sha512'].map((keyType) => ({
    what: 'material',
    keyType,
    material: good,
    message: `operation import is not supported for key type ${keyType}`,
  })),
  {
    what: 'an ML-DSA key',
    keyType: 'ed25519',
    material: () => wrap(mlDsa().export(der)),
    message: ofType('ed25519'),
  },
  {
    what: 'an ML-DSA key',
    keyType: 'ml-dsa-65',
    material: () => wrap(mlDsa().export(der)),
    message: `keyType must be one of ${keyTypes.map(({ name }) => name).join(', ')}`,
  },
  { what: 'a hash', material: good, more: { hashFunction: 'MD5' }, message: HASHES },
  { what: 'a hash by another spelling', material: good, more: { hashFunction: 'sha2-256' }, message: HASHES },
  { what: 'a hash', material: good, more: { hashFunction: 7 }, message: 'hashFunction must be a string' },
  { what: 'a word', material: good, more: { allowRotation: 'yes' }, message: 'allowRotation must be a boolean' },
  {
    what: 'rotation without leave',
    material: good,
    more: { keyRotationEnabled: true, rotationPeriodInDays: 30 },
    message: FIXED,
  },
  {
    what: 'a name that is taken',
    material: good,
    more: { name: 'taken' },
    message: 'a kms key with this slug already exists',
    status: 409,
  },
]

describe('import refuses', () => {
  it.each(refusals)('$what: $message', async (refusal) => {
    const { keyType = 'aes256-gcm96', more = {}, message, status = 400 } = refusal
    const before = (await kms.call('GET', keys)).body
    const body = { name: 'refused', keyType, importKeyMaterial: refusal.material(), ...more }
    expect(await kms.call('POST', keys, { body })).toMatchObject({ status, body: { message } })
    expect((await kms.call('GET', keys)).body).toEqual(before)
  })

  it('any other input, without an internal failure', async () => {
    const blob = Buffer.from(good(), 'base64')
    const any = fc.oneof(
      fc.uint8Array({ minLength: 500, maxLength: 600 }).map((bytes) => Buffer.from(bytes).toString('base64')),
      fc.uint8Array({ maxLength: 90 }).map((bytes) => Buffer.concat([blob.subarray(0, 512), bytes]).toString('base64')),
      fc.uint8Array({ maxLength: 90 }).map((bytes) => wrap(bytes)),
      fc.string(),
    )
    const keyType = fc.constantFrom('aes128-gcm96', 'rsa-2048', 'ecdsa-p256', 'ed25519')
    const before = (await kms.call('GET', keys)).body
    await fc.assert(
      fc.asyncProperty(any, keyType, async (importKeyMaterial, type) => {
        fc.pre(Buffer.from(importKeyMaterial, 'base64').length !== 536)
        const body = { name: 'never', keyType: type, importKeyMaterial }
        expect((await kms.call('POST', keys, { body })).status).toBe(400)
      }),
      { numRuns: 150 },
    )
    expect((await kms.call('GET', keys)).body).toEqual(before)
  })
})

it('ignores the members of an import without material', async () => {
  const id = await kms.create({ hashFunction: 'MD5', allowRotation: 'yes', importKeyMaterial: null })
  expect((await kms.on(id, 'GET')).body).not.toHaveProperty('imported')
  expect((await kms.on(id, 'POST', '/rotate')).status).toBe(200)
})

describe('rotation of an imported key', () => {
  const patch = (id: string, body: object) => kms.on(id, 'PATCH', '/rotation', body)
  const importKey = (more: object = {}) => kms.create({ importKeyMaterial: good(), ...more })
  beforeEach(() => {
    kms.clock.time = START
  })
  afterEach(() => {
    kms.clock.time = START
  })

  it('is refused by hand and by schedule unless allowed, and the key is unchanged', async () => {
    const id = await importKey()
    const before = (await kms.on(id, 'GET')).body
    const refused = { status: 400, body: { message: FIXED } }
    expect(await kms.on(id, 'POST', '/rotate')).toMatchObject(refused)
    expect(await patch(id, { keyRotationEnabled: true, rotationPeriodInDays: 30 })).toMatchObject(refused)
    expect(await patch(id, { keyRotationEnabled: true })).toMatchObject(refused)
    for (const body of [{}, { keyRotationEnabled: false }])
      expect(await patch(id, body)).toMatchObject({ status: 200, body: before })
    expect((await kms.on(id, 'GET')).body).toEqual(before)

    expect(await patch(id, { rotationPeriodInDays: 1 })).toMatchObject({ status: 200, body: { imported: true } })
    kms.clock.time = START + 5 * DAY
    expect(await kms.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
  })

  it('is refused for the status first', async () => {
    const id = await importKey()
    await kms.on(id, 'POST', '/disable')
    expect((await kms.on(id, 'POST', '/rotate')).body.message).toBe('kms key is disabled')
    expect((await patch(id, { keyRotationEnabled: true, rotationPeriodInDays: 1 })).body.message).toBe(FIXED)
    await kms.on(id, 'DELETE')
    expect((await kms.on(id, 'POST', '/rotate')).body.message).toBe('kms key is pending deletion')
    expect((await patch(id, { keyRotationEnabled: true })).body.message).toBe('kms key is pending deletion')
  })

  it('adds a random version if the import allowed it; the key stays imported and decrypts earlier ciphertext', async () => {
    const id = await importKey({ allowRotation: true })
    const { ciphertext } = (await kms.on(id, 'POST', '/encrypt', { plaintext: base64('old') })).body
    const rotated = await kms.on(id, 'POST', '/rotate')
    expect(rotated).toMatchObject({ status: 200, body: { latestVersion: 2, imported: true } })
    expect(rotated.body).not.toHaveProperty('allowRotation')
    expect((await kms.on(id, 'POST', '/decrypt', { ciphertext })).body.plaintext).toBe(base64('old'))
    expect((await patch(id, { keyRotationEnabled: true, rotationPeriodInDays: 7 })).status).toBe(200)
    kms.clock.time = START + 7 * DAY
    expect(await kms.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
    expect((await kms.on(id, 'GET')).body).toMatchObject({ latestVersion: 3, imported: true })
  })

  it('can be on from the start', async () => {
    const rotation = { keyRotationEnabled: true, rotationPeriodInDays: 3 }
    const id = await importKey({ allowRotation: true, ...rotation })
    expect((await kms.on(id, 'GET')).body).toMatchObject({ imported: true, ...rotation })
    kms.clock.time = START + 3 * DAY
    await kms.runDueJobs()
    expect((await kms.on(id, 'GET')).body.latestVersion).toBe(2)
  })
})
