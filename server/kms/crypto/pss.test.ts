import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodePss, isPss } from './pss.ts'

const digest = Buffer.alloc(32, 7)
const encodingOf = (bits: number, salt?: number) => encodePss(digest, 'sha256', bits, salt)

describe.each([2041, 2047, 2048, 2049, 3072])('an encoding for %i bits', (bits) => {
  it('is one of its digest, with the salt length that was asked for', () => {
    for (const salt of [0, 1, 32, undefined]) {
      const encoded = encodingOf(bits, salt)
      expect(encoded).toHaveLength(Math.ceil(bits / 8))
      expect(isPss(encoded, digest, 'sha256', bits)).toBe(true)
      expect(isPss(encoded, digest, 'sha256', bits, salt)).toBe(true)
      expect(isPss(encoded, digest, 'sha256', bits, 33)).toBe(false)
      expect(isPss(encoded, Buffer.alloc(32), 'sha256', bits)).toBe(false)
    }
  })

  it('is none after a flipped bit', () => {
    const encoded = encodingOf(bits, 32)
    fc.assert(
      fc.property(fc.nat({ max: encoded.length * 8 - 1 }), (bit) => {
        const changed = Buffer.from(encoded)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(isPss(changed, digest, 'sha256', bits)).toBe(false)
      }),
    )
  })
})

it('bytes of any length and content are no encoding, and throw nothing', () => {
  const lengths = fc.oneof(fc.nat({ max: 70 }), fc.constantFrom(255, 256, 257, 384))
  const contents = fc.constantFrom('zeros', 'ones', 'framed')
  fc.assert(
    fc.property(lengths, contents, fc.constantFrom(8, 264, 265, 272, 273, 2048), fc.nat({ max: 70 }), (...given) => {
      const [length, content, bits, size] = given
      const encoded = Buffer.alloc(length, content === 'ones' ? 0xff : 0)
      if (content === 'framed' && length > 0) encoded[length - 1] = 0xbc
      expect(isPss(encoded, Buffer.alloc(size), 'sha256', bits)).toBe(false)
    }),
    { numRuns: 1000 },
  )
})

it('an encoding that is cut, extended or for another hash is none', () => {
  const encoded = encodingOf(2048, 32)
  for (const other of [encoded.subarray(1), encoded.subarray(0, -1), Buffer.concat([Buffer.of(0), encoded])])
    expect(isPss(other, digest, 'sha256', 2048)).toBe(false)
  expect(isPss(encoded, digest, 'sha512', 2048)).toBe(false)
  expect(isPss(encoded, digest, 'sha3-256', 2048)).toBe(false)
})

it('a modulus without room for digest and salt is refused', () => {
  // One byte each beside digest and salt: before the salt, and at the end.
  expect(encodePss(digest, 'sha256', 66 * 8, 32)).toHaveLength(66)
  expect(encodePss(digest, 'sha256', 34 * 8)).toHaveLength(34)
  expect(() => encodePss(digest, 'sha256', 66 * 8, 33)).toThrow(
    new RangeError('the modulus is too short for the digest and its salt'),
  )
  expect(() => encodePss(digest, 'sha256', 33 * 8)).toThrow(RangeError)
})
