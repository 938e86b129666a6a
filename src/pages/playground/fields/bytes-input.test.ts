import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Encoding } from '../../../lib/encodings.ts'
import {
  decodeText,
  type EncodedText,
  emptyText,
  encodeText,
  MAX_FILE_BYTES,
  readSmallFile,
  sameBytes,
  sizeOf,
  switchEncoding,
  validateBytes,
} from './bytes-input.ts'

const inputOf = (text: string, encoding: 'text' | 'hex' | 'base64' = 'text'): EncodedText => ({ value: text, encoding })
const range = { min: 1, max: 190 }
const messages = { empty: 'There is nothing yet.', tooLarge: 'Shorten it.' }

describe('bytes input', () => {
  it('is counted in bytes, not characters', () => {
    expect(sizeOf(inputOf('žluť'))).toBe(6)
    expect(sizeOf(inputOf('zz', 'hex'))).toBeUndefined()
  })

  it('is refused when it is empty, unless the key accepts zero bytes', () => {
    expect(validateBytes(emptyText, range, messages)).toEqual({ error: 'There is nothing yet.' })
    expect(validateBytes(emptyText, { min: 0, max: 190 }, messages)).toEqual({ bytes: new Uint8Array() })
  })

  it('is accepted up to the last byte of the limit', () => {
    expect(validateBytes(inputOf('a'.repeat(190)), range, messages)).toHaveProperty('bytes')
    expect(validateBytes(inputOf('a'.repeat(191)), range, messages)).toEqual({
      error: 'This is 191 bytes, and this key takes up to 190 in one call. Shorten it.',
    })
  })

  it('from a small file is text where that loses nothing, and a larger file is refused', async () => {
    const read = (content: BlobPart) => readSmallFile(new File([content], 'a.bin'), inputOf('kept'))
    expect(await read('key=1')).toEqual({ value: 'key=1', encoding: 'text' })
    expect(await read(new Uint8Array([1, 2, 255]))).toMatchObject({ value: 'AQL/', encoding: 'base64' })
    expect(await read(new Uint8Array(MAX_FILE_BYTES + 1))).toMatchObject({
      value: 'kept',
      note: 'a.bin is larger than 1 MiB. Encrypt it on the tab File.',
    })
  })

  it('is compared by its bytes, whatever the encoding', () => {
    expect(sameBytes(inputOf('Hello'), inputOf('48656c6c6f', 'hex'))).toBe(true)
    expect(sameBytes(inputOf('Hello'), inputOf('hello'))).toBe(false)
    expect(sameBytes(inputOf('z', 'hex'), inputOf('z', 'hex'))).toBe(false)
  })
})

const encodings: readonly Encoding[] = ['text', 'hex', 'base64']
const anyEncoding = fc.constantFrom(...encodings)
const decodedBytes = (text: Parameters<typeof decodeText>[0]) => {
  const decoded = decodeText(text)
  return 'bytes' in decoded ? decoded.bytes : undefined
}

describe('encoded text', () => {
  it('stands for the same bytes through any changes of encoding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(anyEncoding, { maxLength: 6 }), (bytes, steps) => {
        const end = steps.reduce(switchEncoding, encodeText(bytes))
        expect(decodedBytes(end)).toEqual(bytes)
      }),
    )
  })

  it('returns to the same text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('hex' as const, 'base64' as const),
        (text, through) => {
          fc.pre(!text.includes('\r') && text.isWellFormed())
          expect(switchEncoding(switchEncoding({ value: text, encoding: 'text' }, through), 'text')).toEqual({
            value: text,
            encoding: 'text',
          })
        },
      ),
    )
  })

  it('keeps its encoding where its bytes are no text, with the reason', () => {
    expect(switchEncoding({ value: 'ff00', encoding: 'hex' }, 'text')).toEqual({
      value: 'ff00',
      encoding: 'hex',
      note: 'These bytes are not valid UTF-8, so they stay in hex.',
    })
  })

  it('keeps its encoding where a text field would change the bytes', () => {
    expect(switchEncoding({ value: '610d0a62', encoding: 'hex' }, 'text')).toMatchObject({
      value: '610d0a62',
      encoding: 'hex',
      note: expect.stringContaining('carriage returns'),
    })
    expect(encodeText(new TextEncoder().encode('a\r\nb'))).toMatchObject({ value: 'YQ0KYg==', encoding: 'base64' })
  })

  it('keeps a value that was not valid, read in the new encoding', () => {
    expect(switchEncoding({ value: 'SGVsbG8=', encoding: 'hex' }, 'base64')).toEqual({
      value: 'SGVsbG8=',
      encoding: 'base64',
      note: 'This was not valid hex, so it stays as typed and is read as base64 now.',
    })
  })
})
