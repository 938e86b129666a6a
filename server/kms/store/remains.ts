import type { DatabaseSync } from 'node:sqlite'
import { DiskError } from '../engine/store.ts'
import type { RowAccess } from './row-access.ts'
import type { Transaction } from './transactions.ts'

/** Setting that exists from the commit that deletes secrets until no file holds a copy of them; its value says where. */
export const REMAINS = 'destroyed-material-remains'

/** Tables whose rows have secrets that can be deleted. */
type SecretTable = 'credentials' | 'versions'

/** Value of the setting for secrets of several tables: the whole file is rebuilt. */
const EVERYWHERE = 'yes'

/**
 * Removal of what deleted key material leaves in the files.
 * @param busyTimeout milliseconds that other statements wait for a lock
 */
export function openRemains(
  database: DatabaseSync,
  services: {
    readonly rows: Pick<RowAccess, 'setting' | 'putSetting' | 'removeSetting'>
    readonly transaction: Transaction
    readonly onDisk: <T>(work: () => T) => T
    readonly busyTimeout: number
  },
) {
  const { rows, transaction, onDisk, busyTimeout } = services
  const cutLog = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)')

  /** Within a transaction that deletes secrets: of a table, or everywhere. */
  function noteRemains(table?: SecretTable): void {
    const before = rows.setting(REMAINS)
    rows.putSetting(REMAINS, table !== undefined && (before ?? table) === table ? table : EVERYWHERE)
  }

  /** Stores all rows of a table anew, in pages that SQLite zeroes before: the audit log, which is far larger, stays. */
  function rebuild(table: SecretTable): void {
    transaction(() =>
      database.exec(`CREATE TEMP TABLE kept AS SELECT * FROM ${table}; DELETE FROM ${table};
        INSERT INTO ${table} SELECT * FROM kept; DROP TABLE kept`),
    )
  }

  /**
   * SQLite zeroes deleted rows and pages, but not copies that remain where rows have moved between pages; and the
   * log holds pages of its own. Rebuilding what held the secrets and truncating the log removes all copies. While a reader
   * in another process uses the log, the truncation waits for the next time.
   */
  function clearRemains(): void {
    const where = rows.setting(REMAINS)
    if (where === undefined) return
    if (where === 'credentials' || where === 'versions') rebuild(where)
    else onDisk(() => database.exec('VACUUM'))
    database.exec('PRAGMA busy_timeout = 0')
    const isCut = cutLog.get()?.busy === 0
    database.exec(`PRAGMA busy_timeout = ${busyTimeout}`)
    if (isCut) transaction(() => rows.removeSetting(REMAINS))
  }

  return {
    noteRemains,
    clearRemains,
    /** For callers whose change is made already: on a full disk the scheduler tries again. */
    clearRemainsIfPossible(): void {
      try {
        clearRemains()
      } catch (error) {
        if (!(error instanceof DiskError)) throw error
      }
    },
  }
}
