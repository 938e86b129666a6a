/**
 * Search of the audit log. Entries are never changed, so their matches are counted once for each filter and block of
 * entries, other requests run between blocks, and later pages are read from the blocks that hold them.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import type { AuditQuery, AuditRow } from '../engine/audit.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { IntegrityError, type Store } from '../engine/store.ts'
import { assertEntry, toAuditRow } from './audit-rows.ts'
import type { LogPlace } from './head.ts'
import { integer, text } from './rows.ts'
import { codeText, type Row } from './tables.ts'
import type { Snapshot } from './transactions.ts'

/** Entries of a block: some milliseconds to look at each. */
const BLOCK = 2000
/** Blocks with up to so many matches are remembered with their sequence numbers. */
const FEW = 20
/** Entries that are only numbered at once. */
const NUMBERED = 50_000
/** Entries of an answer that are verified at once. */
const VERIFIED = 250
/** Filters whose blocks are remembered. */
const MOST_FILTERS = 50

/** Matches in a block of entries, from after one sequence number to another. */
interface Block {
  readonly after: number
  readonly to: number
  readonly count: number
  /** Sequence numbers, descending; undefined for more than a few. */
  readonly found: readonly number[] | undefined
}

interface Filter {
  /** SQL condition with a `?` for each value. */
  readonly condition: string
  readonly values: readonly SQLInputValue[]
}

interface Part {
  readonly sql: string
  readonly value: SQLInputValue | undefined
}

const list = (values: readonly (string | number)[] | undefined) => values && JSON.stringify(values)

function filterOf(query: AuditQuery): Filter {
  const parts: readonly Part[] = [
    { sql: 'cloud = ?', value: query.cloud },
    { sql: 'organisation = ?', value: query.organisation },
    { sql: 'resource = ?', value: query.resource },
    { sql: 'created_at >= ?', value: query.from },
    { sql: 'created_at < ?', value: query.to },
    { sql: 'action IN (SELECT value FROM json_each(?))', value: list(query.actions) },
    { sql: 'resource_type IN (SELECT value FROM json_each(?))', value: list(query.resourceTypes) },
    { sql: 'status IN (SELECT value FROM json_each(?))', value: list(query.statuses) },
    { sql: 'user = ?', value: query.user },
    { sql: 'service_account = ?', value: query.serviceAccount },
    { sql: 'instr(lower(words), lower(?)) > 0', value: query.text },
  ]
  const given = parts.flatMap(({ sql, value }) => (value === undefined ? [] : [{ sql, value }]))
  return { condition: given.map(({ sql }) => sql).join(' AND '), values: given.map(({ value }) => value) }
}

/** Index that leads to few entries; undefined where all of an organisation must be looked at. */
function indexOf({ resource, from, to }: AuditQuery): string | undefined {
  if (resource !== undefined) return 'audit_resource'
  return from === undefined && to === undefined ? undefined : 'audit_time'
}

const WITH_PREVIOUS = `SELECT *, (SELECT code FROM audit AS earlier WHERE earlier.sequence = audit.sequence - 1) AS previous
  FROM audit`

export interface AuditSearch {
  readonly find: Store['audit']
  /** Forgets all counts, when the log was replaced. */
  forget(): void
}

