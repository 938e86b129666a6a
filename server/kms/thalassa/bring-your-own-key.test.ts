import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  verify,
} from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { algorithms } from '../../../src/clouds/algorithms.ts'
import { importForms, wrappedSize, wrappingHashes } from '../../../src/clouds/thalassa/rules.ts'
import { KmsKey, WrappingKey } from '../../../src/clouds/thalassa/wire.ts'
import { runs } from '../../testing/runs.ts'
import { base64, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'
import { tools as allTools } from '../testing/wrapping.ts'
import { openEnvelope } from './ciphertext.ts'

let kms: ThalassaServer
let wrappingKey: string
beforeAll(async () => {
  kms = await startThalassa()
  const { body } = await kms.call('GET', '/v1/kms/nl-01/wrapping-key')
  wrappingKey = WrappingKey.parse(body).publicKey
})
afterAll(() => kms.close())

const MESSAGE = Buffer.from('made outside, used inside')

const bodyOf = (text: unknown) => openEnvelope(String(text))?.body ?? Buffer.alloc(0)

/** Ciphers outside the KMS that decrypt its ciphertext with the original material, and vice versa. */
const ciphers = {
  'aes128-gcm96': 'aes-128-gcm',
  'aes256-gcm96': 'aes-256-gcm',
  'chacha20-poly1305': 'chacha20-poly1305',
} as const

const tagged = { authTagLength: 16 }

function sealOutside(keyType: keyof typeof ciphers, target: Uint8Array): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv(ciphers[keyType] as 'aes-256-gcm', target, nonce, tagged)
  const parts = [nonce, cipher.update(MESSAGE), cipher.final(), cipher.getAuthTag()]
  return `thalassa:v1:${Buffer.concat(parts).toString('base64')}`
}

function openOutside(keyType: keyof typeof ciphers, target: Uint8Array, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(ciphers[keyType] as 'aes-256-gcm', target, sealed.subarray(0, 12), tagged)
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}

/** Encryption in both directions between the KMS and the original material. */
async function expectSameCipher(id: string, keyType: keyof typeof ciphers, target: Uint8Array) {
  const sealed = await kms.on(id, 'POST', '/encrypt', { plaintext: base64(MESSAGE.toString()) })
  expect(openOutside(keyType, target, bodyOf(sealed.body.ciphertext))).toEqual(MESSAGE)
  const opened = await kms.on(id, 'POST', '/decrypt', { ciphertext: sealOutside(keyType, target) })
  expect(opened.body.plaintext).toBe(MESSAGE.toString('base64'))
}

const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }

async function expectSameRsa(id: string, original: KeyObject) {
  const sealed = await kms.on(id, 'POST', '/encrypt', { plaintext: MESSAGE.toString('base64') })
  expect(privateDecrypt({ key: original, ...oaep }, bodyOf(sealed.body.ciphertext))).toEqual(MESSAGE)
  const outside = publicEncrypt({ key: createPublicKey(original), ...oaep }, MESSAGE).toString('base64')
  const opened = await kms.on(id, 'POST', '/decrypt', { ciphertext: `thalassa:v1:${outside}` })
  expect(opened.body.plaintext).toBe(MESSAGE.toString('base64'))
}

async function expectSameSigner(id: string, original: KeyObject) {
  const { asymmetricKeyType } = original
  const hash = asymmetricKeyType === 'ed25519' ? null : 'sha256'
  const key = createPublicKey(original)
  const scheme = asymmetricKeyType === 'rsa' ? { padding: constants.RSA_PKCS1_PSS_PADDING } : {}
  const signed = await kms.on(id, 'POST', '/sign', { input: MESSAGE.toString('base64') })
  const signature = bodyOf(signed.body.signature)
  expect(verify(hash, MESSAGE, { key, ...scheme }, signature)).toBe(true)
  expect(verify(hash, Buffer.from('another'), { key, ...scheme }, signature)).toBe(false)
}

