/** Reads of keys outside of transactions: rows that were verified are kept until anybody writes. */
import type { KeyAddress, KeySpace, Store, StoredKey, StoredVersion } from '../engine/store.ts'
import type { RowAccess } from './row-access.ts'

/** Keys, and versions: some megabytes. */
const MOST_KEPT = 1000

export interface KeyReads extends Pick<Store, 'get' | 'getByUniqueName' | 'version'> {
  /** Forgets all rows. To be called before each change by this process. */
  forget(): void
}

/** @param dataVersion changes when another process writes; all rows are read and verified again then */
export function openKeyReads(
  rows: Pick<RowAccess, 'key' | 'keyByUniqueName' | 'version'>,
  dataVersion: () => number,
): KeyReads {
  const keys = new Map<string, StoredKey>()
  const versions = new Map<string, StoredVersion>()
  let seen = dataVersion()

  function forget(): void {
    keys.clear()
    versions.clear()
  }

  function kept<T>(all: Map<string, T>, name: readonly (string | number)[], read: () => T | undefined): T | undefined {
    const now = dataVersion()
    if (now !== seen) forget()
    seen = now
    const text = JSON.stringify(name)
    const known = all.get(text)
    if (known !== undefined) return known
    const found = read()
    if (all.size >= MOST_KEPT) all.clear()
    // Names that do not exist are not kept: callers choose them.
    if (found !== undefined) all.set(text, found)
    return found
  }

  return {
    forget,
    get: async (address: KeyAddress) =>
      kept(keys, ['id', address.cloud, address.location, address.id], () => rows.key(address)),
    getByUniqueName: async (space: KeySpace, uniqueName) =>
      kept(keys, ['name', space.cloud, space.location, space.scope, uniqueName], () =>
        rows.keyByUniqueName(space, uniqueName),
      ),
    version: async (address, version) =>
      kept(versions, [address.cloud, address.location, address.id, version], () => rows.version(address, version)),
  }
}