export function openAuditSearch(
  database: DatabaseSync,
  {
    snapshot,
    keyWrapper,
    end,
    currentVersion,
  }: {
    readonly snapshot: Snapshot
    readonly keyWrapper: KeyWrapper
    /** End of the table. */
    readonly end: () => LogPlace
    /** Changes when another process writes. */
    readonly currentVersion: () => number
  },
): AuditSearch {
  const sql = {
    last: database.prepare('SELECT sequence, code FROM audit ORDER BY sequence DESC LIMIT 1'),
    entries: database.prepare('SELECT count(*) AS number FROM audit WHERE sequence > ? AND sequence <= ?'),
    one: database.prepare(`${WITH_PREVIOUS} WHERE sequence = ?`),
  }
  const statements = new Map<string, StatementSync>()
  /** Blocks by filter, from the oldest entry on, without the unfinished last one. */
  const filters = new Map<string, Block[]>()
  /** Number of entries that are there without a gap. */
  let counted = 0
  let countedVersion = -1
  let seen = currentVersion()

  function prepared(statementText: string): StatementSync {
    const known = statements.get(statementText)
    if (known) return known
    if (statements.size >= MOST_FILTERS) statements.clear()
    const statement = database.prepare(statementText)
    statements.set(statementText, statement)
    return statement
  }

  function forget(): void {
    filters.clear()
    counted = 0
  }

  function forgetIfWritten(): void {
    const now = currentVersion()
    if (now !== seen) forget()
    seen = now
  }

  /** Adds the entries up to a sequence number to `counted`. */
  function countTo(sequence: number): void {
    const version = currentVersion()
    if (version !== countedVersion) counted = 0
    countedVersion = version
    if (sequence > counted) counted += integer(sql.entries.get(counted, sequence)?.number)
  }

  /** Counts most of many entries, some at a time. Stops where one is missing. */
  async function countMost(): Promise<void> {
    for (let sequence = counted + NUMBERED; sequence < end().count; sequence += NUMBERED) {
      countTo(sequence)
      if (counted !== sequence) return
      await setImmediate()
    }
  }

  /** @throws IntegrityError unless the log has as many entries, and the last one, as the head says */
  function assertWhole(): void {
    const { count, code } = end()
    const last = sql.last.get()
    countTo(count)
    const isWhole =
      counted === count && integer(last?.sequence ?? 0) === count && codeText(last?.code) === codeText(code)
    if (isWhole) return
    forget()
    throw new IntegrityError('the audit log (table audit) has lost entries, or has others')
  }

  /** Without other conditions an index holds all that is needed; else the entries are read in their order. */
  const source = ({ values }: Filter) =>
    values.length === 2 ? 'audit INDEXED BY audit_organisation' : 'audit NOT INDEXED'

  function blockOf(filter: Filter, after: number, to: number): Block {
    const row = prepared(`SELECT count(*) AS number, group_concat(sequence) AS found FROM ${source(filter)}
      WHERE ${filter.condition} AND sequence > ? AND sequence <= ?`).get(...filter.values, after, to)
    const count = integer(row?.number)
    if (count > FEW) return { after, to, count, found: undefined }
    const found = count === 0 ? [] : text(row?.found).split(',').map(Number)
    return { after, to, count, found: found.sort((a, b) => b - a) }
  }

  function blocksOf({ condition, values }: Filter): Block[] {
    const name = JSON.stringify([condition, ...values])
    const blocks = filters.get(name) ?? []
    filters.delete(name)
    for (const oldest of filters.keys()) {
      if (filters.size < MOST_FILTERS) break
      filters.delete(oldest)
    }
    filters.set(name, blocks)
    return blocks
  }

  /** Entries of a block, the newest first. */
  function rowsIn(filter: Filter, { after, to, found }: Block, offset: number, limit: number): Row[] {
    if (found) {
      const rows = found.slice(offset, offset + limit).map((sequence) => sql.one.get(sequence))
      return rows.filter((row) => row !== undefined)
    }
    return prepared(`${WITH_PREVIOUS} NOT INDEXED WHERE ${filter.condition} AND sequence > ? AND sequence <= ?
      ORDER BY sequence DESC LIMIT ? OFFSET ?`).all(...filter.values, after, to, limit, offset)
  }

  /** @param blocks the newest first */
  function pageOf(filter: Filter, blocks: readonly Block[], { offset, limit }: AuditQuery): Row[] {
    const rows: Row[] = []
    let skipped = 0
    for (const block of blocks) {
      const before = Math.max(offset - skipped, 0)
      if (before < block.count) rows.push(...rowsIn(filter, block, before, limit - rows.length))
      if (rows.length >= limit) break
      skipped += block.count
    }
    return rows
  }

  /** Looks at blocks of entries that were not counted for a filter yet. */
  async function countBlocks(filter: Filter): Promise<void> {
    for (;;) {
      const blocks = blocksOf(filter)
      const after = blocks.length * BLOCK
      if (after + BLOCK > end().count) return
      blocks.push(blockOf(filter, after, after + BLOCK))
      await setImmediate()
    }
  }

  function fromBlocks(filter: Filter, query: AuditQuery): { total: number; rows: Row[] } {
    const whole = blocksOf(filter)
    const last = blockOf(filter, whole.length * BLOCK, end().count)
    const blocks = [...whole, last].reverse()
    return { total: blocks.reduce((sum, { count }) => sum + count, 0), rows: pageOf(filter, blocks, query) }
  }

  function fromIndex(index: string, { condition, values }: Filter, { offset, limit }: AuditQuery) {
    const matches = `FROM audit INDEXED BY ${index} WHERE ${condition}`
    const rows = prepared(`${WITH_PREVIOUS} WHERE sequence IN (SELECT sequence ${matches} ORDER BY sequence DESC
      LIMIT ? OFFSET ?) ORDER BY sequence DESC`).all(...values, limit, offset)
    const isLast = rows.length < limit && (rows.length > 0 || offset === 0)
    const total = isLast
      ? offset + rows.length
      : integer(prepared(`SELECT count(*) AS number ${matches}`).get(...values)?.number)
    return { total, rows }
  }

  async function verified(rows: readonly Row[]): Promise<AuditRow[]> {
    const entries: AuditRow[] = []
    for (const [nth, row] of rows.entries()) {
      if (nth > 0 && nth % VERIFIED === 0) await setImmediate()
      assertEntry(keyWrapper, row, row.previous)
      entries.push(toAuditRow(row))
    }
    return entries
  }

  return {
    forget,
    async find(query) {
      const filter = filterOf(query)
      const index = indexOf(query)
      forgetIfWritten()
      await countMost()
      if (index === undefined) await countBlocks(filter)
      const { total, rows } = snapshot(() => {
        assertWhole()
        return index === undefined ? fromBlocks(filter, query) : fromIndex(index, filter, query)
      })
      return { total, rows: await verified(rows) }
    },
  }
}
