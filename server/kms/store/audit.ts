import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { AuditError, type AuditQuery, type AuditRow } from '../engine/audit.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { IntegrityError, type Store } from '../engine/store.ts'
import { type AuditQueue, openAuditQueue } from './audit-queue.ts'
import type { Head } from './head.ts'
import { codeText, covered, isCode } from './tables.ts'
import type { Snapshot, Transaction } from './transactions.ts'

interface AuditTable extends AuditQueue {
  /** Adds rows within an open transaction. */
  insert(rows: readonly AuditRow[]): void
  readonly find: Store['audit']
}

const text = (value: SQLOutputValue | undefined) => String(value)

const toRow = (row: Record<string, SQLOutputValue>): AuditRow => ({
  cloud: text(row.cloud),
  organisation: text(row.organisation),
  createdAt: Number(row.created_at),
  action: text(row.action),
  resourceType: text(row.resource_type),
  resource: text(row.resource),
  user: text(row.user),
  serviceAccount: text(row.service_account),
  status: Number(row.status),
  searchText: text(row.words),
  entry: JSON.parse(text(row.entry)),
})

const list = (values: readonly (string | number)[] | undefined) => (values ? JSON.stringify(values) : null)

const MATCHES = `cloud = :cloud AND organisation = :organisation
  AND (:actions IS NULL OR action IN (SELECT value FROM json_each(:actions)))
  AND (:resource_types IS NULL OR resource_type IN (SELECT value FROM json_each(:resource_types)))
  AND (:statuses IS NULL OR status IN (SELECT value FROM json_each(:statuses)))
  AND (:from_time IS NULL OR created_at >= :from_time)
  AND (:to_time IS NULL OR created_at < :to_time)
  AND (:resource IS NULL OR resource = :resource)
  AND (:user IS NULL OR user = :user)
  AND (:service_account IS NULL OR service_account = :service_account)
  AND (:text IS NULL OR instr(lower(words), lower(:text)) > 0)`

const matchValues = (query: AuditQuery) => ({
  cloud: query.cloud,
  organisation: query.organisation,
  actions: list(query.actions),
  resource_types: list(query.resourceTypes),
  statuses: list(query.statuses),
  from_time: query.from ?? null,
  to_time: query.to ?? null,
  resource: query.resource ?? null,
  user: query.user ?? null,
  service_account: query.serviceAccount ?? null,
  text: query.text ?? null,
})

const COLUMNS = [
  ...['cloud', 'organisation', 'created_at', 'action', 'resource_type', 'resource', 'user', 'service_account'],
  ...['status', 'words', 'entry'],
] as const

const COVERED = ['sequence', ...COLUMNS] as const

/** Values of the columns but the sequence number, in their order. */
const valuesOf = (row: AuditRow): (string | number)[] => [
  row.cloud,
  row.organisation,
  row.createdAt,
  row.action,
  row.resourceType,
  row.resource,
  row.user,
  row.serviceAccount,
  row.status,
  row.searchText,
  JSON.stringify(row.entry),
]

const codeOfValues = (keyWrapper: KeyWrapper, values: readonly SQLInputValue[], previous: SQLOutputValue | undefined) =>
  keyWrapper.code(JSON.stringify(['audit', ...values.map(covered), codeText(previous)]))

/** Code of an entry, which covers the code of the entry before: so entries can be neither removed nor reordered. */
export const codeOfEntry = (
  keyWrapper: KeyWrapper,
  row: Readonly<Record<string, SQLInputValue>>,
  previous: SQLOutputValue | undefined,
): NonSharedBuffer =>
  codeOfValues(
    keyWrapper,
    COVERED.map((column) => row[column] ?? null),
    previous,
  )

/** @throws IntegrityError for an entry that has another code, or another one before it */
export function assertEntry(
  keyWrapper: KeyWrapper,
  row: Readonly<Record<string, SQLOutputValue>>,
  previous: SQLOutputValue | undefined,
): void {
  if (!isCode(row.code, codeOfEntry(keyWrapper, row, previous)))
    throw new IntegrityError(
      `entry ${row.sequence} of the audit log (table audit), or the one before it, was changed outside of the KMS`,
    )
}

/**
 * Audit log of a database: rows are added and read, never changed.
 * @param report called when rows begin to wait for a full disk
 */
export function openAuditTable(
  database: DatabaseSync,
  {
    transaction,
    snapshot,
    sync,
    keyWrapper,
    head,
    report,
  }: {
    /** Of rows alone, which `sync` makes durable. */
    readonly transaction: Transaction
    readonly sync: () => Promise<void>
    readonly snapshot: Snapshot
    readonly keyWrapper: KeyWrapper
    readonly head: Head
    readonly report: (error: unknown) => void
  },
): AuditTable {
  const sql = {
    insert: database.prepare(`INSERT INTO audit (${COVERED.join(', ')}, code)
      VALUES (${COVERED.map(() => '?').join(', ')}, ?)`),
    count: database.prepare(`SELECT count(*) AS total FROM audit WHERE ${MATCHES}`),
    page: database.prepare(`SELECT *, (SELECT code FROM audit AS earlier WHERE earlier.sequence = audit.sequence - 1)
      AS previous FROM audit WHERE ${MATCHES} ORDER BY sequence DESC LIMIT :limit OFFSET :offset`),
    end: database.prepare('SELECT sequence, code FROM audit ORDER BY sequence DESC LIMIT 1'),
    all: database.prepare('SELECT count(*) AS number FROM audit'),
  }

  /** @throws IntegrityError unless the log has as many entries, and the last one, as the head says */
  function assertWhole(): void {
    const { count, code } = head.log()
    const end = sql.end.get()
    const isWhole =
      Number(sql.all.get()?.number) === count &&
      Number(end?.sequence ?? 0) === count &&
      codeText(end?.code) === codeText(code)
    if (!isWhole) throw new IntegrityError('the audit log (table audit) has lost entries, or has others')
  }

  const insertOne = (row: AuditRow) => {
    const end = head.log()
    const sequence = end.count + 1
    const values = [sequence, ...valuesOf(row)]
    const code = codeOfValues(keyWrapper, values, end.code)
    sql.insert.run(...values, code)
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
    async find(query) {
      const { offset, limit } = query
      return snapshot(() => {
        assertWhole()
        const total = Number(sql.count.get(matchValues(query))?.total)
        const found = sql.page.all({ ...matchValues(query), limit, offset })
        for (const row of found) assertEntry(keyWrapper, row, row.previous)
        return { total, rows: found.map(toRow) }
      })
    },
  }
}
