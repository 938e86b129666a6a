/** Tables of the console's records, in SQL that SQLite and PostgreSQL both know. */
import { type Database, numberOf } from './database.ts'

/** Each entry is a schema's step from the one before. */
const steps: readonly (readonly string[])[] = [
  [
    // Numbers by name, such as that of the last change of a table that processes keep in memory.
    'CREATE TABLE console_counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)',
    `CREATE TABLE console_revocations (
      kind TEXT NOT NULL, value TEXT NOT NULL, at BIGINT NOT NULL, until BIGINT NOT NULL, PRIMARY KEY (kind, value))`,
    // `content` is what `hash` covers; the other columns repeat parts of it for searches.
    `CREATE TABLE console_audit (
      seq BIGINT PRIMARY KEY, at BIGINT NOT NULL, subject TEXT NOT NULL, provider TEXT, key TEXT, upstream_request TEXT,
      content TEXT NOT NULL, hash TEXT NOT NULL)`,
    'CREATE INDEX console_audit_subject ON console_audit (subject, seq)',
    'CREATE INDEX console_audit_key ON console_audit (provider, key, seq)',
    `CREATE TABLE console_approvals (
      id TEXT PRIMARY KEY, state TEXT NOT NULL, asked_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
      content TEXT NOT NULL)`,
    'CREATE INDEX console_approvals_state ON console_approvals (state, asked_at)',
  ],
]

/** @throws Error for tables of a newer version */
export async function migrate(database: Database): Promise<void> {
  await database.change(async (query) => {
    await query('CREATE TABLE IF NOT EXISTS console_schema (version BIGINT NOT NULL)')
    const [row] = await query('SELECT version FROM console_schema')
    const version = row ? numberOf(row.version) : 0
    if (version > steps.length)
      throw new Error(`The console's records have schema ${version}, newer than this build's ${steps.length}.`)
    if (version === steps.length) return
    for (const statement of steps.slice(version).flat()) await query(statement)
    await query('DELETE FROM console_schema')
    await query('INSERT INTO console_schema (version) VALUES ($1)', [steps.length])
  })
}
