/** Detects common formats that are pasted instead of a ciphertext. */
import { toBase64, utf8 } from './encodings.ts'

export type TextFormat =
  | { readonly kind: 'age' /** In the text form, which starts with dashes. */; readonly armored: boolean }
  /** `label`: `PUBLIC KEY`, `CERTIFICATE` (RFC 7468). */
  | { readonly kind: 'pem'; readonly label: string }
  | { readonly kind: 'jwt' }

const AGE = 'age-encryption.org'
/** Its length is a multiple of three, so its base64 is a prefix of the base64 of any age file. */
const AGE_BASE64 = toBase64(utf8(AGE))

/** Undefined for any other format. */
export function detectFormat(text: string): TextFormat | undefined {
  const start = text.trimStart()
  if (start.startsWith(`${AGE}/`) || start.startsWith(AGE_BASE64)) return { kind: 'age', armored: false }
  const [, label] = /^-----BEGIN ([A-Z0-9 ]+)-----/.exec(start) ?? []
  if (label === 'AGE ENCRYPTED FILE') return { kind: 'age', armored: true }
  if (label !== undefined) return { kind: 'pem', label }
  // Base64url of a JSON object, as a JOSE header is (RFC 7515, RFC 7516).
  return /^eyJ[\w-]*(\.[\w-]*){2,4}\s*$/.test(start) ? { kind: 'jwt' } : undefined
}
