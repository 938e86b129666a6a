/** Converts public keys from the APIs to DER and PEM of SubjectPublicKeyInfo (RFC 5280, RFC 7468). */
import { decode, toBase64 } from './encodings.ts'

/** DER prefix of the 32 raw bytes of an Ed25519 key in SubjectPublicKeyInfo (RFC 8410, section 4). */
const ed25519Head = Uint8Array.fromHex('302a300506032b6570032100')

const ED25519_BYTES = 32

export interface PublicKey {
  /** DER of SubjectPublicKeyInfo. */
  readonly der: Uint8Array<ArrayBuffer>
  /** The same as PEM, with a line feed at its end. */
  readonly pem: string
  /** Base64 of the 32 raw bytes; only for Ed25519 keys that came so. */
  readonly raw?: string
}

/** PEM in lines of 64 characters, with a line feed at its end. */
export function toPem(der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? []
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n')
}

const publicKeyPem = /^\s*-----BEGIN PUBLIC KEY-----\s([\s\S]*?)-----END PUBLIC KEY-----\s*$/

/** The bytes in PEM of a SubjectPublicKeyInfo; undefined for any other text. */
export function fromPem(text: string): Uint8Array<ArrayBuffer> | undefined {
  const body = publicKeyPem.exec(text)?.[1]
  if (body === undefined) return undefined
  const decoded = decode(body, 'base64')
  return 'bytes' in decoded && decoded.bytes.length > 0 ? decoded.bytes : undefined
}

/** SubjectPublicKeyInfo of an Ed25519 key's 32 raw bytes. */
export function ed25519ToDer(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const der = new Uint8Array(ed25519Head.length + ED25519_BYTES)
  der.set(ed25519Head)
  der.set(raw, ed25519Head.length)
  return der
}

/** A public key in PEM, or the base64 of an Ed25519 key's raw bytes, told apart by content; undefined for anything else. */
export function readPublicKey(text: string): PublicKey | undefined {
  const fromText = fromPem(text)
  if (fromText) return { der: fromText, pem: toPem(fromText) }
  const decoded = decode(text, 'base64')
  if (!('bytes' in decoded) || decoded.bytes.length !== ED25519_BYTES) return undefined
  const der = ed25519ToDer(decoded.bytes)
  return { der, pem: toPem(der), raw: toBase64(decoded.bytes) }
}

/** SHA-256 of SubjectPublicKeyInfo, 32 bytes. Rejects where the browser has no WebCrypto, which is on unencrypted pages of other hosts. */
export const fingerprintOf = async (der: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', der))
