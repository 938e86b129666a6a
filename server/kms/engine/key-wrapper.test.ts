import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeyWrapper } from './key-wrapper.ts'

const keyWrapper = createKeyWrapper(Buffer.alloc(32, 1))

describe('key wrapper', () => {
  it('unwraps its own output, under the same name only', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array(), (name, secret) => {
        const wrapped = keyWrapper.wrap(name, secret)
        expect(wrapped).toHaveLength(12 + secret.length + 16)
        expect(keyWrapper.unwrap(name, wrapped)).toEqual(Buffer.from(secret))
        expect(() => keyWrapper.unwrap(`${name}'`, wrapped)).toThrow()
      }),
    )
  })

  it('wraps the same secret differently each time, and contains no plaintext', () => {
    const secret = randomBytes(32)
    const wrapped = Array.from({ length: 100 }, () => Buffer.from(keyWrapper.wrap('a', secret)))
    expect(new Set(wrapped.map((one) => one.toString('hex'))).size).toBe(100)
    for (const one of wrapped) expect(one.includes(secret)).toBe(false)
  })

  it('refuses another root key, any flipped bit and any truncation', () => {
    const wrapped = keyWrapper.wrap('a', Buffer.from('secret'))
    expect(() => createKeyWrapper(Buffer.alloc(32, 2)).unwrap('a', wrapped)).toThrow()
    for (let bit = 0; bit < wrapped.length * 8; bit += 1) {
      const changed = Buffer.from(wrapped)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => keyWrapper.unwrap('a', changed)).toThrow()
    }
    for (let length = 0; length < wrapped.length; length += 1)
      expect(() => keyWrapper.unwrap('a', wrapped.subarray(0, length))).toThrow()
  })

  it('needs a root key of 32 bytes', () => {
    for (const length of [0, 16, 31, 33]) expect(() => createKeyWrapper(Buffer.alloc(length))).toThrow('32 bytes')
  })
})
