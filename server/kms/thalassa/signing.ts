import type { Algorithm } from '../../../src/clouds/algorithms.ts'
import { defaultHash, type HashAlgorithm } from '../../../src/clouds/thalassa/rules.ts'
import { MalformedSignatureError } from '../crypto/signatures.ts'
import { fromBase64 } from '../field-rules.ts'
import { sealEnvelope } from './ciphertext.ts'
import { ApiError } from './errors.ts'
import type { KeyOperation } from './keys.ts'
import { envelopeOf, hashAsked, inputOf, usableAlgorithm, versionOf } from './request-guards.ts'
import { type JsonObject, optionalFlag, optionalText } from './validation.ts'

/** Hash of a request; Ed25519 has its own and ignores the member. */
function hashOf(body: JsonObject, algorithm: Algorithm): HashAlgorithm {
  if (algorithm.family !== 'ed25519') return hashAsked(body, 'hashAlgorithm') ?? defaultHash
  optionalText(body, 'hashAlgorithm')
  return defaultHash
}

/** Context for key derivation, which no key of this API supports: accepted without effect. */
function checkContext(body: JsonObject): void {
  if (!fromBase64(optionalText(body, 'context') ?? '')) throw new ApiError(400, 'context must be valid base64')
}

/** Checks the digest's length for prehashed RSA; ECDSA uses the leftmost bits of any digest. */
function checkDigest(input: Uint8Array, { name, bytes }: HashAlgorithm, algorithm: Algorithm): void {
  if (algorithm.family === 'rsa' && input.length !== bytes)
    throw new ApiError(400, `input must be a digest of ${bytes} bytes for ${name}`)
}

export const sign: KeyOperation = async ({ keyring, key }, body) => {
  const algorithm = usableAlgorithm(key, 'sign', 'sign')
  const input = inputOf(body)
  const version = versionOf(body, key)
  const hash = hashOf(body, algorithm)
  const prehashed = optionalFlag(body, 'prehashed') ?? false
  checkContext(body)
  if (prehashed) checkDigest(input, hash, algorithm)
  const signature = await keyring.sign(key, version, { input, hash: hash.digest, prehashed })
  return { status: 200, body: { signature: sealEnvelope(version, signature), keyVersion: String(version) } }
}

/** Verifies a signature. A well-formed wrong one is no error: 200 and `valid: false`. */
export const verify: KeyOperation = async ({ keyring, key }, body) => {
  const algorithm = usableAlgorithm(key, 'sign', 'verify')
  const message = inputOf(body)
  const envelope = envelopeOf(body, 'signature', key)
  const hash = hashOf(body, algorithm).digest
  try {
    const valid = await keyring.verify(key, envelope.version, { message, hash }, envelope.body)
    return { status: 200, body: { valid } }
  } catch (error) {
    if (error instanceof MalformedSignatureError) throw new ApiError(400, 'invalid signature')
    throw error
  }
}
