import type { Algorithm, Purpose } from '../../../src/clouds/algorithms.ts'
import { type HashAlgorithm, hashAlgorithms, hashNamed, limits } from '../../../src/clouds/thalassa/rules.ts'
import { knownAlgorithm } from '../crypto/material.ts'
import type { StoredKey } from '../engine/store.ts'
import { type Envelope, openEnvelope } from './ciphertext.ts'
import { ApiError } from './errors.ts'
import { statusAfter } from './keys.ts'
import { type JsonObject, optionalText, requiredBytes, requiredText } from './validation.ts'

/** Checks the key's status, then its type; both precede the request's fields. */
export function usableAlgorithm(key: StoredKey, purpose: Purpose, operation: string): Algorithm {
  statusAfter('use', key)
  const algorithm = knownAlgorithm(key.algorithm)
  if (!algorithm.can.includes(purpose))
    throw new ApiError(400, `operation ${operation} is not supported for key type ${key.algorithm}`)
  return algorithm
}

/** Version from the text `keyVersion`; absent, empty and 0 mean the latest. */
export function versionOf(body: JsonObject, key: StoredKey): number {
  const given = optionalText(body, 'keyVersion') ?? ''
  if (!/^(-?\d{1,20})?$/.test(given)) throw new ApiError(400, 'keyVersion must be a version number')
  const version = Number(given) || key.latestVersion
  if (version < 1 || version > key.latestVersion) throw new ApiError(400, `key version ${given} does not exist`)
  return version
}

/** Input of sign and HMAC operations. */
export function inputOf(body: JsonObject): Buffer {
  const input = requiredBytes(body, 'input')
  const { min, max } = limits.input
  if (input.length < min || input.length > max) throw new ApiError(400, `input must be between ${min} and ${max} bytes`)
  return input
}

/** Hash from a member, in any spelling; undefined if absent. 400 for a name not in `among`. */
export function hashAsked(
  body: JsonObject,
  member: string,
  among: readonly HashAlgorithm[] = hashAlgorithms,
): HashAlgorithm | undefined {
  const given = optionalText(body, member)
  if (!given) return undefined
  const hash = hashNamed(given)
  if (!hash || !among.includes(hash))
    throw new ApiError(400, `${member} must be one of ${among.map(({ name }) => name).join(', ')}`)
  return hash
}

/** Signature or MAC with its key version, which exists. One 400 for all malformed ones. */
export function envelopeOf(body: JsonObject, member: 'signature' | 'hmac', key: StoredKey): Envelope {
  const envelope = openEnvelope(requiredText(body, member))
  if (!envelope || envelope.version > key.latestVersion) throw new ApiError(400, `invalid ${member}`)
  return envelope
}
