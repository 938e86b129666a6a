/**
 * Content of a local KMS in a shared database: a snapshot of its SQLite database, and the changesets since. A process that
 * has applied them all has the whole content; each of its rows is authenticated as in a file.
 */
import { type Database, numberOf, type Query, textOf } from '../../records/database.ts'

export interface Change {
  /** One more than that of the change before. */
  readonly id: number
  /** Random, of the process that made it. */
  readonly writer: string
  readonly changeset: Uint8Array
}

export interface News {
  /** The change after which was asked. */
  readonly after: number
  /** The change up to which there is a snapshot only; undefined for a database without content. */
  readonly upTo: number | undefined
  /** The last change of all; that of the snapshot if there is none since. */
  readonly last: number
  /** Ascending. */
  readonly changes: readonly Change[]
}

/** Within a transaction that no other process changes the content beside. */
export interface LogChange {
  news(after: number): Promise<News>
  /** Bytes of the snapshot's database file. */
  snapshot(): Promise<Buffer>
  append(change: Change): Promise<void>
  /** Puts a snapshot in place of all that was there. */
  replace(snapshot: Buffer, upTo: number): Promise<void>
}

export interface ChangeLog {
  /** What other processes have changed. */
  news(after: number): Promise<News>
  /** @throws DatabaseUnavailableError */
  change<T>(work: (change: LogChange) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Bytes of a row of a snapshot. */
const PART = 1_000_000

const NEWS = `SELECT s.up_to, (SELECT max(id) FROM kms_changes) AS last, c.id, c.writer, c.changeset FROM kms_content s LEFT JOIN kms_changes c ON c.id > $1
  ORDER BY c.id`

async function newsFrom(query: Query, after: number): Promise<News> {
  const rows = await query(NEWS, [after])
  const [first] = rows
  const changes = rows
    .filter(({ id }) => id !== null)
    .map(({ id, writer, changeset }) => ({
      id: numberOf(id),
      writer: textOf(writer),
      changeset: Buffer.from(textOf(changeset), 'base64'),
    }))
  return { after, upTo: first && numberOf(first.up_to), last: numberOf(first?.last ?? first?.up_to ?? 0), changes }
}

const logChange = (query: Query): LogChange => ({
  news: (after) => newsFrom(query, after),
  async snapshot() {
    const rows = await query('SELECT part FROM kms_snapshot ORDER BY nth')
    return Buffer.concat(rows.map(({ part }) => Buffer.from(textOf(part), 'base64')))
  },
  async append({ id, writer, changeset }) {
    const text = Buffer.from(changeset.buffer, changeset.byteOffset, changeset.length).toString('base64')
    await query('INSERT INTO kms_changes (id, writer, changeset) VALUES ($1, $2, $3)', [id, writer, text])
  },
  async replace(snapshot, upTo) {
    for (const table of ['kms_content', 'kms_changes', 'kms_snapshot']) await query(`DELETE FROM ${table}`)
    await query('INSERT INTO kms_content (up_to) VALUES ($1)', [upTo])
    for (let start = 0; start < snapshot.length; start += PART) {
      const part = snapshot.subarray(start, start + PART).toString('base64')
      await query('INSERT INTO kms_snapshot (nth, part) VALUES ($1, $2)', [start / PART, part])
    }
  },
})

const tables = [
  'CREATE TABLE IF NOT EXISTS kms_content (up_to BIGINT NOT NULL)',
  'CREATE TABLE IF NOT EXISTS kms_snapshot (nth BIGINT PRIMARY KEY, part TEXT NOT NULL)',
  'CREATE TABLE IF NOT EXISTS kms_changes (id BIGINT PRIMARY KEY, writer TEXT NOT NULL, changeset TEXT NOT NULL)',
]

/** @throws DatabaseUnavailableError */
export async function openChangeLog(database: Database): Promise<ChangeLog> {
  await database.change(async (query) => {
    for (const table of tables) await query(table)
  })
  return {
    news: (after) => newsFrom(database.read, after),
    change: (work) => database.change((query) => work(logChange(query))),
    close: () => database.close(),
  }
}
