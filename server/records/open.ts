/** Opens the console's records where the settings have them. */
import { join } from 'node:path'
import type { AuditEvent } from '../../src/clouds/gateway/audit.ts'
import { IN_MEMORY } from '../kms/engine/store.ts'
import { StartError } from '../start-error.ts'
import type { Database } from './database.ts'
import { openRecords, type Records } from './records.ts'

/** Name of the file in the data folder. */
const FILE = 'console.sqlite'

interface Place {
  /** Absolute, or `:memory:`. */
  readonly dataDir: string
}

async function openDatabase({ dataDir }: Place): Promise<Database> {
  const { openSqlite } = await import('./sqlite.ts')
  return openSqlite(dataDir === IN_MEMORY ? IN_MEMORY : join(dataDir, FILE))
}

/** @throws StartError for a database that can't be used */
export async function openRecordsAt(
  place: Place,
  { now = Date.now, written }: { readonly now?: () => number; readonly written?: (event: AuditEvent) => void } = {},
): Promise<Records> {
  try {
    return await openRecords({ database: await openDatabase(place), now, ...(written && { written }) })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartError(`The console's records can't be opened: ${reason}`)
  }
}
