import type { DatabaseSync } from 'node:sqlite'
import { DiskError } from '../engine/store.ts'
import { asDiskError, placeCheck } from './disk.ts'

/** Runs work in a transaction that is committed if it returns, unless `isKept` is false for its result. */
export type Transaction = <T>(work: () => T, isKept?: (result: T) => boolean) => T

/** Runs reads that see one state of the database. */
export type Snapshot = <T>(read: () => T) => T

export const openSnapshots =
  (database: DatabaseSync): Snapshot =>
  (read) => {
    database.exec('BEGIN')
    try {
      return read()
    } finally {
      database.exec('COMMIT')
    }
  }

/** Transactions on a database file. They throw DiskError for a full disk, and for files that are no longer in place. */
export function openTransactions(database: DatabaseSync, file: string) {
  const placeProblem = placeCheck(file)

  /** Runs work that writes outside a transaction. */
  function onDisk<T>(work: () => T): T {
    const problem = placeProblem()
    if (problem !== undefined) throw new DiskError(problem)
    try {
      return work()
    } catch (error) {
      throw asDiskError(error, file)
    }
  }

  function rollBack(): void {
    // SQLite has rolled back by itself after some errors, such as a full disk, and refuses a second time.
    if (database.isTransaction) database.exec('ROLLBACK')
  }

  const transaction: Transaction = (work, isKept = () => true) =>
    onDisk(() => {
      database.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        if (isKept(result)) database.exec('COMMIT')
        else rollBack()
        return result
      } catch (error) {
        rollBack()
        throw error
      }
    })

  /** Survives the end of the process, but a loss of power only once the log is synced: by `syncLog` or by a later transaction. */
  const unsynced: Transaction = (work, isKept) => {
    database.exec('PRAGMA synchronous = NORMAL')
    try {
      return transaction(work, isKept)
    } finally {
      database.exec('PRAGMA synchronous = FULL')
    }
  }

  return { transaction, unsynced, onDisk, placeProblem }
}
