import { exportMaterial } from '../crypto/export.ts'
import { knownAlgorithm } from '../crypto/material.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import type { KeySpace, KeyWithVersions, Store, StoredCredential, StoredKey } from '../engine/store.ts'
import { credentialName, materialName } from '../engine/wrapped-names.ts'

/** Source of an exported seed. */
export interface ExportSource {
  readonly store: Pick<Store, 'credentials' | 'page' | 'resource' | 'resources' | 'setting' | 'version'>
  readonly keyWrapper: KeyWrapper
  /** Whether key material and secrets are exported. */
  readonly withMaterial: boolean
}

const PAGE = 500

/** By id ascending. */
export async function* keysIn({ store }: ExportSource, space: KeySpace): AsyncGenerator<KeyWithVersions, void> {
  for (let after = ''; ; ) {
    const { keys, broken, next } = await store.page(space, after, PAGE)
    for (const error of broken) throw error
    yield* keys
    if (next === undefined) return
    after = next
  }
}

/** Material of one version as text; undefined if material is not exported. */
export async function materialOf(
  { store, keyWrapper, withMaterial }: ExportSource,
  key: StoredKey,
  version: number,
): Promise<string | undefined> {
  const stored = withMaterial ? store.version(key, version) : undefined
  return (
    stored &&
    exportMaterial(knownAlgorithm(key.algorithm), keyWrapper.unwrap(materialName(key, version), stored.wrapped))
  )
}

export const secretOf = ({ keyWrapper }: ExportSource, { cloud, id, wrapped }: StoredCredential): string =>
  keyWrapper.unwrap(credentialName(cloud, id), wrapped).toString('utf8')

/** RFC 3339, UTC, milliseconds. */
export const timeText = (time: number): string => new Date(time).toISOString()
