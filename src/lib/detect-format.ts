/** Things that people paste in place of a ciphertext, known by how they begin. */
import { toBase64, utf8 } from './encodings.ts'

export type TextFormat =
  | { readonly kind: 'age' /** In the text form, which starts with dashes. */; readonly armored: boolean }
  /** `label`: `PUBLIC KEY`, `CERTIFICATE` (RFC 7468). */
  | { readonly kind: 'pem'; readonly label: string }
  | { readonly kind: 'jwt' }

const AGE = 'age-encryption.org'
/** A multiple of three bytes, so that its base64 is how the base64 of any age file begins. */
const AGE_BASE64 = toBase64(utf8(AGE))

/** Undefined for anything that is none of these. */
export function detectFormat(text: string): TextFormat | undefined {
  const start = text.trimStart()
  if (start.startsWith(`${AGE}/`) || start.startsWith(AGE_BASE64)) return { kind: 'age', armored: false }
  const [, label] = /^-----BEGIN ([A-Z0-9 ]+)-----/.exec(start) ?? []
  if (label === 'AGE ENCRYPTED FILE') return { kind: 'age', armored: true }
  if (label !== undefined) return { kind: 'pem', label }
  // A JOSE header is a JSON object, which begins so in base64url (RFC 7515, RFC 7516).
  return /^eyJ[\w-]*(\.[\w-]*){2,4}\s*$/.test(start) ? { kind: 'jwt' } : undefined
}
