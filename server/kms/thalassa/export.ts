import { ApiError } from './errors.ts'
import { attributesOf, type KeyOperation, statusAfter } from './keys.ts'
import { versionOf } from './request-guards.ts'

/** Hands out one version's material in clear, where the key was made to allow it. */
export const exportKey: KeyOperation = async ({ keyring, key }, body) => {
  statusAfter('use', key)
  if (!attributesOf(key).exportAllowed) throw new ApiError(400, 'key material export is not allowed for this key')
  const version = versionOf(body, key)
  const keyMaterial = await keyring.exportMaterial(key, version)
  return { status: 200, body: { keyMaterial, keyVersion: String(version) } }
}
