import type { DatabaseSync } from 'node:sqlite'
import { DiskError } from '../engine/store.ts'
import type { RowAccess } from './row-access.ts'
import type { Transaction } from './transactions.ts'

/** Setting that exists from the commit that deletes key material until no file holds a copy of it. */
export const REMAINS = 'destroyed-material-remains'

/**
 * Removal of what deleted key material leaves in the files.
 * @param busyTimeout milliseconds that other statements wait for a lock
 */
export function openRemains(
  database: DatabaseSync,
  services: {
    readonly rows: Pick<RowAccess, 'setting' | 'removeSetting'>
    readonly transaction: Transaction
    readonly onDisk: <T>(work: () => T) => T
    readonly busyTimeout: number
  },
) {
  const { rows, transaction, onDisk, busyTimeout } = services
  const cutLog = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)')

  /**
   * SQLite zeroes deleted rows, but not copies that remain where rows have moved between pages; and the
   * log holds pages of its own. Rebuilding the file and truncating the log removes all copies. While a reader in
   * another process uses the log, the truncation waits for the next time.
   */
  function clearRemains(): void {
    if (rows.setting(REMAINS) === undefined) return
    onDisk(() => database.exec('VACUUM; PRAGMA busy_timeout = 0'))
    const isCut = cutLog.get()?.busy === 0
    database.exec(`PRAGMA busy_timeout = ${busyTimeout}`)
    if (isCut) transaction(() => rows.removeSetting(REMAINS))
  }

  return {
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
