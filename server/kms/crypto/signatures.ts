import { constants, type KeyObject, privateEncrypt, publicDecrypt, sign, verify } from 'node:crypto'
import type { Algorithm } from '../../../src/clouds/algorithms.ts'
import { digestLength, type HashName } from './hashes.ts'
import { encodePss, isPss } from './pss.ts'

/** Signature with an invalid encoding. */
export class MalformedSignatureError extends Error {
  constructor() {
    super('the signature is malformed')
  }
}

/** How a signature is made. Ed25519 and ML-DSA ignore the hash. */
export interface SignatureScheme {
  readonly hash: HashName
  /** Salt of RSA-PSS. `longest` (default): signs with the longest, verifies any. `digest`: as long as the digest only. */
  readonly salt?: 'longest' | 'digest'
  /** Ed25519ph (RFC 8032) with an empty context, in place of pure Ed25519. */
  readonly ed25519ph?: boolean
}

/** Input of a signature: a message or, if `prehashed`, its digest. Pure Ed25519 and ML-DSA sign the bytes as the message. */
export interface SignInput extends SignatureScheme {
  readonly input: Uint8Array
  readonly prehashed: boolean
}

/** What a signature is verified for: a message or, if `prehashed`, its digest. */
export interface VerifyInput extends SignatureScheme {
  readonly message: Uint8Array
  readonly prehashed?: boolean
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING }

const modulusOf = (key: KeyObject, { bits }: Algorithm) => key.asymmetricKeyDetails?.modulusLength ?? bits

const requireDigest = (digest: Uint8Array, hash: HashName) => {
  if (digest.length !== digestLength(hash)) throw new RangeError('the digest has the wrong length')
}

function signRsa(privateKey: KeyObject, { input, hash, prehashed, salt }: SignInput, algorithm: Algorithm): Buffer {
  const saltLength = salt === 'digest' ? constants.RSA_PSS_SALTLEN_DIGEST : constants.RSA_PSS_SALTLEN_MAX_SIGN
  if (!prehashed) return sign(hash, input, { key: privateKey, ...pss, saltLength })
  requireDigest(input, hash)
  const encoded = encodePss(input, hash, modulusOf(privateKey, algorithm), salt === 'digest' ? input.length : undefined)
  return privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encoded)
}

function verifyRsa(
  publicKey: KeyObject,
  { message, hash, prehashed = false, salt }: VerifyInput,
  signature: Uint8Array,
  algorithm: Algorithm,
): boolean {
  const saltLength = salt === 'digest' ? constants.RSA_PSS_SALTLEN_DIGEST : constants.RSA_PSS_SALTLEN_AUTO
  if (!prehashed) return verify(hash, message, { key: publicKey, ...pss, saltLength }, signature)
  requireDigest(message, hash)
  const bits = modulusOf(publicKey, algorithm)
  if (signature.length !== Math.ceil(bits / 8)) return false
  try {
    const encoded = publicDecrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, signature)
    return isPss(encoded, message, hash, bits, salt === 'digest' ? message.length : undefined)
  } catch {
    // A number that is not below the modulus.
    return false
  }
}

/** Loaded on first use: most servers never sign or verify a digest, or with Ed25519ph. */
const ecdsaDigest = () => import('./ecdsa-digest.ts')
const ed25519ph = () => import('./ed25519ph.ts')

/**
 * Signs. Ed25519: RFC 8032. ECDSA: ASN.1 DER. RSA: PSS (RFC 8017), MGF1 over the same hash. ML-DSA: FIPS 204, pure, with an
 * empty context. A digest for RSA or Ed25519ph must have the hash's length; throws RangeError otherwise.
 */
export async function signWith(algorithm: Algorithm, privateKey: KeyObject, what: SignInput): Promise<Buffer> {
  switch (algorithm.family) {
    case 'ed25519':
      if (what.ed25519ph) return (await ed25519ph()).signEd25519ph(privateKey, what.input, what.prehashed)
      return sign(null, what.input, privateKey)
    case 'ml-dsa':
      return sign(null, what.input, privateKey)
    case 'ecdsa':
      if (what.prehashed) return (await ecdsaDigest()).signDigestEcdsa(privateKey, what.input)
      return sign(what.hash, what.input, privateKey)
    case 'rsa':
      return signRsa(privateKey, what, algorithm)
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
 * Whether a signature is valid for the message, the scheme and the public key. Throws {@link MalformedSignatureError} for an
 * ECDSA signature that is not DER.
 */
export async function verifyWith(
  algorithm: Algorithm,
  publicKey: KeyObject,
  what: VerifyInput,
  signature: Uint8Array,
): Promise<boolean> {
  const { message, hash, prehashed = false } = what
  switch (algorithm.family) {
    case 'ed25519':
      if (what.ed25519ph) return (await ed25519ph()).verifyEd25519ph(publicKey, message, prehashed, signature)
      return verify(null, message, publicKey, signature)
    case 'ml-dsa':
      return verify(null, message, publicKey, signature)
    case 'ecdsa':
      if (!isDerSignature(signature)) throw new MalformedSignatureError()
      if (prehashed) return (await ecdsaDigest()).verifyDigestEcdsa(publicKey, message, signature)
      return verify(hash, message, publicKey, signature)
    case 'rsa':
      return verifyRsa(publicKey, what, signature, algorithm)
    case 'aes-gcm':
    case 'chacha20-poly1305':
    case 'hmac':
      throw new Error(`${algorithm.name} can not verify`)
  }
}
