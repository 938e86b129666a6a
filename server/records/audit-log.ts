/**
 * Audit log of people: rows are only added, each with a hash over itself and the hash before it, so that a changed, inserted or
 * missing row is found. Rows removed from the end are found by a hash that was kept elsewhere.
 */
import { hash } from 'node:crypto'
import { AuditEvent } from '../../src/clouds/gateway/audit.ts'
import { type Database, numberOf, type Query, type SqlRow, type SqlValue, storable, textOf } from './database.ts'

/** An event before it has its place. */
export type NewEvent = Omit<AuditEvent, 'seq' | 'hash'>

export interface EventFilter {
  readonly subject?: string | undefined
  readonly provider?: string | undefined
  readonly key?: string | undefined
  readonly upstreamRequest?: string | undefined
  /** Events before this place. */
  readonly before?: number | undefined
  /** Events at or after, and before, in milliseconds. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export type Verification =
  | { readonly rows: number; readonly hash: string }
  /** First row that is not as it was written. */
  | { readonly wrong: number; readonly finding: string }

export interface AuditLog {
  /** Resolves when the event is on the disk. Events that come while others are written share the next transaction. */
  append(event: NewEvent): Promise<void>
  /** Runs a transaction that adds an event for its result, if any. */
  changeWith<T>(work: (query: Query) => Promise<{ readonly result: T; readonly event?: NewEvent }>): Promise<T>
  /** The latest first. */
  read(filter: EventFilter, limit: number): Promise<readonly AuditEvent[]>
  /** The earliest first. */
  readAfter(seq: number, limit: number): Promise<readonly AuditEvent[]>
  /** Checks all rows. */
  verify(): Promise<Verification>
}

/** Hash before the first row. */
const START = Buffer.alloc(32).toString('base64url')

/** Rows of one page of a check. */
const PAGE = 500

const hashOf = (before: string, content: string): string => hash('sha256', `${before}\n${content}`, 'base64url')

/** Members in one order, without those that are absent. */
const contentOf = (seq: number, event: NewEvent): string => JSON.stringify({ seq, ...event })

const eventOf = ({ content, hash }: SqlRow): AuditEvent => AuditEvent.parse({ ...JSON.parse(textOf(content)), hash })

const orNull = (value: string | undefined): string | null => (value === undefined ? null : storable(value))

/** Columns that repeat members of the content. */
const columnsOf = ({ at, subject, provider, key, upstreamRequest }: NewEvent): readonly SqlValue[] => [
  at,
  storable(subject),
  orNull(provider),
  orNull(key),
  orNull(upstreamRequest),
]

const COLUMNS = 'seq, at, subject, provider, key, upstream_request, content, hash'

/** Rows of one statement: few numbers, so that few statements are prepared. */
const SIZES = [64, 16, 4, 1]

async function insertRows(query: Query, rows: readonly (readonly SqlValue[])[]): Promise<void> {
  for (let done = 0; done < rows.length; ) {
    const size = SIZES.find((size) => size <= rows.length - done) ?? 1
    const values: SqlValue[] = []
    const places = rows.slice(done, done + size).map((row) => `(${row.map((value) => `$${values.push(value)}`)})`)
    await query(`INSERT INTO console_audit (${COLUMNS}) VALUES ${places}`, values)
    done += size
  }
}

/** @returns the events with their places */
async function insertAll(query: Query, events: readonly NewEvent[]): Promise<readonly AuditEvent[]> {
  const inserted: AuditEvent[] = []
  const rows: (readonly SqlValue[])[] = []
  const [last] = await query('SELECT seq, hash FROM console_audit ORDER BY seq DESC LIMIT 1')
  let seq = last ? numberOf(last.seq) : 0
  let before = last ? textOf(last.hash) : START
  for (const event of events) {
    seq += 1
    const content = contentOf(seq, event)
    before = hashOf(before, content)
    rows.push([seq, ...columnsOf(event), content, before])
    inserted.push({ ...event, seq, hash: before })
  }
  await insertRows(query, rows)
  return inserted
}

const conditions: readonly (readonly [keyof EventFilter, string])[] = [
  ['subject', 'subject ='],
  ['provider', 'provider ='],
  ['key', 'key ='],
  ['upstreamRequest', 'upstream_request ='],
  ['before', 'seq <'],
  ['from', 'at >='],
  ['to', 'at <'],
]

/** @param written called with each event that is on the disk */
export function openAuditLog(database: Database, written: (event: AuditEvent) => void = () => {}): AuditLog {
  let waiting: NewEvent[] = []
  /** Writes the events that wait: those that come before its transaction begins are in it. */
  let next: Promise<void> | undefined

  async function writeWaiting(): Promise<void> {
    let events: readonly NewEvent[] | undefined
    const take = () => {
      events = waiting
      waiting = []
      next = undefined
      return events
    }
    try {
      const inserted = await database.change((query) => insertAll(query, take()))
      for (const event of inserted) written(event)
    } catch (error) {
      // A transaction that did not begin fails for all that waited for it.
      if (events === undefined) take()
      throw error
    }
  }

  async function* allRows(): AsyncGenerator<SqlRow> {
    let after = 0
    for (;;) {
      const rows = await database.read(`SELECT ${COLUMNS} FROM console_audit WHERE seq > $1 ORDER BY seq LIMIT $2`, [
        after,
        PAGE,
      ])
      yield* rows
      const last = rows.at(-1)
      if (last === undefined) return
      after = numberOf(last.seq)
    }
  }

  return {
    append(event) {
      waiting.push(event)
      next ??= writeWaiting()
      return next
    },
    async changeWith(work) {
      const { result, inserted } = await database.change(async (query) => {
        const { result, event } = await work(query)
        return { result, inserted: event ? await insertAll(query, [event]) : [] }
      })
      for (const event of inserted) written(event)
      return result
    },
    async read(filter, limit) {
      const values: SqlValue[] = []
      const wanted = conditions.flatMap(([name, condition]) => {
        const value = filter[name]
        return value === undefined
          ? []
          : [`${condition} $${values.push(typeof value === 'string' ? storable(value) : value)}`]
      })
      const where = wanted.length > 0 ? `WHERE ${wanted.join(' AND ')}` : ''
      const rows = await database.read(
        `SELECT content, hash FROM console_audit ${where} ORDER BY seq DESC LIMIT $${values.push(limit)}`,
        values,
      )
      return rows.map(eventOf)
    },
    async readAfter(seq, limit) {
      const rows = await database.read('SELECT content, hash FROM console_audit WHERE seq > $1 ORDER BY seq LIMIT $2', [
        seq,
        limit,
      ])
      return rows.map(eventOf)
    },
    async verify() {
      let rows = 0
      let before = START
      for await (const row of allRows()) {
        const wrong = (finding: string) => ({ wrong: rows + 1, finding })
        const content = textOf(row.content)
        if (numberOf(row.seq) !== rows + 1) return wrong('it is missing')
        if (hashOf(before, content) !== row.hash) return wrong('its content or its hash was changed, or one before it')
        const { seq, ...event } = JSON.parse(content) as NewEvent & { readonly seq: number }
        const columns = [
          row.at === null ? null : numberOf(row.at),
          row.subject,
          row.provider,
          row.key,
          row.upstream_request,
        ]
        if (seq !== rows + 1 || JSON.stringify(columns) !== JSON.stringify(columnsOf(event)))
          return wrong('its columns differ from its content')
        before = textOf(row.hash)
        rows += 1
      }
      return { rows, hash: before }
    },
  }
}
