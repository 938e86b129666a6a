/** Reads of keys outside of transactions: rows that were verified are kept until anybody writes. */
import type { Store, StoredKey, StoredVersion } from '../engine/store.ts'
import type { RowAccess } from './row-access.ts'

/** Keys, versions, and names without a key: some megabytes. */
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
  /** Apart from what exists: callers choose them, and could push that out. */
  const absent = new Set<string>()
  let seen = dataVersion()

  function forget(): void {
    keys.clear()
    versions.clear()
    absent.clear()
  }

  function kept<T>(all: Map<string, T>, name: string, read: () => T | undefined): T | undefined {
    const now = dataVersion()
    if (now !== seen) forget()
    seen = now
    const known = all.get(name)
    if (known !== undefined || absent.has(name)) return known
    const found = read()
    const { size } = found === undefined ? absent : all
    if (size >= MOST_KEPT) (found === undefined ? absent : all).clear()
    if (found === undefined) absent.add(name)
    else all.set(name, found)
    return found
  }

  // In each name only the last part is chosen by callers, so no two are the same.
  return {
    forget,
    get: (address) => kept(keys, `id\n${address.cloud}\n${address.location}\n${address.id}`, () => rows.key(address)),
    getByUniqueName: (space, uniqueName) =>
      kept(keys, `name\n${space.cloud}\n${space.location}\n${space.scope}\n${uniqueName}`, () =>
        rows.keyByUniqueName(space, uniqueName),
      ),
    version: (address, version) =>
      kept(versions, `version\n${version}\n${address.cloud}\n${address.location}\n${address.id}`, () =>
        rows.version(address, version),
      ),
  }
}
