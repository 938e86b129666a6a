import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Encoding } from '../../../lib/encodings.ts'
import { bytesOfText, switchEncoding, textOfBytes } from './encoded-text.ts'

const encodings: readonly Encoding[] = ['text', 'hex', 'base64']
const anyEncoding = fc.constantFrom(...encodings)
const bytesOf = (typed: Parameters<typeof bytesOfText>[0]) => {
  const decoded = bytesOfText(typed)
  return 'bytes' in decoded ? decoded.bytes : undefined
}

describe('bytes in a field', () => {
  it('are the same whatever encodings they are switched through', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(anyEncoding, { maxLength: 6 }), (bytes, steps) => {
        const end = steps.reduce(switchEncoding, textOfBytes(bytes))
        expect(bytesOf(end)).toEqual(bytes)
      }),
    )
  })

  it('come back as the text that was typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('hex' as const, 'base64' as const),
        (text, through) => {
          fc.pre(!text.includes('\r') && text.isWellFormed())
          expect(switchEncoding(switchEncoding({ text, encoding: 'text' }, through), 'text')).toEqual({
            text,
            encoding: 'text',
          })
        },
      ),
    )
  })

  it('stay in their encoding and say why when they are no text', () => {
    expect(switchEncoding({ text: 'ff00', encoding: 'hex' }, 'text')).toEqual({
      text: 'ff00',
      encoding: 'hex',
      note: 'These bytes are not valid UTF-8, so they stay in hex.',
    })
  })

  it('stay in their encoding when a text field would change them', () => {
    expect(switchEncoding({ text: '610d0a62', encoding: 'hex' }, 'text')).toMatchObject({
      text: '610d0a62',
      encoding: 'hex',
      note: expect.stringContaining('carriage returns'),
    })
    expect(textOfBytes(new TextEncoder().encode('a\r\nb'))).toMatchObject({ text: 'YQ0KYg==', encoding: 'base64' })
  })

  it('keep a text that was not valid, now read in the new encoding', () => {
    expect(switchEncoding({ text: 'SGVsbG8=', encoding: 'hex' }, 'base64')).toEqual({
      text: 'SGVsbG8=',
      encoding: 'base64',
      note: 'This was not valid hex, so it stays as typed and is read as base64 now.',
    })
  })
})
