import type { DatabaseSync } from 'node:sqlite'
import { AuditError, type AuditRow } from '../engine/audit.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { IntegrityError } from '../engine/store.ts'
import { type AuditQueue, openAuditQueue } from './audit-queue.ts'
import { COVERED, codeOfValues, valuesOf } from './audit-rows.ts'
import { type AuditSearch, openAuditSearch } from './audit-search.ts'
import type { Head } from './head.ts'
import type { Snapshot, Transaction } from './transactions.ts'

interface AuditTable extends AuditQueue, AuditSearch {
  /** Adds rows within an open transaction. */
  insert(rows: readonly AuditRow[]): void
}

/**
 * Audit log of a database: rows are added and read, never changed.
 * @param report called when rows begin to wait for a full disk
 */
export function openAuditTable(
  database: DatabaseSync,
  services: {
    /** Of rows alone, which `sync` makes durable. */
    readonly transaction: Transaction
    readonly sync: () => Promise<void>
    readonly snapshot: Snapshot
    readonly keyWrapper: KeyWrapper
    readonly head: Head
    /** Changes when another process writes. */
    readonly currentVersion: () => number
    readonly report: (error: unknown) => void
  },
): AuditTable {
  const { transaction, keyWrapper, head, sync, report } = services
  const insertion = database.prepare(`INSERT INTO audit (${COVERED.join(', ')}, code)
    VALUES (${COVERED.map(() => '?').join(', ')}, ?)`)

  function insertOne(row: AuditRow): void {
    const end = head.log()
    const sequence = end.count + 1
    const values = valuesOf(sequence, row)
    const code = codeOfValues(keyWrapper, values, end.code)
    insertion.run(...values, code)
    head.setLog({ count: sequence, code })
  }

  function insert(rows: readonly AuditRow[]): void {
    try {
      for (const row of rows) insertOne(row)
    } catch (error) {
      throw error instanceof IntegrityError ? error : new AuditError(error)
    }
  }

  return {
    insert,
    ...openAuditQueue({ commit: (rows) => transaction(() => insert(rows)), sync, report }),
    ...openAuditSearch(database, services),
  }
}