/** Checks that the public-key endpoint returns the public key of the original. */
async function expectSamePublicKey(id: string, original: KeyObject) {
  const key = createPublicKey(original)
  const { body } = await kms.on(id, 'GET', '/public-key')
  const expected =
    key.asymmetricKeyType === 'ed25519'
      ? Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
      : key.export({ format: 'pem', type: 'spki' }).toString()
  expect(Object.keys(body.keys ?? {})).toEqual(['1'])
  expect(String(body.keys?.['1']).trimEnd()).toBe(expected.trimEnd())
}

const isCipher = (keyType: string): keyType is keyof typeof ciphers => keyType in ciphers

const importable = algorithms.filter(({ importable }) => importable).map(({ name }) => name)
/** Tools: `node:crypto` only in `npm test`, because each call of the command starts a process. */
const tools = allTools.slice(0, runs(allTools.length))
const procedures = tools.flatMap((tool) => importable.map((keyType) => ({ tool, name: tool.name, keyType })))

describe('material generated and wrapped outside', () => {
  it.each(procedures)('$keyType by $name works the same in the KMS and outside', async ({ tool, name, keyType }) => {
    const target = tool.target(keyType)
    const importKeyMaterial = tool.wrap(wrappingKey, target, 'sha256')
    const blob = Buffer.from(importKeyMaterial, 'base64')
    const size = wrappedSize(keyType)
    expect(blob.length).toBeGreaterThanOrEqual(size?.min ?? Number.POSITIVE_INFINITY)
    expect(blob.length).toBeLessThanOrEqual(size?.max ?? 0)

    const made = await kms.call('POST', '/v1/kms/nl-01/keys', {
      body: { name: `${keyType} ${name}`, keyType, importKeyMaterial, hashFunction: 'SHA256', allowRotation: false },
    })
    expect(made.status).toBe(201)
    expect(KmsKey.parse(made.body)).toMatchObject({ keyType, imported: true, latestVersion: 1, exportAllowed: false })
    expect(made.body).not.toHaveProperty('allowRotation')
    const id = String(made.body.identity)
    expect((await kms.on(id, 'GET')).body).toEqual(made.body)

    if (isCipher(keyType)) return expectSameCipher(id, keyType, target)
    const original = createPrivateKey({ key: target, format: 'der', type: 'pkcs8' })
    if (keyType.startsWith('rsa')) await expectSameRsa(id, original)
    await expectSameSigner(id, original)
    await expectSamePublicKey(id, original)
  })

  it.each(tools.flatMap((tool) => wrappingHashes.map((hash) => ({ tool, name: tool.name, hash }))))(
    'unwraps a blob of $name with $hash, in any letter case',
    async ({ tool, hash }) => {
      for (const hashFunction of [hash, hash.toLowerCase(), `${hash.slice(0, 1)}${hash.slice(1).toLowerCase()}`]) {
        const target = tool.target('aes256-gcm96')
        const importKeyMaterial = tool.wrap(wrappingKey, target, hash.toLowerCase())
        const id = await kms.create({ importKeyMaterial, hashFunction })
        await expectSameCipher(id, 'aes256-gcm96', target)
      }
    },
  )

  it.each([{}, { hashFunction: '' }, { hashFunction: null }])('uses SHA-256 by default, with %j', async (body) => {
    const [tool] = tools
    const target = tool?.target('aes256-gcm96') ?? Buffer.alloc(0)
    const importKeyMaterial = tool?.wrap(wrappingKey, target, 'sha256')
    await expectSameCipher(await kms.create({ ...body, importKeyMaterial }), 'aes256-gcm96', target)
  })
})

describe('sizes that the console checks', () => {
  it('exist for exactly the importable types', () => {
    expect([...importForms.keys()].sort()).toEqual([...importable].sort())
    for (const { name } of algorithms) expect(wrappedSize(name) !== undefined).toBe(importForms.has(name))
  })

  it.each([
    ['aes128-gcm96', 536],
    ['aes256-gcm96', 552],
    ['chacha20-poly1305', 552],
  ])('of %s are exactly %i', (keyType, bytes) => {
    expect(wrappedSize(keyType)).toEqual({ min: bytes, max: bytes })
  })
})
