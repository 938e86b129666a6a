import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, type Encoding, encode, toText, utf8 } from './encodings.ts'

const bytes = fc.uint8Array({ maxLength: 200 })

describe('encodings', () => {
  test.each<Encoding>(['hex', 'base64'])('any bytes survive %s', (encoding) => {
    fc.assert(
      fc.property(bytes, (input) => {
        const decoded = decode(encode(input, encoding) ?? '', encoding)
        expect('bytes' in decoded && [...decoded.bytes]).toEqual([...input])
      }),
    )
  })

  test('any text survives', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(toText(utf8(text))).toBe(text)
      }),
    )
  })

  test('bytes that are no UTF-8 have no text', () => {
    expect(encode(new Uint8Array([0xff, 0xfe]), 'text')).toBeUndefined()
  })

  test('RFC 4648 vectors', () => {
    const vectors: [string, string][] = [
      ['', ''],
      ['f', 'Zg=='],
      ['fo', 'Zm8='],
      ['foo', 'Zm9v'],
      ['foobar', 'Zm9vYmFy'],
    ]
    for (const [plain, encoded] of vectors) expect(encode(utf8(plain), 'base64')).toBe(encoded)
  })

  test.each([
    ['abc', 'hex', /One hexadecimal digit is missing/],
    ['zz', 'hex', /“z” is not a hexadecimal digit/],
    ['aGk', 'base64', /incomplete or its padding is wrong/],
    ['a_b-', 'base64', /URL-safe/],
    ['a!b=', 'base64', /“!” is not a base64 character/],
  ] as const)('%s as %s says what is wrong', (input, encoding, message) => {
    const decoded = decode(input, encoding)
    expect('error' in decoded ? decoded.error : '').toMatch(message)
  })

  test('white space in hex and base64 is ignored', () => {
    expect(decode(' de ad\nbe ef ', 'hex')).toEqual({ bytes: new Uint8Array([0xde, 0xad, 0xbe, 0xef]) })
    expect(decode('aGVs\nbG8=', 'base64')).toEqual({ bytes: utf8('hello') })
  })
})
