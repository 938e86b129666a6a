import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { utf8 } from '../encodings.ts'
import { readPublicKey } from '../pem.ts'
import { derOf } from './testing/der.ts'
import { ecdsaVectors, ed25519Vectors } from './testing/vectors.ts'
import { verifySignature } from './verify.ts'

const { subtle } = crypto
const bytes = (hex: string) => Uint8Array.fromHex(hex)
const url = (hex: string) => bytes(hex).toBase64({ alphabet: 'base64url', omitPadding: true })
const sha256 = { name: 'SHA-256', bytes: 32 }
const message = utf8('what was agreed')
const hashes = [{ name: 'SHA-1', bytes: 20 }, sha256, { name: 'SHA-384', bytes: 48 }, { name: 'SHA-512', bytes: 64 }]

async function pemOf(key: CryptoKey) {
  const spki = new Uint8Array(await subtle.exportKey('spki', key)).toBase64()
  return `-----BEGIN PUBLIC KEY-----\n${spki.replace(/.{64}/g, '$&\n')}\n-----END PUBLIC KEY-----\n`
}

function publicKeyOf(text: string) {
  const publicKey = readPublicKey(text)
  if (!publicKey) throw new Error('no public key')
  return publicKey.der
}

const flipped = (signature: Uint8Array<ArrayBuffer>, bit: number) => {
  const at = Math.floor(bit / 8) % signature.length
  return signature.map((byte, index) => (index === at ? byte ^ (1 << (bit % 8)) : byte))
}

describe('published signatures', () => {
  it.each(ed25519Vectors)('Ed25519 of $message (RFC 8032)', async (vector) => {
    const what = {
      publicKey: publicKeyOf(bytes(vector.publicKey).toBase64()),
      message: bytes(vector.message),
      signature: bytes(vector.signature),
    }
    const check = (change: Partial<typeof what>) => verifySignature({ ...what, ...change }, { family: 'ed25519' })
    expect(await check({})).toEqual({ state: 'matches', scheme: 'Ed25519' })
    expect(await check({ message: utf8('another') })).toEqual({ state: 'differs' })
    expect(await check({ signature: what.signature.subarray(1) })).toEqual({ state: 'differs' })
  })

  it.each(ecdsaVectors)('ECDSA on $curve (RFC 6979)', async ({ curve, x, y, signatures }) => {
    const jwk = { kty: 'EC', crv: curve, x: url(x), y: url(y) }
    const key = await subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: curve }, true, ['verify'])
    const publicKey = publicKeyOf(await pemOf(key))
    for (const one of signatures) {
      const hash = hashes.find(({ name }) => name === one.hash) ?? sha256
      const signature = derOf(bytes(one.r + one.s))
      const check = (text: string) =>
        verifySignature({ publicKey, message: utf8(text), signature }, { family: 'ecdsa', curve, hash })
      expect(await check(one.message)).toEqual({ state: 'matches', scheme: `ECDSA on ${curve}` })
      expect(await check(`${one.message}.`)).toEqual({ state: 'differs' })
    }
  })
})

describe('RSA', () => {
  const modulus = { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }
  let pkcs8: ArrayBuffer
  let pem: string

  beforeAll(async () => {
    const { privateKey, publicKey } = await subtle.generateKey({ name: 'RSA-PSS', hash: 'SHA-256', ...modulus }, true, [
      'sign',
      'verify',
    ])
    pkcs8 = await subtle.exportKey('pkcs8', privateKey)
    pem = await pemOf(publicKey)
  })

  const sign = async (name: string, hash: string, saltLength: number) => {
    const key = await subtle.importKey('pkcs8', pkcs8, { name, hash }, false, ['sign'])
    return new Uint8Array(await subtle.sign({ name, saltLength }, key, message))
  }
  const check = (signature: Uint8Array<ArrayBuffer>, hash = sha256, padding: 'any' | 'pss' = 'any') =>
    verifySignature({ publicKey: publicKeyOf(pem), message, signature }, { family: 'rsa', hash, padding })

  it.each(hashes)('with the longest salt of PSS and $name', async (hash) => {
    const signature = await sign('RSA-PSS', hash.name, 256 - hash.bytes - 2)
    expect(await check(signature, hash)).toEqual({ state: 'matches', scheme: 'RSA-PSS' })
    const other = hash.name === 'SHA-256' ? { name: 'SHA-384', bytes: 48 } : sha256
    expect(await check(signature, other)).toEqual({ state: 'differs' })
  })

  it('with PKCS#1 v1.5 where PSS does not match', async () => {
    const signature = await sign('RSASSA-PKCS1-v1_5', 'SHA-256', 0)
    expect(await check(signature)).toEqual({ state: 'matches', scheme: 'RSA PKCS#1 v1.5' })
  })

  it('with a salt as long as the digest and no other padding, where the signer fixes it', async () => {
    const ofDigest = await sign('RSA-PSS', 'SHA-256', sha256.bytes)
    expect(await check(ofDigest, sha256, 'pss')).toEqual({ state: 'matches', scheme: 'RSA-PSS' })
    expect(await check(await sign('RSA-PSS', 'SHA-256', 222), sha256, 'pss')).toEqual({ state: 'differs' })
    expect(await check(await sign('RSASSA-PKCS1-v1_5', 'SHA-256', 0), sha256, 'pss')).toEqual({ state: 'differs' })
  })

  it('fails after any flipped bit', async () => {
    const signature = await sign('RSA-PSS', 'SHA-256', 222)
    await fc.assert(
      fc.asyncProperty(fc.nat(2047), async (bit) => {
        expect(await check(flipped(signature, bit))).toEqual({ state: 'differs' })
      }),
    )
  })
})

it('an ECDSA signature that is not DER is malformed, and one out of range differs', async () => {
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const publicKey = publicKeyOf(await pemOf(pair.publicKey))
  const check = (signature: Uint8Array<ArrayBuffer>) =>
    verifySignature({ publicKey, message, signature }, { family: 'ecdsa', curve: 'P-256', hash: sha256 })
  const raw = new Uint8Array(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, message))
  expect(await check(derOf(raw))).toMatchObject({ state: 'matches' })
  expect(await check(raw)).toEqual({ state: 'malformed' })
  expect(await check(derOf(new Uint8Array(66).fill(1)))).toEqual({ state: 'differs' })
})

it('a hash that Web Cryptography lacks is said to be missing', async () => {
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const what = { publicKey: publicKeyOf(await pemOf(pair.publicKey)), message, signature: derOf(new Uint8Array(64)) }
  const hash = { name: 'SHA-224', bytes: 28 }
  expect(await verifySignature(what, { family: 'ecdsa', curve: 'P-256', hash })).toEqual({ state: 'unsupported' })
  expect(await verifySignature(what, { family: 'rsa', hash, padding: 'any' })).toEqual({ state: 'unsupported' })
})

it('a key of another kind is an error, never a verdict', async () => {
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, ['sign', 'verify'])
  const what = { publicKey: publicKeyOf(await pemOf(pair.publicKey)), message, signature: derOf(new Uint8Array(64)) }
  await expect(verifySignature(what, { family: 'ecdsa', curve: 'P-256', hash: sha256 })).rejects.toThrow()
  await expect(verifySignature(what, { family: 'ed25519' })).rejects.toThrow()
})
