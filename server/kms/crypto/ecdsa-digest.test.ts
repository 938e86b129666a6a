import { hash as digestOf, generateKeyPairSync, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signDigestEcdsa } from './ecdsa-digest.ts'

describe.each(['P-256', 'P-384', 'P-521'])('ECDSA over a digest, %s', (namedCurve) => {
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

it('refuses another curve', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  expect(() => signDigestEcdsa(privateKey, Buffer.alloc(32))).toThrow('unknown curve')
})
