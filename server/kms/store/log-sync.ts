import { closeSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { IN_MEMORY } from '../engine/store.ts'
import { asDiskError } from './disk.ts'

const flush = promisify(fdatasync)

/**
 * Syncs the write-ahead log of a database to the disk without blocking other requests. The log must exist from the first
 * call on; SQLite holds no lock on it that closing the file here would drop.
 */
export function openLogSync(file: string) {
  let log: number | undefined
  return {
    /** Resolves when all that was committed before survives a loss of power. */
    async syncLog(): Promise<void> {
      if (file === IN_MEMORY) return
      try {
        log ??= openSync(`${file}-wal`, 'r+')
        await flush(log)
      } catch (error) {
        throw asDiskError(error, file)
      }
    },
    close(): void {
      if (log !== undefined) closeSync(log)
      log = undefined
    },
  }
}
