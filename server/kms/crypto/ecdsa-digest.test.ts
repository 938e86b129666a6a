import { hash as digestOf, generateKeyPairSync, sign, verify } from 'node:crypto'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curveKey } from './curve-check.ts'
import { signDigestEcdsa } from './ecdsa-digest.ts'
import { ecdsaVectors } from './testing/signature-vectors.ts'

const hex = (text: string) => Buffer.from(text, 'hex')
const curves = { 'P-256': p256, 'P-384': p384, 'P-521': p521 } as const
const ofDigest = { prehash: false, lowS: false } as const

describe.each(['P-256', 'P-384', 'P-521'] as const)('ECDSA over a digest, %s', (namedCurve) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })

  it('OpenSSL verifies the signature for the message, with a digest shorter and longer than the order', () => {
    const hash = fc.constantFrom('sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-512')
    fc.assert(
      fc.property(hash, fc.uint8Array({ maxLength: 100 }), (name, message) => {
        const signature = signDigestEcdsa(privateKey, digestOf(name, message, 'buffer'))
        expect(verify(name, message, publicKey, signature)).toBe(true)
        expect(verify(name, Buffer.concat([message, Buffer.of(0)]), publicKey, signature)).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  it('the library verifies what OpenSSL signs, and what is signed here, over the digest', () => {
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
    const curve = curves[namedCurve]
    for (const hash of ['sha1', 'sha256', 'sha384', 'sha512', 'sha3-512']) {
      const digest = digestOf(hash, 'agreed', 'buffer')
      const other = digestOf(hash, 'other', 'buffer')
      for (const signature of [sign(hash, Buffer.from('agreed'), privateKey), signDigestEcdsa(privateKey, digest)]) {
        expect(curve.verify(signature, digest, point, { ...ofDigest, format: 'der' })).toBe(true)
        expect(curve.verify(signature, other, point, { ...ofDigest, format: 'der' })).toBe(false)
      }
    }
  })

  it('makes signatures whose second number lies in either half of the order', () => {
    const curve = curves[namedCurve]
    const { ORDER } = curve.Point.Fn
    const digest = digestOf('sha256', 'same', 'buffer')
    const high = Array.from({ length: 60 }, () => {
      const { s } = curve.Signature.fromBytes(signDigestEcdsa(privateKey, digest), 'der')
      return s > ORDER / 2n
    })
    expect(new Set(high)).toEqual(new Set([true, false]))
  })

  it('uses a new nonce for each signature', () => {
    const digest = digestOf('sha256', 'same', 'buffer')
    const made = Array.from({ length: 50 }, () => signDigestEcdsa(privateKey, digest).toString('hex').slice(8, 60))
    expect(new Set(made).size).toBe(50)
  })

  it('accepts a digest of any length and value', () => {
    for (const digest of [Buffer.alloc(1), Buffer.alloc(32), Buffer.alloc(66, 0xff), Buffer.alloc(200, 0xff)])
      expect(signDigestEcdsa(privateKey, digest)[0]).toBe(0x30)
  })
})

describe('RFC 6979', () => {
  const vectors = ecdsaVectors.flatMap(({ curve, secret, signatures }) =>
    signatures.map((signature) => ({ curve, secret, ...signature })),
  )
  /** Hash of which the library makes its nonces; RFC 6979 uses the hash of the message. */
  const nonceHashes = { 'P-256': 'sha256', 'P-384': 'sha384', 'P-521': 'sha512' }
  const ofSameHash = vectors.filter(({ curve, hash }) => nonceHashes[curve] === hash)

  it.each(ofSameHash)(
    '$curve, $hash of $message: without entropy the library makes the published numbers',
    (vector) => {
      const digest = digestOf(vector.hash, vector.message, 'buffer')
      const signature = curves[vector.curve].sign(digest, hex(vector.secret), { ...ofDigest, extraEntropy: false })
      expect(Buffer.from(signature).toString('hex')).toBe(vector.r + vector.s)
    },
  )

  it('has numbers for each curve', () => {
    expect(new Set(ofSameHash.map(({ curve }) => curve)).size).toBe(3)
  })

  it.each(vectors)(
    '$curve, $hash of $message: OpenSSL verifies what is signed here with the published key',
    (vector) => {
      const key = curveKey(Number(vector.curve.slice(2)), hex(vector.secret))
      const signature = signDigestEcdsa(key, digestOf(vector.hash, vector.message, 'buffer'))
      expect(verify(vector.hash, Buffer.from(vector.message), key, signature)).toBe(true)
    },
  )
})

it('refuses another curve', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  expect(() => signDigestEcdsa(privateKey, Buffer.alloc(32))).toThrow('unknown curve')
})
