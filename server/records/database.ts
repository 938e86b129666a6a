/** Database of the console's own records, which SQLite and PostgreSQL both are. */

export type SqlValue = string | number | null

export type SqlRow = Readonly<Record<string, unknown>>

/**
 * Runs one statement, in the SQL that both databases know.
 * @param text with `$1`, `$2` for the values
 */
export type Query = (text: string, values?: readonly SqlValue[]) => Promise<readonly SqlRow[]>

export interface Database {
  readonly read: Query
  /**
   * Runs a transaction, which no other process changes anything beside. It is on the disk when this resolves, and undone when
   * the work fails.
   * @throws DatabaseUnavailableError
   */
  change<T>(work: (query: Query) => Promise<T>): Promise<T>
  /** Whether it answers. */
  ready(): Promise<boolean>
  close(): Promise<void>
}

/**
 * The database can't be reached or written. `mayHaveHappened`: the connection ended while a transaction was committed, or what
 * was to be recorded is done.
 */
export class DatabaseUnavailableError extends Error {
  readonly mayHaveHappened: boolean

  constructor(
    message: string,
    { mayHaveHappened = false, cause }: { mayHaveHappened?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.mayHaveHappened = mayHaveHappened
  }
}

/** Number of a column, which PostgreSQL gives as text where it has 64 bits. */
export const numberOf = (value: unknown): number => Number(value)

/** Text as both databases keep it: PostgreSQL has no zero bytes, and UTF-8 no half pairs of UTF-16. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd')

/** Text of a column. */
export const textOf = (value: unknown): string => String(value)
