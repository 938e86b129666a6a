/** Validation of wrapped key material before it is sent. Nothing here stores its input. */
import type { Range } from '../../clouds/capabilities.ts'
import { decode } from '../../lib/encodings.ts'
import { formatNumber } from '../../lib/numbers.ts'

/** Bytes of unwrapped symmetric keys, seeds and scalars up to P-521. Wrapped material is longer than its RSA part. */
const unwrappedSize: Range = { min: 16, max: 66 }

/** Lengths of texts that may serve as a key themselves, in characters. */
const unwrappedTextLengths: readonly number[] = [16, 32]

const IMPORT_FILE = 'import.b64, the file that step 5 writes'

export const UNWRAPPED_KEY = 'This looks like the key itself: wrap it first. It was not kept.'

/** Whether the bytes are one DER sequence: a private key in PKCS#8, PKCS#1 or SEC 1. */
function isDer(bytes: Uint8Array): boolean {
  const [tag, first = 0, second = 0, third = 0] = bytes
  if (tag !== 0x30) return false
  if (first < 0x80) return bytes.length === first + 2
  if (first === 0x81) return bytes.length === second + 3
  return first === 0x82 && bytes.length === second * 256 + third + 4
}

const looksUnwrapped = (bytes: Uint8Array) =>
  (bytes.length >= unwrappedSize.min && bytes.length <= unwrappedSize.max) || isDer(bytes)

/** Bytes of a text in hexadecimal or any kind of base64; undefined for other texts. */
function decodeBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  const digits = text.replace(/[\s:]/g, '').replace(/^0x/i, '')
  const hex = decode(digits, 'hex')
  if ('bytes' in hex) return hex.bytes
  const standard = text.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  const base64 = decode(standard.padEnd(Math.ceil(standard.length / 4) * 4, '='), 'base64')
  return 'bytes' in base64 ? base64.bytes : undefined
}

/** Whether a text is an unwrapped key: PEM, a JSON Web Key, or few raw bytes or DER in hexadecimal or base64. */
export function isUnwrappedText(text: string): boolean {
  if (text.includes('-----BEGIN')) return /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(text)
  if (/^\s*\{[\s\S]*"kty"/.test(text)) return true
  if (unwrappedTextLengths.includes(text.trim().length)) return true
  const bytes = decodeBytes(text)
  if (!bytes) return false
  const bare = looksUnwrapped(bytes)
  bytes.fill(0)
  return bare
}

const printable = /^[\t\n\r -~]*$/

/** Text of a file, or why it is refused. The bytes are wiped in either case. */
export function readFileBytes(bytes: Uint8Array): { readonly text: string } | { readonly error: string } {
  const text = new TextDecoder('latin1').decode(bytes)
  const bare = looksUnwrapped(bytes) && (!printable.test(text) || unwrappedTextLengths.includes(bytes.length))
  bytes.fill(0)
  if (bare || isUnwrappedText(text)) return { error: UNWRAPPED_KEY }
  if (printable.test(text)) return { text: text.trim() }
  return { error: `This file is not base64. Choose ${IMPORT_FILE}.` }
}

/** Largest file that is read, in bytes: many times the size of any wrapped key. */
export const MAX_FILE_SIZE = 65_536

const formatSize = ({ min, max }: Range) =>
  min === max ? formatNumber(min) : `${formatNumber(min)} to ${formatNumber(max)}`

/** Base64 without white space and its decoded size in bytes; or the problem with its solution, as a sentence. */
export type ReadMaterial = { readonly wrapped: string; readonly bytes: number } | { readonly error: string }

/** @param size decoded bytes that material of this type takes when wrapped */
export function readWrapped(text: string, type: string, size: Range): ReadMaterial {
  const wrapped = text.replace(/\s/g, '')
  if (wrapped === '') return { error: 'Enter the wrapped material: paste it, or choose or drop import.b64.' }
  if (wrapped.includes('-----BEGIN')) return { error: `This is PEM, not wrapped material. Use ${IMPORT_FILE}.` }
  const decoded = decode(wrapped, 'base64')
  if ('error' in decoded) return { error: `The base64 is incomplete. Use all of ${IMPORT_FILE}.` }
  const bytes = decoded.bytes.length
  if (bytes < size.min || bytes > size.max)
    return {
      error: `This has ${formatNumber(bytes)} bytes, but a wrapped ${type} key has ${formatSize(size)}. Check that import.b64 is complete and the algorithm is right.`,
    }
  return { wrapped, bytes }
}
