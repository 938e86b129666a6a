import type { Algorithm } from '../../../src/clouds/algorithms.ts'
import { DEFAULT_WRAPPING_HASH, type WrappingHash, wrappingHashes } from '../../../src/clouds/thalassa/rules.ts'
import { importMaterial } from '../crypto/import.ts'
import { UnwrapError } from '../crypto/key-wrap.ts'
import { UnfitMaterialError } from '../crypto/pkcs8.ts'
import type { KeySpace } from '../engine/store.ts'
import type { WrappingKeys } from '../engine/wrapping-keys.ts'
import { ApiError } from './errors.ts'
import { type JsonObject, optionalFlag, optionalText, requiredBytes } from './validation.ts'

/** Import in a create request: a blob that is still wrapped. */
export interface Import {
  readonly blob: Buffer
  readonly hash: WrappingHash
  readonly allowRotation: boolean
}

/** Whether a create request imports material. An empty text counts, and is refused: a random key would be a surprise. */
export const isImport = (body: JsonObject): boolean => optionalText(body, 'importKeyMaterial') !== undefined

function hashOf(body: JsonObject): WrappingHash {
  const given = optionalText(body, 'hashFunction') || DEFAULT_WRAPPING_HASH
  const hash = wrappingHashes.find((known) => known === given.toUpperCase())
  if (!hash) throw new ApiError(400, `hashFunction must be one of ${wrappingHashes.join(', ')}`)
  return hash
}

/** Members for imported material only; ignored in other requests. */
export function importOf(body: JsonObject): Import | undefined {
  if (!isImport(body)) return undefined
  return {
    blob: requiredBytes(body, 'importKeyMaterial'),
    hash: hashOf(body),
    allowRotation: optionalFlag(body, 'allowRotation') ?? false,
  }
}

export function requireImportable({ name, importable }: Algorithm): void {
  if (!importable) throw new ApiError(400, `operation import is not supported for key type ${name}`)
}

/** Material in a blob, checked against its algorithm. Messages reveal nothing about the content. */
export async function openImport(
  wrappingKeys: WrappingKeys,
  { cloud, location }: KeySpace,
  { algorithm, blob, hash }: Import & { algorithm: Algorithm },
): Promise<Uint8Array> {
  try {
    const material = await wrappingKeys.open(cloud, location, { blob, hash: hash.toLowerCase() })
    return await importMaterial(algorithm, material)
  } catch (error) {
    if (error instanceof UnwrapError)
      throw new ApiError(400, `importKeyMaterial cannot be opened with this region's wrapping key and ${hash}`)
    if (error instanceof UnfitMaterialError) throw new ApiError(400, `importKeyMaterial must ${error.message}`)
    throw error
  }
}
