import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wrapPadded, wrapTarget } from '../testing/wrapping.ts'
import { UnwrapError, unwrapBlob, unwrapPadded } from './key-wrap.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

const RFC_KEY = '5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8'
const COUNTING_KEY = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'

const vectors = [
  {
    source: 'RFC 5649, section 6, 20 octets',
    key: RFC_KEY,
    target: 'c37b7e6492584340bed12207808941155068f738',
    wrapped: '138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a',
  },
  {
    source: 'RFC 5649, section 6, 7 octets',
    key: RFC_KEY,
    target: '466f7250617369',
    wrapped: 'afbeb0f07dfbf5419200f2ccb50bb24f',
  },
  {
    source: 'OpenSSL 3.0, checked with Python cryptography, 32 bytes',
    key: COUNTING_KEY,
    target: '202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f',
    wrapped: '92f48c52045c08050ec796a5a91c5ddaf7c61cbdc940adc8d3dc8a144f6161a8c5d3299e325f1750',
  },
  {
    source: 'OpenSSL 3.0, checked with Python cryptography, 20 bytes',
    key: COUNTING_KEY,
    target: '202122232425262728292a2b2c2d2e2f30313233',
    wrapped: '90251b1de7ed2c27cd1edede949d9e2406bec51aa46ba6e37e156533c30b6af8',
  },
]

describe('AES key wrap with padding', () => {
  it.each(vectors)('unwraps $source', ({ key, target, wrapped }) => {
    expect(unwrapPadded(hex(key), hex(wrapped)).toString('hex')).toBe(target)
    expect(wrapPadded(hex(key), hex(target)).toString('hex')).toBe(wrapped)
  })

  it('refuses any flipped bit and any other length', () => {
    const key = randomBytes(32)
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), fc.nat(), (target, nth, length) => {
        const wrapped = wrapPadded(key, target)
        expect(unwrapPadded(key, wrapped).equals(target)).toBe(true)
        const flipped = Buffer.from(wrapped)
        const at = nth % (8 * flipped.length)
        flipped[at >> 3] = (flipped[at >> 3] ?? 0) ^ (1 << (at & 7))
        expect(() => unwrapPadded(key, flipped)).toThrow(UnwrapError)
        expect(() => unwrapPadded(key, wrapped.subarray(0, length % wrapped.length))).toThrow(UnwrapError)
      }),
    )
  })
})

describe('a wrapped blob', () => {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
    publicKeyEncoding: { format: 'pem', type: 'spki' },
  })
  const privateKey = createPrivateKey({ key: pair.privateKey, format: 'der', type: 'pkcs8' })
  const target = randomBytes(45)

  it.each(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'])('unwraps with %s, and with no other hash', (hash) => {
    const blob = wrapTarget(pair.publicKey, target, { hash })
    expect(unwrapBlob(privateKey, hash, blob).equals(target)).toBe(true)
    expect(() => unwrapBlob(privateKey, hash === 'sha1' ? 'sha256' : 'sha1', blob)).toThrow(UnwrapError)
  })

  it.each([16, 24])('needs a one-time key of 32 bytes, not %i', (length) => {
    const blob = wrapTarget(pair.publicKey, target, { ephemeral: randomBytes(length) })
    expect(() => unwrapBlob(privateKey, 'sha256', blob)).toThrow(UnwrapError)
  })

  it('is refused when truncated or changed anywhere', () => {
    const blob = wrapTarget(pair.publicKey, target)
    for (const length of [0, 1, 255, 256, 257, 264, blob.length - 8, blob.length - 1])
      expect(() => unwrapBlob(privateKey, 'sha256', blob.subarray(0, length))).toThrow(UnwrapError)
    for (const at of [0, 100, 255, 256, blob.length - 1]) {
      const changed = Buffer.from(blob)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => unwrapBlob(privateKey, 'sha256', changed)).toThrow(UnwrapError)
    }
    expect(() => unwrapBlob(privateKey, 'sha256', Buffer.concat([blob, Buffer.alloc(8)]))).toThrow(UnwrapError)
  })
})
