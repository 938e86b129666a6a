/** Public keys as clouds write them, for Web Cryptography. */
import { decode } from '../encodings.ts'

export interface PublicKeyBytes {
  readonly format: 'spki' | 'raw'
  readonly bytes: Uint8Array<ArrayBuffer>
}

const pem = /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----$/

/**
 * PEM of a SubjectPublicKeyInfo (RFC 7468, section 13), or base64 of the 32 bytes of an Ed25519 key (RFC 8032). Undefined
 * for anything else.
 */
export function readPublicKey(text: string): PublicKeyBytes | undefined {
  const trimmed = text.trim()
  const body = pem.exec(trimmed)?.[1]
  const decoded = decode(body ?? trimmed, 'base64')
  if ('error' in decoded || decoded.bytes.length === 0) return undefined
  const { bytes } = decoded
  if (body !== undefined) return { format: 'spki', bytes }
  return bytes.length === 32 ? { format: 'raw', bytes } : undefined
}
