import { type Algorithm, MAX_SYMMETRIC_PLAINTEXT } from '../../../src/clouds/algorithms.ts'
import { limits } from '../../../src/clouds/thalassa/rules.ts'
import { UndecryptableError } from '../crypto/encryption.ts'
import { openEnvelope, sealEnvelope } from './ciphertext.ts'
import { ApiError } from './errors.ts'
import type { KeyOperation } from './keys.ts'
import { usableAlgorithm, versionOf } from './request-guards.ts'
import { type JsonObject, requiredBytes, requiredText } from './validation.ts'

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

export const encrypt: KeyOperation = async ({ keyring, key }, body) => {
  const algorithm = usableAlgorithm(key, 'encrypt', 'encrypt')
  const plaintext = plaintextOf(body, algorithm)
  const version = versionOf(body, key)
  const sealed = await keyring.encrypt(key, version, plaintext)
  return { status: 200, body: { ciphertext: sealEnvelope(version, sealed), keyVersion: String(version) } }
}

export const decrypt: KeyOperation = async ({ keyring, key }, body) => {
  usableAlgorithm(key, 'encrypt', 'decrypt')
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
