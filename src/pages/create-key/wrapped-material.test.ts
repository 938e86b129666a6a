import { describe, expect, test } from 'vitest'
import { wrappedSize } from '../../clouds/thalassa/rules.ts'
import { toBase64, toHex, utf8 } from '../../lib/encodings.ts'
import { isUnwrappedText, readFileBytes, readWrapped, UNWRAPPED_KEY } from './wrapped-material.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

/** Bytes that a DER sequence stands around. */
const der = (length: number) => {
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return new Uint8Array([0x30, ...head, ...random(length)])
}

describe('a key in clear', () => {
  test.each([16, 24, 32, 48, 64, 66])('%i bytes, in any encoding', (length) => {
    const bytes = random(length)
    const base64 = toBase64(bytes)
    const url = base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
    for (const text of [base64, ` ${base64}\n`, url, toHex(bytes), `0x${toHex(bytes).toUpperCase()}`])
      expect(isUnwrappedText(text), text).toBe(true)
    expect(isUnwrappedText(toHex(bytes).replace(/(..)(?=.)/g, '$1:'))).toBe(true)
    expect(readFileBytes(bytes)).toEqual({ error: UNWRAPPED_KEY })
  })

  test.each([46, 83, 136, 200, 1215])('DER around %i bytes', (length) => {
    const bytes = der(length)
    expect(isUnwrappedText(toBase64(bytes))).toBe(true)
    expect(readFileBytes(bytes)).toEqual({ error: UNWRAPPED_KEY })
  })

  test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'OPENSSH PRIVATE KEY'])(
    'PEM: %s',
    (label) => expect(isUnwrappedText(`-----BEGIN ${label}-----\nMII`)).toBe(true),
  )

  test('a JSON Web Key, and a text as long as a key', () => {
    expect(isUnwrappedText('{\n "kty": "oct", "k": "x" }')).toBe(true)
    expect(isUnwrappedText('correct horse b!')).toBe(true)
  })

  test('a file is wiped once it is read', () => {
    for (const bytes of [random(32), utf8('QUJD')]) {
      readFileBytes(bytes)
      expect([...bytes].every((byte) => byte === 0)).toBe(true)
    }
  })
})

describe('wrapped material', () => {
  const size = { min: 552, max: 552 }

  test.each([536, 552, 568, 664, 1744])('%i bytes are no key in clear', (length) => {
    const text = toBase64(new Uint8Array([1, ...random(length - 1)]))
    expect(isUnwrappedText(text)).toBe(false)
    expect(readFileBytes(utf8(`${text}\n`))).toEqual({ text })
  })

  test('white space is nothing', () => {
    const wrapped = toBase64(random(552))
    expect(readWrapped(` ${wrapped.slice(0, 64)}\r\n\t${wrapped.slice(64)}\n`, 'aes256-gcm96', size)).toEqual({
      wrapped,
      bytes: 552,
    })
  })

  test.each([
    ['', /^Enter the wrapped material/],
    [' \n', /^Enter the wrapped material/],
    ['!!', /^The base64 is incomplete\. .* that step 5 writes/],
    ['QUJ', /^The base64 is incomplete\. .* that step 5 writes/],
    ['-----BEGIN PUBLIC KEY-----', /^This is PEM/],
    ['QUJD', /^This has 3 bytes, but a wrapped aes256-gcm96 key has 552\. /],
  ])('%j is refused', (text, message) => {
    expect(readWrapped(text, 'aes256-gcm96', size)).toEqual({ error: expect.stringMatching(message) })
  })

  test('a range is said as one', () => {
    expect(readWrapped('QUJD', 'rsa-2048', wrappedSize('rsa-2048') ?? size)).toEqual({
      error: expect.stringMatching(/has 1,720 to 1,752\. /),
    })
  })
})
