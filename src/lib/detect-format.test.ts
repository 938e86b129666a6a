import { describe, expect, it } from 'vitest'
import { detectFormat } from './detect-format.ts'
import { toBase64, utf8 } from './encodings.ts'

const age = 'age-encryption.org/v1\n-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\n'

describe('what is recognised', () => {
  it('are age files: binary, in base64, in the text form', () => {
    expect(detectFormat(age)).toEqual({ kind: 'age', armored: false })
    expect(detectFormat(toBase64(utf8(age)))).toEqual({ kind: 'age', armored: false })
    expect(detectFormat('\n-----BEGIN AGE ENCRYPTED FILE-----\nYWdl')).toEqual({ kind: 'age', armored: true })
  })

  it('are PEM blocks and tokens', () => {
    expect(detectFormat('-----BEGIN PUBLIC KEY-----\nMCow')).toEqual({ kind: 'pem', label: 'PUBLIC KEY' })
    expect(detectFormat('eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln')).toEqual({ kind: 'jwt' })
  })

  it.each(['', 'thalassa:v1:AAEC', 'AAEC', 'YWdlLWVuY3J5cHQ=', 'eyJhbGciOiJFUzI1NiJ9'])('is not %j', (text) => {
    expect(detectFormat(text)).toBeUndefined()
  })
})
