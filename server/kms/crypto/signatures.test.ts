import { constants, createPublicKey, hash as digestOf, generateKeyPairSync, sign, verify, webcrypto } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { digestLength, type HashName } from './hashes.ts'
import { generateMaterial, knownAlgorithm } from './material.ts'
import { privateKeyIn } from './public-key.ts'
import { MalformedSignatureError, signWith, verifyWith } from './signatures.ts'
import { ecdsaVectors, ed25519Vectors, pssVectors } from './testing/signature-vectors.ts'

const publicKeyOf = (material: Uint8Array) => createPublicKey(privateKeyIn(material))
const hex = (text: string) => Buffer.from(text, 'hex')
const url = (text: string) => hex(text).toString('base64url')
const hashes: readonly HashName[] = [
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha3-224',
  'sha3-256',
  'sha3-384',
  'sha3-512',
]
const message = Buffer.from('what was agreed')

/** PKCS#8 DER of an Ed25519 seed (RFC 8410). */
const fromSeed = (seed: string) => hex(`302e020100300506032b657004220420${seed}`)

/** A DER sequence of two positive integers. */
function der(r: string, s: string): Buffer {
  const integer = (digits: string) => {
    const bytes = hex(digits.replace(/^(00)+(?=..)/, ''))
    const body = (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), bytes]) : bytes
    return Buffer.concat([Buffer.of(2, body.length), body])
  }
  const body = Buffer.concat([integer(r), integer(s)])
  return Buffer.concat([body.length > 127 ? Buffer.of(0x30, 0x81, body.length) : Buffer.of(0x30, body.length), body])
}

describe('published vectors', () => {
  it.each(ed25519Vectors)('Ed25519 of $message (RFC 8032)', async ({ secret, publicKey, message, signature }) => {
    const algorithm = knownAlgorithm('ed25519')
    const material = fromSeed(secret)
    const made = await signWith(algorithm, privateKeyIn(material), {
      input: hex(message),
      hash: 'sha256',
      prehashed: false,
    })
    expect(made.toString('hex')).toBe(signature)
    expect(publicKeyOf(material).export({ format: 'jwk' }).x).toBe(url(publicKey))
    expect(await verifyWith(algorithm, publicKeyOf(material), { message: hex(message), hash: 'sha1' }, made)).toBe(true)
  })

  it.each(ecdsaVectors)('$name (RFC 6979)', async ({ name, curve, x, y, signatures }) => {
    const publicKey = createPublicKey({ key: { kty: 'EC', crv: curve, x: url(x), y: url(y) }, format: 'jwk' })
    for (const { message, hash, r, s } of signatures) {
      const check = (text: string, signature: Buffer) =>
        verifyWith(knownAlgorithm(name), publicKey, { message: Buffer.from(text), hash }, signature)
      expect(await check(message, der(r, s))).toBe(true)
      expect(await check(`${message}.`, der(r, s))).toBe(false)
      expect(await check(message, der(s, r))).toBe(false)
    }
  })

  it.each(pssVectors)('$name PSS (Wycheproof)', async ({ name, hash, modulus, message, signature }) => {
    const key = { kty: 'RSA', n: url(modulus), e: 'AQAB' }
    const publicKey = createPublicKey({ key, format: 'jwk' })
    const check = (text: string, bytes: string) =>
      verifyWith(knownAlgorithm(name), publicKey, { message: hex(text), hash }, hex(bytes))
    expect(await check(message, signature)).toBe(true)
    expect(await check(`${message}00`, signature)).toBe(false)
    expect(await check(message, signature.replace(/^../, '7f'))).toBe(false)
  })
})

/** Verifies with Web Cryptography and the public key, as a browser does. */
async function verifyInBrowser(name: string, spki: Buffer, hash: string, signature: Buffer, saltLength: number) {
  const { subtle } = webcrypto
  const algorithm = knownAlgorithm(name)
  const bytes = new Uint8Array(spki)
  if (algorithm.family === 'ed25519') {
    const key = await subtle.importKey('spki', bytes, 'Ed25519', false, ['verify'])
    return subtle.verify('Ed25519', key, new Uint8Array(signature), message)
  }
  if (algorithm.family === 'rsa') {
    const key = await subtle.importKey('spki', bytes, { name: 'RSA-PSS', hash }, false, ['verify'])
    return subtle.verify({ name: 'RSA-PSS', saltLength }, key, new Uint8Array(signature), message)
  }
  const namedCurve = `P-${algorithm.bits}`
  const key = await subtle.importKey('spki', bytes, { name: 'ECDSA', namedCurve }, false, ['verify'])
  return subtle.verify({ name: 'ECDSA', hash }, key, rawEcdsa(signature, algorithm.bits), message)
}

