/** Reads of the small tables that decide about access, as a whole verified when another process may have changed them. */
import type { DatabaseSync } from 'node:sqlite'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { IntegrityError, type Store } from '../engine/store.ts'
import { readHead, sumsIn } from './head.ts'
import type { RowAccess } from './row-access.ts'
import { toResource } from './rows.ts'
import { assertRow, inGroup, tableNames } from './tables.ts'
import type { Snapshot } from './transactions.ts'

/** @throws IntegrityError for a row of these tables that was changed */
function assertAccessRows(database: DatabaseSync, keyWrapper: KeyWrapper): void {
  for (const name of tableNames) {
    const condition = inGroup(name, 'access')
    if (condition === undefined) continue
    for (const row of database.prepare(`SELECT * FROM ${name} WHERE ${condition}`).iterate())
      assertRow(keyWrapper, name, row)
  }
}

/** @throws IntegrityError if rows of the settings, credentials and resources were removed or put back */
export function assertAccessSum(database: DatabaseSync, keyWrapper: KeyWrapper, ignored?: string): void {
  if (!sumsIn(database, keyWrapper, ['access'], ignored).access.equals(readHead(database, keyWrapper).sums.access))
    throw new IntegrityError(
      'rows of the tables settings, credentials and resources were removed, added or put back to an earlier state',
    )
}

export function openAccess(
  database: DatabaseSync,
  { keyWrapper, rows, snapshot }: { keyWrapper: KeyWrapper; rows: RowAccess; snapshot: Snapshot },
  { dataVersion, currentVersion }: Record<'dataVersion' | 'currentVersion', () => number>,
): Pick<Store, 'setting' | 'credentials' | 'resource' | 'resources'> & { readonly assertWhole: () => void } {
  const all = database.prepare('SELECT * FROM resources WHERE cloud = ? AND kind = ? ORDER BY created_at, id')
  let checked = -1

  function assertWhole(): void {
    if (dataVersion() === checked) return
    checked = snapshot(() => {
      const version = currentVersion()
      assertAccessRows(database, keyWrapper)
      assertAccessSum(database, keyWrapper)
      return version
    })
  }

  const whole = <T>(read: () => T): T => {
    assertWhole()
    return read()
  }

  return {
    assertWhole,
    setting: async (name) => whole(() => rows.setting(name)),
    credentials: async (cloud) => whole(() => rows.credentials(cloud)),
    resource: async (cloud, kind, id) => whole(() => rows.resource(cloud, kind, id)),
    resources: async (cloud, kind) =>
      whole(() =>
        all.all(cloud, kind).map((row) => {
          assertRow(keyWrapper, 'resources', row)
          return toResource(row)
        }),
      ),
  }
}
