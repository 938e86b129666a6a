import { describe, expect, it } from 'vitest'
import {
  checkPlaintext,
  modeOf,
  noPlaintext,
  type Plaintext,
  samePlaintext,
  sizeOfPlaintext,
  switchMode,
} from './plaintext.ts'

const typed = (text: string, encoding: 'text' | 'hex' | 'base64' = 'text'): Plaintext => ({
  from: 'typed',
  typed: { text, encoding },
})
const range = { min: 1, max: 190 }
const file = { name: 'a.bin', size: 3, bytes: new Uint8Array([1, 2, 255]) }

describe('a plaintext', () => {
  it('is counted in bytes, not characters', () => {
    expect(sizeOfPlaintext(typed('žluť'))).toBe(6)
    expect(sizeOfPlaintext(typed('zz', 'hex'))).toBeUndefined()
  })

  it('is refused when it is empty, unless the key takes nothing too', () => {
    expect(checkPlaintext(noPlaintext, range)).toHaveProperty('error')
    expect(checkPlaintext(noPlaintext, { min: 0, max: 190 })).toEqual({ bytes: new Uint8Array() })
  })

  it('fits up to the last byte of the limit', () => {
    expect(checkPlaintext(typed('a'.repeat(190)), range)).toHaveProperty('bytes')
    expect(checkPlaintext(typed('a'.repeat(191)), range)).toEqual({
      error: 'This is 191 bytes, and this key takes up to 190 in one call. Shorten it or choose another key.',
    })
  })

  it('from a file asks for one first, and for a smaller one when it was too large to be read', () => {
    expect(checkPlaintext({ ...noPlaintext, from: 'file' }, range)).toEqual({ error: 'Choose a file first.' })
    const large: Plaintext = { ...noPlaintext, from: 'file', file: { name: 'film.mp4', size: 5_000_000 } }
    expect(checkPlaintext(large, range)).toEqual({
      error: 'This is 5,000,000 bytes, and this key takes up to 190 in one call. Shorten it or choose another key.',
    })
  })

  it('keeps what was typed while a file is chosen', () => {
    const withFile = { ...switchMode(typed('kept'), 'file'), file }
    expect(modeOf(withFile)).toBe('file')
    expect(sizeOfPlaintext(withFile)).toBe(3)
    expect(switchMode(withFile, 'hex').typed).toEqual({ text: '6b657074', encoding: 'hex' })
  })

  it('shows the bytes of a file where nothing was typed', () => {
    const withFile: Plaintext = { ...noPlaintext, from: 'file', file }
    expect(switchMode(withFile, 'hex')).toMatchObject({ from: 'typed', typed: { text: '0102ff', encoding: 'hex' } })
    expect(switchMode(withFile, 'text').typed.encoding).toBe('base64')
  })

  it('is the same in another encoding', () => {
    expect(samePlaintext(typed('Hello'), typed('48656c6c6f', 'hex'))).toBe(true)
    expect(samePlaintext(typed('Hello'), typed('hello'))).toBe(false)
    expect(samePlaintext(typed('z', 'hex'), typed('z', 'hex'))).toBe(false)
  })
})
