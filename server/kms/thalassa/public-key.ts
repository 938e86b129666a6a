import { knownAlgorithm } from '../crypto/material.ts'
import type { StoredKey } from '../engine/store.ts'
import { ApiError } from './errors.ts'
import type { KeyOperation } from './keys.ts'
import { optionalText } from './validation.ts'

/** All versions, or the one asked for. An empty query argument counts as none. */
function versionsOf(asked: string | undefined, { latestVersion }: StoredKey): readonly number[] {
  if (!asked) return Array.from({ length: latestVersion }, (_, index) => index + 1)
  if (!/^-?\d{1,20}$/.test(asked)) throw new ApiError(400, 'version must be a version number')
  const version = Number(asked)
  if (version < 1 || version > latestVersion) throw new ApiError(400, `key version ${asked} does not exist`)
  return [version]
}

/** The public keys by version, whatever the key's status is; `version` comes from the query. */
export const publicKeys: KeyOperation = async ({ keyring, key }, query) => {
  if (!knownAlgorithm(key.algorithm).publicKey)
    throw new ApiError(400, `operation public-key is not supported for key type ${key.algorithm}`)
  const keys: Record<string, string> = {}
  for (const one of versionsOf(optionalText(query, 'version'), key)) keys[one] = await keyring.publicKey(key, one)
  return { status: 200, body: { keys } }
}