/** DER signature as r and s concatenated. */
function rawEcdsa(signature: Buffer, bits: number): Uint8Array<ArrayBuffer> {
  const size = Math.ceil(bits / 8)
  const start = signature[1] === 0x81 ? 3 : 2
  const middle = start + 2 + (signature[start + 1] ?? 0)
  const number = (bytes: Buffer) => Buffer.concat([Buffer.alloc(size), bytes]).subarray(-size)
  return new Uint8Array(
    Buffer.concat([number(signature.subarray(start + 2, middle)), number(signature.subarray(middle + 2))]),
  )
}

const names = ['ed25519', 'ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa-2048', 'rsa-3072', 'rsa-4096']

describe.each(names)('%s', (name) => {
  const algorithm = knownAlgorithm(name)
  let material: Uint8Array
  beforeAll(async () => {
    material = await generateMaterial(algorithm)
  })
  const signed = (hash: HashName, input = message, prehashed = false) =>
    signWith(algorithm, privateKeyIn(material), { input, hash, prehashed })
  const verified = (hash: HashName, text: Buffer, signature: Buffer) =>
    verifyWith(algorithm, publicKeyOf(material), { message: text, hash }, signature)
  const pure = name === 'ed25519'

  it.each(hashes)('verifies its own signature with %s, and no other message', async (hash) => {
    const signature = await signed(hash)
    expect(await verified(hash, message, signature)).toBe(true)
    expect(await verified(hash, Buffer.from('what was not'), signature)).toBe(false)
    for (const other of hashes) expect(await verified(other, message, signature)).toBe(pure || other === hash)
  })

  it.each(hashes)('signs a precomputed digest of %s', async (hash) => {
    const digest = digestOf(hash, message, 'buffer')
    const signature = await signed(hash, digest, true)
    expect(await verified(hash, message, signature)).toBe(!pure)
    if (pure) expect(signature).toEqual(await signed(hash, digest))
  })

  it.each([
    ['SHA-256', 'sha256'],
    ['SHA-384', 'sha384'],
    ['SHA-512', 'sha512'],
  ] as const)('makes signatures with %s that a browser verifies from the public key', async (webName, hash) => {
    const spki = publicKeyOf(material).export({ format: 'der', type: 'spki' })
    const salt = algorithm.bits / 8 - digestLength(hash) - 2
    const both = [signed(hash), ...(pure ? [] : [signed(hash, digestOf(hash, message, 'buffer'), true)])]
    for (const signature of await Promise.all(both)) {
      expect(await verifyInBrowser(name, spki, webName, signature, salt)).toBe(true)
      if (algorithm.family === 'rsa')
        expect(await verifyInBrowser(name, spki, webName, signature, salt - 1)).toBe(false)
      const flipped = Buffer.from(signature)
      flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1
      expect(await verifyInBrowser(name, spki, webName, flipped, salt)).toBe(false)
    }
  })

  it('refuses a signature with a flipped bit, truncated or extended', async () => {
    const signature = await signed('sha256')
    const outcome = async (changed: Buffer) => {
      try {
        return await verified('sha256', message, changed)
      } catch (error) {
        return error instanceof MalformedSignatureError ? 'malformed' : error
      }
    }
    const bad = algorithm.family === 'ecdsa' ? [false, 'malformed'] : [false]
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: signature.length * 8 - 1 }), async (bit) => {
        const changed = Buffer.from(signature)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(bad).toContain(await outcome(changed))
      }),
      { numRuns: 200 },
    )
    for (const length of [0, 1, 2, 8, signature.length - 1])
      expect(bad).toContain(await outcome(signature.subarray(0, length)))
    expect(bad).toContain(await outcome(Buffer.concat([signature, Buffer.of(0)])))
    expect(bad).toContain(await outcome(Buffer.concat([Buffer.of(0), signature])))
  })
})

