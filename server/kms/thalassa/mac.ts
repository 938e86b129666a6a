import {
  defaultHash,
  fixedMacHashes,
  type HashAlgorithm,
  macHashAlgorithms,
} from '../../../src/clouds/thalassa/rules.ts'
import { sameMac } from '../crypto/mac.ts'
import type { StoredKey } from '../engine/store.ts'
import { sealEnvelope } from './ciphertext.ts'
import { ApiError } from './errors.ts'
import type { KeyOperation } from './keys.ts'
import { envelopeOf, hashAsked, inputOf, usableAlgorithm, versionOf } from './request-guards.ts'
import type { JsonObject } from './validation.ts'

/** Hash setting: the vendor names it `algorithm` in hmac and `hashAlgorithm` in verify-hmac; both accept both names. */
function hashOf(body: JsonObject, key: StoredKey): HashAlgorithm {
  const [algorithm, hashAlgorithm] = ['algorithm', 'hashAlgorithm'].map((member) =>
    hashAsked(body, member, macHashAlgorithms),
  )
  if (algorithm && hashAlgorithm && algorithm !== hashAlgorithm)
    throw new ApiError(400, 'algorithm and hashAlgorithm name different hashes')
  const asked = algorithm ?? hashAlgorithm
  const fixed = fixedMacHashes.get(key.algorithm)
  if (asked && fixed && asked !== fixed)
    throw new ApiError(
      400,
      `${algorithm ? 'algorithm' : 'hashAlgorithm'} must be ${fixed.name} for key type ${key.algorithm}`,
    )
  return asked ?? fixed ?? defaultHash
}

export const hmac: KeyOperation = async ({ keyring, key }, body) => {
  usableAlgorithm(key, 'mac', 'hmac')
  const input = inputOf(body)
  const version = versionOf(body, key)
  const mac = await keyring.mac(key, version, hashOf(body, key).digest, input)
  return { status: 200, body: { hmac: sealEnvelope(version, mac), keyVersion: String(version) } }
}

/** Verifies a MAC. A well-formed wrong one is no error: 200 and `valid: false`. */
export const verifyHmac: KeyOperation = async ({ keyring, key }, body) => {
  usableAlgorithm(key, 'mac', 'verify-hmac')
  const input = inputOf(body)
  const envelope = envelopeOf(body, 'hmac', key)
  const mac = await keyring.mac(key, envelope.version, hashOf(body, key).digest, input)
  return { status: 200, body: { valid: sameMac(mac, envelope.body), keyVersion: String(envelope.version) } }
}
