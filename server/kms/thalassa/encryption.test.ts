import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyWithMaterial } from '../testing/known-key.ts'
import { base64, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'

let kms: ThalassaServer
beforeAll(async () => {
  kms = await startThalassa()
})
afterAll(() => kms.close())

const encrypt = (id: string, body: unknown) => kms.on(id, 'POST', '/encrypt', body)
const decrypt = (id: string, ciphertext: unknown) => kms.on(id, 'POST', '/decrypt', { ciphertext })
const refused = (message: string) => ({ status: 400, body: { message } })

const K = Buffer.from(Array.from({ length: 32 }, (_, n) => n))

describe('known answers', () => {
  it.each([
    ['aes256-gcm96', K, 'AAECAwQFBgcICQoLL2e6d6onl/81O4oEbSgjbc2dBXu7'],
    ['aes128-gcm96', K.subarray(0, 16), 'AAECAwQFBgcICQoL+wnLogmJKlKQ5qHMXER2cdL9s5nw'],
    ['chacha20-poly1305', K, 'AAECAwQFBgcICQoL4Z5kbEb1k5aVxnBYbWOmn1jEE5bd'],
  ])('%s', async (keyType, material, body) => {
    const id = await keyWithMaterial(kms, keyType, material)
    const hello = { status: 200, body: { plaintext: 'aGVsbG8=', keyVersion: '1' } }
    expect(await decrypt(id, `thalassa:v1:${body}`)).toMatchObject(hello)
    expect(await decrypt(id, `vault:v1:${body}`)).toMatchObject(hello)
    expect(await decrypt(id, `thalassa:v0:${body}`)).toMatchObject(hello)
  })
})

describe('symmetric keys', () => {
  const types = ['aes256-gcm96', 'aes128-gcm96', 'chacha20-poly1305'].map((keyType) => ({ keyType }))

  it.each(types)('$keyType accepts 1 to 65535 bytes', async ({ keyType }) => {
    const id = await kms.create({ keyType })
    for (const size of [1, 65_535]) {
      const sealed = await encrypt(id, { plaintext: base64(size) })
      expect(sealed.status).toBe(200)
      const text = String(sealed.body.ciphertext)
      expect(Buffer.from(text.slice('thalassa:v1:'.length), 'base64')).toHaveLength(12 + size + 16)
      expect((await decrypt(id, text)).body.plaintext).toBe(base64(size))
    }
    const size = refused('plaintext must be between 1 and 65535 bytes')
    expect(await encrypt(id, { plaintext: '' })).toMatchObject(size)
    expect(await encrypt(id, { plaintext: base64(65_536) })).toMatchObject(size)
  })

  it('uses a new nonce for every call', async () => {
    const id = await kms.create()
    const texts = await Promise.all(Array.from({ length: 50 }, () => encrypt(id, { plaintext: base64('same') })))
    expect(new Set(texts.map(({ body }) => String(body.ciphertext).slice(0, 28))).size).toBe(50)
  })

  it('refuses plaintext that is not strict base64', async () => {
    const id = await kms.create()
    for (const plaintext of [
      'aGVsbG8',
      'aGVsbG8==',
      'aGVs bG8=',
      'aGVsbG8=\n',
      '-_-_',
      'aGVsbG9=',
      '=',
      'é',
      'aGVs=bG8',
    ])
      expect(await encrypt(id, { plaintext })).toMatchObject(refused('plaintext must be valid base64'))
    expect(await encrypt(id, {})).toMatchObject(refused('plaintext is required'))
    expect(await encrypt(id, { plaintext: 5 })).toMatchObject(refused('plaintext must be a string'))
  })
})

describe('versions', () => {
  it('encrypts with the latest by default, and decrypts with that of the ciphertext', async () => {
    const id = await kms.create()
    const first = await encrypt(id, { plaintext: base64('one') })
    await kms.on(id, 'POST', '/rotate')
    const plaintext = base64('two')
    for (const keyVersion of [undefined, null, '', '0', '2'])
      expect((await encrypt(id, { plaintext, keyVersion })).body.keyVersion).toBe('2')
    const older = await encrypt(id, { plaintext, keyVersion: '1' })
    expect(older.body).toMatchObject({ keyVersion: '1', ciphertext: expect.stringMatching(/^thalassa:v1:/) })
    expect((await decrypt(id, older.body.ciphertext)).body).toEqual({ plaintext, keyVersion: '1' })
    expect((await decrypt(id, first.body.ciphertext)).body).toEqual({ plaintext: base64('one'), keyVersion: '1' })
  })

  it.each([
    ['2', 'key version 2 does not exist'],
    ['9', 'key version 9 does not exist'],
    ['-1', 'key version -1 does not exist'],
    ['99999999999999999999', 'key version 99999999999999999999 does not exist'],
    ['latest', 'keyVersion must be a version number'],
    ['1.0', 'keyVersion must be a version number'],
    [' 1', 'keyVersion must be a version number'],
    ['9'.repeat(400), 'keyVersion must be a version number'],
    [1, 'keyVersion must be a string'],
  ])('refuses to encrypt with version %j', async (keyVersion, message) => {
    const id = await kms.create()
    expect(await encrypt(id, { plaintext: base64('x'), keyVersion })).toMatchObject(refused(message))
  })
})

describe('undecryptable ciphertext', () => {
  it('gets one answer for every cause', async () => {
    const id = await kms.create()
    const text = String((await encrypt(id, { plaintext: base64('hello') })).body.ciphertext)
    const body = text.slice('thalassa:v1:'.length)
    const flipped = Buffer.from(body, 'base64')
    flipped[20] = (flipped[20] ?? 0) ^ 1
    const another = await kms.create()
    const causes = [
      '',
      body,
      `:v1:${body}`,
      `aws:v1:${body}`,
      `Thalassa:v1:${body}`,
      `thalassa:${body}`,
      `thalassa:1:${body}`,
      `thalassa:vone:${body}`,
      `thalassa:v-1:${body}`,
      `thalassa:v2:${body}`,
      `thalassa:v99999999999999999999:${body}`,
      `thalassa:v${'9'.repeat(400)}:${body}`,
      `thalassa:v1:${body}:`,
      `thalassa:v1:${body.slice(0, -1)}`,
      `thalassa:v1: ${body}`,
      'thalassa:v1:',
      'thalassa:v1:AAAA',
      `thalassa:v1:${flipped.toString('base64')}`,
    ]
    for (const cause of causes) expect(await decrypt(id, cause)).toMatchObject(refused('invalid ciphertext'))
    expect(await decrypt(another, text)).toMatchObject(refused('invalid ciphertext'))
    expect(await decrypt(id, undefined)).toMatchObject(refused('ciphertext is required'))
    expect(await decrypt(id, {})).toMatchObject(refused('ciphertext must be a string'))
    expect(kms.failures).toEqual([])
  })
})

describe('the thirteen types', () => {
  const ids = new Map<string, string>()
  const rsa = [
    { keyType: 'rsa-2048', limit: 190 },
    { keyType: 'rsa-3072', limit: 318 },
    { keyType: 'rsa-4096', limit: 446 },
  ]
  const others = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'ed25519', 'hmac', 'hmac-sha256', 'hmac-sha512']
  const symmetric = ['aes128-gcm96', 'aes256-gcm96', 'chacha20-poly1305']

  beforeAll(async () => {
    for (const keyType of [...rsa.map((one) => one.keyType), ...others, ...symmetric])
      ids.set(keyType, await kms.create({ name: `type ${keyType}`, keyType }))
  })

  it('can all be created', async () => {
    expect(ids.size).toBe(13)
    for (const [keyType, id] of ids)
      expect((await kms.on(id, 'GET')).body).toMatchObject({ keyType, latestVersion: 1, status: 'active' })
  })

  it.each(others)('%s can’t encrypt', async (keyType) => {
    const id = ids.get(keyType) ?? ''
    const message = (operation: string) => `operation ${operation} is not supported for key type ${keyType}`
    expect(await encrypt(id, { plaintext: base64('x') })).toMatchObject(refused(message('encrypt')))
    expect(await decrypt(id, 'thalassa:v1:AAAA')).toMatchObject(refused(message('decrypt')))
  })

  it.each(rsa)('$keyType accepts 1 to $limit bytes', async ({ keyType, limit }) => {
    const id = ids.get(keyType) ?? ''
    for (const size of [1, limit]) {
      const sealed = await encrypt(id, { plaintext: base64(size) })
      expect(sealed).toMatchObject({ status: 200, body: { keyVersion: '1' } })
      expect((await decrypt(id, sealed.body.ciphertext)).body.plaintext).toBe(base64(size))
      const asVault = String(sealed.body.ciphertext).replace('thalassa:', 'vault:')
      expect((await decrypt(id, asVault)).body.plaintext).toBe(base64(size))
    }
    const tooLong = refused(`plaintext exceeds the maximum of ${limit} bytes for ${keyType}`)
    expect(await encrypt(id, { plaintext: base64(limit + 1) })).toMatchObject(tooLong)
    expect(await encrypt(id, { plaintext: base64(65_536) })).toMatchObject(tooLong)
    const empty = refused('plaintext must be between 1 and 65535 bytes')
    expect(await encrypt(id, { plaintext: '' })).toMatchObject(empty)
    expect(await decrypt(id, 'thalassa:v1:AAAA')).toMatchObject(refused('invalid ciphertext'))
  })

  it('rotates an RSA key and a signing key', async () => {
    const id = ids.get('rsa-2048') ?? ''
    const sealed = await encrypt(id, { plaintext: base64('old') })
    expect((await kms.on(id, 'POST', '/rotate')).body.latestVersion).toBe(2)
    expect((await decrypt(id, sealed.body.ciphertext)).body.plaintext).toBe(base64('old'))
    expect((await kms.on(ids.get('ecdsa-p256') ?? '', 'POST', '/rotate')).body.latestVersion).toBe(2)
  })
})
