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
  /** Descriptors without a sync. Each sync has one of its own, as an error of the disk is told to each descriptor once. */
  const free: number[] = []
  return {
    /** Resolves when all that was committed before survives a loss of power. Several may run at once. */
    async syncLog(): Promise<void> {
      if (file === IN_MEMORY) return
      try {
        const log = free.pop() ?? openSync(`${file}-wal`, 'r+')
        try {
          await flush(log)
        } finally {
          free.push(log)
        }
      } catch (error) {
        throw asDiskError(error, file)
      }
    },
    /** Call it when no sync runs. */
    close(): void {
      for (const log of free.splice(0)) closeSync(log)
    },
  }
}
