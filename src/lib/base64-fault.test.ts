import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64Fault } from './base64-fault.ts'
import { decode } from './encodings.ts'

const at = (text: string, from = 0) => base64Fault(text, from)?.at
const message = (text: string, from = 0) => base64Fault(text, from)?.message

describe('the first fault of base64', () => {
  it.each(['AAEC', 'AAE=', 'AA==', ' AA\nEC ', '+/+/'])('is none in %j', (text) => {
    expect(base64Fault(text)).toBeUndefined()
  })

  it('is pointed at where it stands in the whole text, white space counted', () => {
    expect(at('AAEC-AAE')).toBe(4)
    expect(message('AAEC-AAE')).toContain('Character 5 is “-”, of the URL-safe alphabet')
    expect(at('thalassa:v1:AA\n!C', 12)).toBe(15)
    expect(message('thalassa:v1:AA\n!C', 12)).toContain('Character 16 is “!”, which is not a base64 character')
    expect(message('AA==AAEC')).toContain('Character 5 comes after the “=”')
  })

  it('says what is missing or too much at the end', () => {
    expect(message('AAECA')).toContain('at least one more character must follow character 5')
    expect(message('AAECAA')).toContain('“==” must follow character 6')
    expect(message('AAECAA=')).toContain('“=” must follow character 7')
    expect(message('AAEC=')).toContain('Remove 1')
    expect(message('AB==')).toContain('bits that must be zero')
    expect(at('AB==')).toBe(1)
    expect(message('thalassa:v1:', 12)).toContain('This is not base64')
  })

  it('is there exactly where decoding fails', () => {
    const nearly = fc
      .string({ unit: fc.constantFrom(...'AQgwEIB+/= -_x1'), maxLength: 14 })
      .filter((text) => text.trim() !== '')
    fc.assert(fc.property(nearly, (text) => (base64Fault(text) === undefined) === 'bytes' in decode(text, 'base64')))
    fc.assert(fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => base64Fault(bytes.toBase64()) === undefined))
  })
})
