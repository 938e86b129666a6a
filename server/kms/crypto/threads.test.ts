import { createPublicKey, hash as digestOf, generateKeyPairSync, randomBytes, verify } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { wrapTarget } from '../testing/wrapping.ts'
import { decryptRsa, encryptRsa, UndecryptableError } from './encryption.ts'
import { UnwrapError } from './key-wrap.ts'
import { generateMaterial, knownAlgorithm } from './material.ts'
import { ed25519Parts, privateKeyIn } from './public-key.ts'
import { MalformedSignatureError, verifyWith } from './signatures.ts'
import { inThread } from './threads.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const edwards = generateKeyPairSync('ed25519').privateKey
const message = Buffer.from('what was agreed')

describe('a thread', () => {
  it.each([
    ['rsa-2048', rsa],
    ['ecdsa-p256', ec],
    ['ed25519', edwards],
  ] as const)('signs and verifies with %s, a message and a digest', async (name, key) => {
    const algorithm = knownAlgorithm(name)
    const digest = digestOf('sha256', message, 'buffer')
    for (const [input, prehashed] of [[message, false] as const, [digest, true] as const]) {
      const signature = await inThread('sign', algorithm, key, input, { hash: 'sha256', prehashed })
      const signed = name === 'ed25519' ? input : message
      const publicKey = createPublicKey(key)
      expect(await verifyWith(algorithm, publicKey, { message: signed, hash: 'sha256' }, signature)).toBe(true)
      expect(await inThread('verify', algorithm, key, signed, { hash: 'sha256' }, signature)).toBe(true)
      expect(await inThread('verify', algorithm, key, Buffer.from('other'), { hash: 'sha256' }, signature)).toBe(false)
    }
    expect(message.toString()).toBe('what was agreed')
  })

  it.each(['ml-dsa-65', 'ml-dsa-87'])('signs and verifies with %s', async (name) => {
    const algorithm = knownAlgorithm(name)
    const key = privateKeyIn(await generateMaterial(algorithm))
    const how = { hash: 'sha512', prehashed: false } as const
    const signature = await inThread('sign', algorithm, key, message, how)
    expect(await verifyWith(algorithm, createPublicKey(key), { ...how, message }, signature)).toBe(true)
    expect(await inThread('verify', algorithm, key, message, how, signature)).toBe(true)
    expect(await inThread('verify', algorithm, key, Buffer.from('other'), how, signature)).toBe(false)
    for (const other of [signature.subarray(1), Buffer.alloc(0), Buffer.alloc(signature.length)])
      expect(await inThread('verify', algorithm, key, message, how, other)).toBe(false)
  })

  it('signs and verifies with Ed25519ph, a message and a digest', async () => {
    const algorithm = knownAlgorithm('ed25519')
    const digest = digestOf('sha512', message, 'buffer')
    const scheme = { hash: 'sha512', ed25519ph: true } as const
    const both = [
      { input: message, how: { ...scheme, prehashed: false } },
      { input: digest, how: { ...scheme, prehashed: true } },
    ]
    const signatures = both.map(({ input, how }) => inThread('sign', algorithm, edwards, input, how))
    const [ofMessage, ofDigest] = await Promise.all(signatures)
    expect(ofDigest).toEqual(ofMessage)
    for (const { input, how } of both) {
      const verified = (signature: Uint8Array) => inThread('verify', algorithm, edwards, input, how, signature)
      expect([await verified(Buffer.from(ofMessage ?? [])), await verified(Buffer.alloc(64))]).toEqual([true, false])
    }
    const short = inThread('sign', algorithm, edwards, digest.subarray(1), { ...scheme, prehashed: true })
    await expect(short).rejects.toThrow(RangeError)
    expect(ed25519Parts(edwards).seed.some((byte) => byte !== 0)).toBe(true)
  })

  it('encrypts, decrypts and unwraps', async () => {
    expect(decryptRsa(rsa, await inThread('encrypt', rsa, message))).toEqual(message)
    expect(Buffer.from(await inThread('decrypt', rsa, encryptRsa(rsa, message)))).toEqual(message)
    const pem = createPublicKey(rsa).export({ format: 'pem', type: 'spki' }).toString()
    for (const hash of ['sha1', 'sha224', 'sha512'])
      expect(Buffer.from(await inThread('unwrap', rsa, hash, wrapTarget(pem, message, { hash })))).toEqual(message)
  })

  it('refuses with the same errors, and goes on', async () => {
    const { family: _family, ...symmetric } = knownAlgorithm('aes256-gcm96')
    for (let round = 0; round < 2; round++) {
      await expect(inThread('decrypt', rsa, randomBytes(256))).rejects.toBeInstanceOf(UndecryptableError)
      await expect(inThread('unwrap', rsa, 'sha256', randomBytes(300))).rejects.toBeInstanceOf(UnwrapError)
      const malformed = inThread(
        'verify',
        knownAlgorithm('ecdsa-p256'),
        ec,
        message,
        { hash: 'sha256' },
        Buffer.alloc(3),
      )
      await expect(malformed).rejects.toBeInstanceOf(MalformedSignatureError)
      const wrong = inThread('sign', { ...symmetric, family: 'hmac' }, rsa, message, {
        hash: 'sha256',
        prehashed: false,
      })
      await expect(wrong).rejects.toThrow('can not sign')
      const short = inThread('sign', knownAlgorithm('rsa-2048'), rsa, message, { hash: 'sha256', prehashed: true })
      await expect(short).rejects.toThrow(RangeError)
    }
  })

  it('leaves the event loop to others while it works', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 })
    const algorithm = knownAlgorithm('rsa-4096')
    let signed = 0
    const all = Array.from({ length: 20 }, async () => {
      const signature = await inThread('sign', algorithm, privateKey, message, { hash: 'sha256', prehashed: false })
      signed += 1
      return signature
    })
    await setImmediate()
    expect(signed).toBeLessThan(20)
    const key = { key: createPublicKey(privateKey), padding: 6, saltLength: -2 }
    for (const signature of await Promise.all(all)) expect(verify('sha256', message, key, signature)).toBe(true)
  })
})
