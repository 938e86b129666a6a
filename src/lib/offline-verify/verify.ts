/** Signatures checked with the browser's Web Cryptography, from the public key alone. */
import { rawSignature, readDerSignature } from './der.ts'

/** How a key signs; the curve of ECDSA by its NIST name. */
export type Scheme =
  | { readonly family: 'ed25519' }
  | { readonly family: 'ecdsa'; readonly curve: 'P-256' | 'P-384' | 'P-521'; readonly hash: Hash }
  /** `any`: PSS with the longest salt, else PKCS#1 v1.5. `pss`: PSS with a salt as long as the digest. MGF1 is over the same hash. */
  | { readonly family: 'rsa'; readonly hash: Hash; readonly padding: 'any' | 'pss' }
  /** By Web Cryptography's name: `ML-DSA-65`. */
  | { readonly family: 'ml-dsa'; readonly name: string }

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

async function verifyMlDsa({ publicKey, message, signature }: ToVerify, name: string): Promise<OfflineVerdict> {
  const key = await crypto.subtle.importKey('spki', publicKey, name, false, ['verify'])
  return verdict(await crypto.subtle.verify(name, key, signature, message), name)
}

/** The longest salt that fits (RFC 8017, section 9.1.1): what signers use that name no length. Web Cryptography can't find it out. */
function longestSalt({ algorithm }: CryptoKey, hash: Hash): number {
  const modulusBits = 'modulusLength' in algorithm ? Number(algorithm.modulusLength) : 0
  return Math.ceil((modulusBits - 1) / 8) - hash.bytes - 2
}

function pssVerifies(key: CryptoKey, saltLength: number, { signature, message }: ToVerify): Promise<boolean> | false {
  return saltLength >= 0 && crypto.subtle.verify({ name: 'RSA-PSS', saltLength }, key, signature, message)
}

async function verifyRsa(
  what: ToVerify,
  { hash, padding }: Extract<Scheme, { family: 'rsa' }>,
): Promise<OfflineVerdict> {
  const keyFor = (name: string) =>
    crypto.subtle.importKey('spki', what.publicKey, { name, hash: hash.name }, false, ['verify'])
  const pssKey = await keyFor('RSA-PSS')
  const saltLength = padding === 'pss' ? hash.bytes : longestSalt(pssKey, hash)
  const isPss = await pssVerifies(pssKey, saltLength, what)
  if (isPss || padding === 'pss') return verdict(isPss, 'RSA-PSS')
  const key = await keyFor('RSASSA-PKCS1-v1_5')
  return verdict(await crypto.subtle.verify(key.algorithm, key, what.signature, what.message), 'RSA PKCS#1 v1.5')
}

/**
 * Whether the signature belongs to the message and the public key. Ed25519 (RFC 8032): pure. ECDSA: ASN.1 DER. ML-DSA
 * (FIPS 204): pure, with an empty context. Throws for a public key that is none of the scheme's.
 */
export async function verifySignature(what: ToVerify, scheme: Scheme): Promise<OfflineVerdict> {
  if (!('subtle' in crypto)) return { state: 'unsupported' }
  try {
    if (scheme.family === 'ed25519') return await verifyEd25519(what)
    if (scheme.family === 'ml-dsa') return await verifyMlDsa(what, scheme.name)
    return await (scheme.family === 'ecdsa' ? verifyEcdsa(what, scheme) : verifyRsa(what, scheme))
  } catch (error) {
    // What it names an algorithm or a hash that it doesn't have; a key that does not parse is another error.
    if (error instanceof DOMException && error.name === 'NotSupportedError') return { state: 'unsupported' }
    throw error
  }
}
