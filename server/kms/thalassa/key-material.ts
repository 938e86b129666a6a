/** Operations that return keys: key material, public keys, and the wrapping key for imports. */
import { setImmediate } from 'node:timers/promises'
import { WRAPPING_KEY_ALGORITHM } from '../../../src/clouds/thalassa/rules.ts'
import { knownAlgorithm } from '../crypto/material.ts'
import type { KeySpace, StoredKey } from '../engine/store.ts'
import type { WrappingKeys } from '../engine/wrapping-keys.ts'
import { type Answer, ApiError } from './errors.ts'
import { attributesOf, type KeyOperation, statusAfter } from './keys.ts'
import { versionOf } from './request-guards.ts'
import { optionalText } from './validation.ts'

/** Returns the plaintext material of one version, if the key is exportable. */
export const exportKey: KeyOperation = async ({ keyring, key }, body) => {
  statusAfter('use', key)
  if (!attributesOf(key).exportAllowed) throw new ApiError(400, 'key material export is not allowed for this key')
  const version = versionOf(body, key)
  const keyMaterial = await keyring.exportMaterial(key, version)
  return { status: 200, body: { keyMaterial, keyVersion: String(version) } }
}

/** All versions, or the one in the query. An empty query argument counts as absent. */
function versionsOf(asked: string | undefined, { latestVersion }: StoredKey): readonly number[] {
  if (!asked) return Array.from({ length: latestVersion }, (_, index) => index + 1)
  if (!/^-?\d{1,20}$/.test(asked)) throw new ApiError(400, 'version must be a version number')
  const version = Number(asked)
  if (version < 1 || version > latestVersion) throw new ApiError(400, `key version ${asked} does not exist`)
  return [version]
}

/** Public keys by version, for any status of the key; `version` is the query argument. */
export const publicKeys: KeyOperation = async ({ keyring, key }, query) => {
  if (!knownAlgorithm(key.algorithm).publicKey)
    throw new ApiError(400, `operation public-key is not supported for key type ${key.algorithm}`)
  const keys: Record<string, string> = {}
  for (const one of versionsOf(optionalText(query, 'version'), key)) {
    keys[one] = await keyring.publicKey(key, one)
    // A key may have thousands of versions, each of a millisecond: other requests run in between.
    await setImmediate()
  }
  return { status: 200, body: { keys } }
}

/** Public wrapping key: one per region, for all organisations and projects. */
export async function wrappingKey(wrappingKeys: WrappingKeys, { cloud, location }: KeySpace): Promise<Answer> {
  const publicKey = await wrappingKeys.publicKey(cloud, location)
  return { status: 200, body: { publicKey, algorithm: WRAPPING_KEY_ALGORITHM } }
}
