/** Images of a database: its whole content in memory, which tests reset to. */
import { randomUUID } from 'node:crypto'
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import type { Head } from './head.ts'
import type { RowAccess } from './row-access.ts'
import { codeBytes } from './tables.ts'

type Row = Readonly<Record<string, SQLOutputValue>>

/** Rows by table, with key material wrapped as in the file. Immutable. */
export interface Image {
  readonly tables: ReadonlyMap<string, readonly Row[]>
  /** Approximate bytes in memory. */
  readonly bytes: number
}

/** Number of keys, without copies. */
export const keysIn = ({ tables }: Image): number =>
  tables.get('keys')?.filter(({ origin }) => origin === null).length ?? 0

export interface Images {
  takeImage(): Image
  /** Replaces the whole content by an image, in one transaction, and begins a new generation. */
  putImage(image: Image): void
  /**
   * Text that changes when the whole content was replaced, here or by another process: cached data is invalid
   * then. Needs to be read only after a change of `dataVersion`.
   */
  generation(): string
}

const GENERATION = 'store-generation'

/** Bytes that JavaScript adds to a value. */
const VALUE_OVERHEAD = 16

function sizeOf(value: SQLOutputValue): number {
  if (typeof value === 'string') return VALUE_OVERHEAD + value.length
  return VALUE_OVERHEAD + (value instanceof Uint8Array ? value.length : 8)
}

const sizeOfRow = (row: Row) => Object.values(row).reduce<number>((sum, value) => sum + sizeOf(value), 0)

/**
 * @param isKept whether a setting stays unless the image contains it
 * @param transaction runs its argument in a transaction
 */
export function openImages(
  database: DatabaseSync,
  {
    isKept,
    transaction,
    rows,
    head,
    moveEntries,
  }: {
    isKept: (setting: string) => boolean
    transaction: <T>(work: () => T) => T
    rows: Pick<RowAccess, 'putSetting' | 'setting'>
    head: Head
    /** Moves all entries of the audit log to its table. */
    moveEntries: () => void
  },
): Images {
  // In creation order, so that a table follows those that it refers to.
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
    .all()
    .map(({ name }) => String(name))

  const end = database.prepare('SELECT sequence, code FROM audit ORDER BY sequence DESC LIMIT 1')

  function clear(): void {
    const names = database.prepare('SELECT name FROM settings').all()
    const removeSetting = database.prepare('DELETE FROM settings WHERE name = ?')
    for (const { name } of names) if (!isKept(String(name))) removeSetting.run(String(name))
    for (const table of tables.toReversed()) if (table !== 'settings') database.exec(`DELETE FROM "${table}"`)
  }

  function fill(table: string, rows: readonly Row[]): void {
    const [first] = rows
    if (!first) return
    const names = Object.keys(first)
    const columns = names.map((name) => `"${name}"`).join(', ')
    const insert = database.prepare(
      `INSERT OR REPLACE INTO "${table}" (${columns}) VALUES (${names.map(() => '?').join(', ')})`,
    )
    for (const row of rows) insert.run(...names.map((name): SQLInputValue => row[name] ?? null))
  }

  return {
    takeImage: () =>
      transaction(() => {
        moveEntries()
        const content = new Map(
          tables.map((table): [string, Row[]] => [table, database.prepare(`SELECT * FROM "${table}"`).all()]),
        )
        const bytes = content.values().reduce((sum, rows) => rows.reduce((size, row) => size + sizeOfRow(row), sum), 0)
        return { tables: content, bytes }
      }),

    putImage: (image) =>
      transaction(() => {
        clear()
        for (const table of tables) fill(table, image.tables.get(table) ?? [])
        const last = end.get()
        head.rebuild({ count: Number(last?.sequence ?? 0), code: codeBytes(last?.code) })
        rows.putSetting(GENERATION, randomUUID())
      }),

    generation: () => rows.setting(GENERATION) ?? '',
  }
}
