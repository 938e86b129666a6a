/** Signatures checked with the browser's Web Cryptography, from the public key alone. */
import { rawSignature, readDerSignature } from './der.ts'

/** How a key signs; the curve of ECDSA by its NIST name. */
export type Scheme =
  | { readonly family: 'ed25519' }
  | { readonly family: 'ecdsa'; readonly curve: 'P-256' | 'P-384' | 'P-521'; readonly hash: Hash }
  | { readonly family: 'rsa'; readonly hash: Hash }

export interface Hash {
  /** By Web Cryptography's name: `SHA-256`, `SHA3-256`. */
  readonly name: string
  /** Length of the digest. */
  readonly bytes: number
}

export type OfflineVerdict =
  /** `scheme` is the one that matched. */
  | { readonly state: 'matches'; readonly scheme: string }
  | { readonly state: 'differs' }
  /** The signature can't be one, whatever it was made from. */
  | { readonly state: 'malformed' }
  /** The browser lacks what it takes. */
  | { readonly state: 'unsupported' }

interface ToVerify {
  /** DER of SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly message: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
}

/** Bytes of r and of s. */
const sizes = { 'P-256': 32, 'P-384': 48, 'P-521': 66 } as const

const differs = { state: 'differs' } as const
const verdict = (valid: boolean, scheme: string): OfflineVerdict => (valid ? { state: 'matches', scheme } : differs)

async function verifyEd25519({ publicKey, message, signature }: ToVerify): Promise<OfflineVerdict> {
  const key = await crypto.subtle.importKey('spki', publicKey, 'Ed25519', false, ['verify'])
  return verdict(await crypto.subtle.verify('Ed25519', key, signature, message), 'Ed25519')
}

async function verifyEcdsa(
  { publicKey, message, signature }: ToVerify,
  { curve, hash }: Extract<Scheme, { family: 'ecdsa' }>,
): Promise<OfflineVerdict> {
  const integers = readDerSignature(signature)
  if (!integers) return { state: 'malformed' }
  const parameters = { name: 'ECDSA', namedCurve: curve, hash: hash.name }
  const key = await crypto.subtle.importKey('spki', publicKey, parameters, false, ['verify'])
  const raw = rawSignature(integers, sizes[curve])
  return raw ? verdict(await crypto.subtle.verify(parameters, key, raw, message), `ECDSA on ${curve}`) : differs
}

/** The longest salt that fits (RFC 8017, section 9.1.1): what signers use that name no length. Web Cryptography can't find it out. */
function pssVerifies(key: CryptoKey, hash: Hash, { signature, message }: ToVerify): Promise<boolean> | false {
  const modulusBits = 'modulusLength' in key.algorithm ? Number(key.algorithm.modulusLength) : 0
  const saltLength = Math.ceil((modulusBits - 1) / 8) - hash.bytes - 2
  return saltLength >= 0 && crypto.subtle.verify({ name: 'RSA-PSS', saltLength }, key, signature, message)
}

async function verifyRsa(what: ToVerify, hash: Hash): Promise<OfflineVerdict> {
  const keyFor = (name: string) =>
    crypto.subtle.importKey('spki', what.publicKey, { name, hash: hash.name }, false, ['verify'])
  if (await pssVerifies(await keyFor('RSA-PSS'), hash, what)) return verdict(true, 'RSA-PSS')
  const key = await keyFor('RSASSA-PKCS1-v1_5')
  return verdict(await crypto.subtle.verify(key.algorithm, key, what.signature, what.message), 'RSA PKCS#1 v1.5')
}

/**
 * Whether the signature belongs to the message and the public key. Ed25519 (RFC 8032): 64 bytes. ECDSA: ASN.1 DER. RSA:
 * PSS with MGF1 over the same hash and the longest salt, else PKCS#1 v1.5. Throws for a public key that is none of the
 * scheme's.
 */
export async function verifySignature(what: ToVerify, scheme: Scheme): Promise<OfflineVerdict> {
  if (!('subtle' in crypto)) return { state: 'unsupported' }
  try {
    if (scheme.family === 'ed25519') return await verifyEd25519(what)
    return await (scheme.family === 'ecdsa' ? verifyEcdsa(what, scheme) : verifyRsa(what, scheme.hash))
  } catch (error) {
    // What it names an algorithm or a hash that it doesn't have; a key that does not parse is another error.
    if (error instanceof DOMException && error.name === 'NotSupportedError') return { state: 'unsupported' }
    throw error
  }
}
