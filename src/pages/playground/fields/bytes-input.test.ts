import { describe, expect, it } from 'vitest'
import {
  type BytesInput,
  emptyBytesInput,
  sameBytes,
  sizeOf,
  sourceOf,
  switchSource,
  validateBytes,
} from './bytes-input.ts'

const typed = (text: string, encoding: 'text' | 'hex' | 'base64' = 'text'): BytesInput => ({
  from: 'typed',
  typed: { text, encoding },
})
const range = { min: 1, max: 190 }
const words = { nothing: 'There is nothing yet.', tooMuch: 'Shorten it.' }
const file = { name: 'a.bin', size: 3, bytes: new Uint8Array([1, 2, 255]) }

describe('an entry', () => {
  it('is counted in bytes, not characters', () => {
    expect(sizeOf(typed('žluť'))).toBe(6)
    expect(sizeOf(typed('zz', 'hex'))).toBeUndefined()
  })

  it('is refused when it is empty, unless the key takes nothing too', () => {
    expect(validateBytes(emptyBytesInput, range, words)).toEqual({ error: 'There is nothing yet.' })
    expect(validateBytes(emptyBytesInput, { min: 0, max: 190 }, words)).toEqual({ bytes: new Uint8Array() })
  })

  it('fits up to the last byte of the limit', () => {
    expect(validateBytes(typed('a'.repeat(190)), range, words)).toHaveProperty('bytes')
    expect(validateBytes(typed('a'.repeat(191)), range, words)).toEqual({
      error: 'This is 191 bytes, and this key takes up to 190 in one call. Shorten it.',
    })
  })

  it('from a file asks for one first, and for a smaller one when it was too large to be read', () => {
    expect(validateBytes({ ...emptyBytesInput, from: 'file' }, range, words)).toEqual({ error: 'Choose a file first.' })
    const large: BytesInput = { ...emptyBytesInput, from: 'file', file: { name: 'film.mp4', size: 5_000_000 } }
    expect(validateBytes(large, range, words)).toEqual({
      error: 'This is 5,000,000 bytes, and this key takes up to 190 in one call. Shorten it.',
    })
  })

  it('keeps what was typed while a file is chosen', () => {
    const withFile = { ...switchSource(typed('kept'), 'file'), file }
    expect(sourceOf(withFile)).toBe('file')
    expect(sizeOf(withFile)).toBe(3)
    expect(switchSource(withFile, 'hex').typed).toEqual({ text: '6b657074', encoding: 'hex' })
  })

  it('shows the bytes of a file where nothing was typed', () => {
    const withFile: BytesInput = { ...emptyBytesInput, from: 'file', file }
    expect(switchSource(withFile, 'hex')).toMatchObject({ from: 'typed', typed: { text: '0102ff', encoding: 'hex' } })
    expect(switchSource(withFile, 'text').typed.encoding).toBe('base64')
  })

  it('is the same in another encoding', () => {
    expect(sameBytes(typed('Hello'), typed('48656c6c6f', 'hex'))).toBe(true)
    expect(sameBytes(typed('Hello'), typed('hello'))).toBe(false)
    expect(sameBytes(typed('z', 'hex'), typed('z', 'hex'))).toBe(false)
  })
})
