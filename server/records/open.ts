/** Opens the console's records where the settings have them. */
import { join } from 'node:path'
import type { AuditEvent } from '../../src/clouds/gateway/audit.ts'
import { IN_MEMORY } from '../kms/engine/store.ts'
import { StartError } from '../start-error.ts'
import type { Database } from './database.ts'
import { openRecords, type Records } from './records.ts'

/** Name of the file in the data folder. */
const FILE = 'console.sqlite'

export interface RecordsPlace {
  /** Absolute, or `:memory:`. */
  readonly dataDir: string
  /** Address of a PostgreSQL database, with its password; undefined for a file in the data folder. */
  readonly databaseUrl?: string | undefined
}

async function openDatabase({ dataDir, databaseUrl }: RecordsPlace): Promise<Database> {
  // Loaded only where it is used.
  if (databaseUrl !== undefined) return (await import('./postgres.ts')).openPostgres(databaseUrl)
  const { openSqlite } = await import('./sqlite.ts')
  return openSqlite(dataDir === IN_MEMORY ? IN_MEMORY : join(dataDir, FILE))
}

/** @throws StartError for a database that can't be used */
export async function openRecordsAt(
  place: RecordsPlace,
  { now = Date.now, written }: { readonly now?: () => number; readonly written?: (event: AuditEvent) => void } = {},
): Promise<Records> {
  let database: Database | undefined
  try {
    database = await openDatabase(place)
    return await openRecords({ database, now, ...(written && { written }) })
  } catch (error) {
    await database?.close()
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartError(`The console's records can't be opened: ${reason}`)
  }
}