describe.each([
  ['ml-dsa-65', 3309],
  ['ml-dsa-87', 4627],
] as const)('%s', (name, length) => {
  const algorithm = knownAlgorithm(name)
  const { privateKey, publicKey } = generateKeyPairSync(name)
  const verified = (signature: Uint8Array, text = message) =>
    verifyWith(algorithm, publicKey, { message: text, hash: 'sha256' }, signature)

  it(`makes a signature of ${length} bytes, another one each time, of the bytes as they are`, async () => {
    const sign = (prehashed: boolean) => signWith(algorithm, privateKey, { input: message, hash: 'sha256', prehashed })
    const signatures = [await sign(false), await sign(false), await sign(true)]
    expect(new Set(signatures.map((signature) => signature.toString('hex'))).size).toBe(3)
    for (const signature of signatures) {
      expect(signature).toHaveLength(length)
      expect([await verified(signature), await verified(signature, Buffer.from('other'))]).toEqual([true, false])
    }
  })

  it('refuses a signature with a flipped bit, and bytes of any length', async () => {
    const signature = await signWith(algorithm, privateKey, { input: message, hash: 'sha256', prehashed: false })
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: length * 8 - 1 }), fc.uint8Array({ maxLength: 5000 }), async (bit, other) => {
        const changed = Buffer.from(signature)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect([await verified(changed), await verified(other)]).toEqual([false, false])
      }),
      { numRuns: 50 },
    )
    for (const wrong of [signature.subarray(1), signature.subarray(0, -1), Buffer.concat([signature, Buffer.of(0)])])
      expect(await verified(wrong)).toBe(false)
  })
})

describe('RSA', () => {
  const algorithm = knownAlgorithm('rsa-2048')
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const verified = (signature: Buffer) => verifyWith(algorithm, publicKey, { message, hash: 'sha256' }, signature)

  it('verifies PSS with a salt of any length, and refuses PKCS #1 v1.5', async () => {
    for (const saltLength of [0, 1, 32, 222]) {
      const key = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
      expect(await verified(sign('sha256', message, key))).toBe(true)
    }
    expect(await verified(sign('sha256', message, privateKey))).toBe(false)
  })

  it('signs a digest of the hash’s length only', async () => {
    const of = (size: number) =>
      signWith(algorithm, privateKey, { input: Buffer.alloc(size, 1), hash: 'sha256', prehashed: true })
    expect(await of(32)).toHaveLength(256)
    for (const size of [1, 31, 33, 64]) await expect(of(size)).rejects.toThrow(RangeError)
  })

  it.each([2047, 2048, 2049, 2050])('encodes a digest for a modulus of %i bits', async (modulusLength) => {
    const pair = generateKeyPairSync('rsa', { modulusLength })
    const digest = digestOf('sha512', message, 'buffer')
    const signature = await signWith(algorithm, pair.privateKey, { input: digest, hash: 'sha512', prehashed: true })
    const saltLength = Math.ceil((modulusLength - 1) / 8) - 64 - 2
    const key = { key: pair.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
    expect(verify('sha512', message, key, signature)).toBe(true)
  })
})

describe('the form of ECDSA signatures', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const verified = (signature: string) =>
    verifyWith(knownAlgorithm('ecdsa-p256'), publicKey, { message, hash: 'sha256' }, hex(signature))

  it.each(['3006020101020101', '30060201ff020101', '300702020080020101', '3006020100020100'])(
    '%s is well-formed, but invalid',
    async (signature) => expect(await verified(signature)).toBe(false),
  )

  it.each([
    '',
    '30',
    '3000',
    '3006020101',
    '300602010102010100',
    '3106020101020101',
    '3006030101020101',
    '3006020101040101',
    '308106020101020101',
    '3080020101020101',
    '30820006020101020101',
    '3009020101020101020101',
    '3003020101',
    '300402000200',
    '300702020001020101',
    '30070202ffff020101',
    '300702010102810101',
    '3006020501020101',
    'ff'.repeat(64),
  ])('%s is no DER of two integers', async (signature) => {
    await expect(verified(signature)).rejects.toThrow(MalformedSignatureError)
  })
})

it('refuses a type that can’t sign', async () => {
  const algorithm = knownAlgorithm('hmac')
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const input = { input: message, hash: 'sha256', prehashed: false } as const
  await expect(signWith(algorithm, privateKey, input)).rejects.toThrow(/hmac/)
  await expect(verifyWith(algorithm, publicKey, { message, hash: 'sha256' }, message)).rejects.toThrow(/hmac/)
})
