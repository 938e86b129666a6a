import { createHmac, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openHmacSha256 } from './hmac-sha256.ts'

test.each([0, 1, 32, 64])('equals the HMAC of OpenSSL with a key of %i bytes', (length) => {
  const key = randomBytes(length)
  const codeOf = openHmacSha256(key)
  for (const text of ['', 'a', 'é€😀', '\ud800', 'x'.repeat(55), 'y'.repeat(5000), '€'.repeat(9000), 'short again'])
    expect(codeOf(text)).toEqual(createHmac('sha256', key).update(text, 'utf8').digest())
})

test('refuses a key that HMAC would hash first', () => {
  expect(() => openHmacSha256(new Uint8Array(65))).toThrow(RangeError)
})
