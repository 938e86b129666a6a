import { constants, type KeyObject, privateEncrypt, sign, verify } from 'node:crypto'
import type { Algorithm } from '../../../src/clouds/algorithms.ts'
import { digestLength, type HashName } from './hashes.ts'
import { encodePss } from './pss.ts'

/** Signature with an invalid encoding. */
export class MalformedSignatureError extends Error {
  constructor() {
    super('the signature is malformed')
  }
}

/** Input of a signature: a message, or its digest. Ed25519 signs the bytes as the message and ignores the other members. */
export interface SignInput {
  readonly input: Uint8Array
  readonly hash: HashName
  readonly prehashed: boolean
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING }

function signRsa(privateKey: KeyObject, { input, hash, prehashed }: SignInput, modulusBits: number): Buffer {
  if (!prehashed) return sign(hash, input, { key: privateKey, ...pss, saltLength: constants.RSA_PSS_SALTLEN_MAX_SIGN })
  if (input.length !== digestLength(hash)) throw new RangeError('the digest has the wrong length')
  const encoded = encodePss(input, hash, privateKey.asymmetricKeyDetails?.modulusLength ?? modulusBits)
  return privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encoded)
}

/** Loads the elliptic curves on first use: most servers never sign a digest. */
async function signDigest(privateKey: KeyObject, digest: Uint8Array): Promise<Buffer> {
  const { signDigestEcdsa } = await import('./ecdsa-digest.ts')
  return signDigestEcdsa(privateKey, digest)
}

/**
 * Signs. Ed25519: RFC 8032, pure. ECDSA: ASN.1 DER. RSA: PSS (RFC 8017), MGF1 over the same
 * hash, the longest possible salt. A digest for RSA must have the hash's length; throws RangeError otherwise.
 */
export async function signWith(algorithm: Algorithm, privateKey: KeyObject, what: SignInput): Promise<Buffer> {
  switch (algorithm.family) {
    case 'ed25519':
      return sign(null, what.input, privateKey)
    case 'ecdsa':
      return what.prehashed ? signDigest(privateKey, what.input) : sign(what.hash, what.input, privateKey)
    case 'rsa':
      return signRsa(privateKey, what, algorithm.bits)
    case 'aes-gcm':
    case 'chacha20-poly1305':
    case 'hmac':
      throw new Error(`${algorithm.name} can not sign`)
  }
}

/** End of the DER integer at `start`; undefined if there is none. */
function endOfInteger(der: Uint8Array, start: number): number | undefined {
  const [tag, length = 0, first = 0, second = 0] = der.subarray(start, start + 4)
  const end = start + 2 + length
  if (tag !== 0x02 || length === 0 || length >= 0x80 || end > der.length) return undefined
  const padded = length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  return padded ? undefined : end
}

/** Whether the bytes are exactly a DER sequence of two integers, of any value. */
function isDerSignature(der: Uint8Array): boolean {
  const [tag, length = 0, longLength = 0] = der
  const long = length === 0x81
  const start = long ? 3 : 2
  const body = long ? longLength : length
  if (tag !== 0x30 || (long ? body < 0x80 : body >= 0x80) || start + body !== der.length) return false
  const middle = endOfInteger(der, start)
  return middle !== undefined && endOfInteger(der, middle) === der.length
}

/**
 * Whether a signature is valid for the message, the hash and the public key; RSA-PSS with a salt of any length. Throws
 * {@link MalformedSignatureError} for an ECDSA signature that is not DER.
 */
export function verifyWith(
  algorithm: Algorithm,
  publicKey: KeyObject,
  { message, hash }: { message: Uint8Array; hash: HashName },
  signature: Uint8Array,
): boolean {
  switch (algorithm.family) {
    case 'ed25519':
      return verify(null, message, publicKey, signature)
    case 'ecdsa':
      if (!isDerSignature(signature)) throw new MalformedSignatureError()
      return verify(hash, message, publicKey, signature)
    case 'rsa':
      return verify(hash, message, { key: publicKey, ...pss, saltLength: constants.RSA_PSS_SALTLEN_AUTO }, signature)
    case 'aes-gcm':
    case 'chacha20-poly1305':
    case 'hmac':
      throw new Error(`${algorithm.name} can not verify`)
  }
}
