import { type Algorithm, MAX_SYMMETRIC_PLAINTEXT } from '../../../src/clouds/algorithms.ts'
import { limits } from '../../../src/clouds/thalassa/rules.ts'
import { UndecryptableError } from '../crypto/encryption.ts'
import { knownAlgorithm } from '../crypto/material.ts'
import type { StoredKey } from '../engine/store.ts'
import { openEnvelope, sealEnvelope } from './ciphertext.ts'
import { ApiError } from './errors.ts'
import { type KeyOperation, statusAfter } from './keys.ts'
import { type JsonObject, optionalText, requiredBytes, requiredText } from './validation.ts'

/** The key's state comes before the key's type, and both before the request's fields. */
function usableAlgorithm(key: StoredKey, operation: 'encrypt' | 'decrypt'): Algorithm {
  statusAfter('use', key)
  const algorithm = knownAlgorithm(key.algorithm)
  if (!algorithm.can.includes('encrypt'))
    throw new ApiError(400, `operation ${operation} is not supported for key type ${key.algorithm}`)
  return algorithm
}

function plaintextOf(body: JsonObject, algorithm: Algorithm): Buffer {
  const plaintext = requiredBytes(body, 'plaintext')
  const { min, max } = limits.plaintext
  const most = algorithm.maxPlaintext ?? MAX_SYMMETRIC_PLAINTEXT
  if (plaintext.length > most && most < max)
    throw new ApiError(400, `plaintext exceeds the maximum of ${most} bytes for ${algorithm.name}`)
  if (plaintext.length < min || plaintext.length > max)
    throw new ApiError(400, `plaintext must be between ${min} and ${max} bytes`)
  return plaintext
}

/** `keyVersion` is text; none, an empty one and 0 mean the latest. */
function versionOf(body: JsonObject, key: StoredKey): number {
  const given = optionalText(body, 'keyVersion') ?? ''
  if (!/^(-?\d{1,20})?$/.test(given)) throw new ApiError(400, 'keyVersion must be a version number')
  const version = Number(given) || key.latestVersion
  if (version < 1 || version > key.latestVersion) throw new ApiError(400, `key version ${given} does not exist`)
  return version
}

export const encrypt: KeyOperation = async ({ keyring, key }, body) => {
  const algorithm = usableAlgorithm(key, 'encrypt')
  const plaintext = plaintextOf(body, algorithm)
  const version = versionOf(body, key)
  const sealed = await keyring.encrypt(key, version, plaintext)
  return { status: 200, body: { ciphertext: sealEnvelope(version, sealed), keyVersion: String(version) } }
}

export const decrypt: KeyOperation = async ({ keyring, key }, body) => {
  usableAlgorithm(key, 'decrypt')
  const envelope = openEnvelope(requiredText(body, 'ciphertext'))
  try {
    if (!envelope) throw new UndecryptableError()
    const plaintext = await keyring.decrypt(key, envelope.version, envelope.body)
    return { status: 200, body: { plaintext: plaintext.toString('base64'), keyVersion: String(envelope.version) } }
  } catch (error) {
    if (error instanceof UndecryptableError) throw new ApiError(400, 'invalid ciphertext')
    throw error
  }
}
