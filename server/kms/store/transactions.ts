import type { DatabaseSync } from 'node:sqlite'
import { asDiskError, placeCheck } from './disk.ts'

/** Runs work in a transaction that is committed if it returns, unless `isKept` is false for its result. */
export type Transaction = <T>(work: () => T, isKept?: (result: T) => boolean) => T

/** Transactions on a database file. They throw DiskError for a full disk, and for files that are no longer in place. */
export function openTransactions(database: DatabaseSync, file: string): Transaction {
  const assertInPlace = placeCheck(file)

  function rollBack(): void {
    // SQLite has rolled back by itself after some errors, such as a full disk, and refuses a second time.
    if (database.isTransaction) database.exec('ROLLBACK')
  }

  return (work, isKept = () => true) => {
    try {
      database.exec('BEGIN IMMEDIATE')
      assertInPlace()
      const result = work()
      if (isKept(result)) database.exec('COMMIT')
      else rollBack()
      return result
    } catch (error) {
      rollBack()
      throw asDiskError(error, file)
    }
  }
}
