/** A local KMS whose content is in PostgreSQL. */
import { DatabaseUnavailableError } from '../../records/database.ts'
import { openPostgres } from '../../records/postgres.ts'
import { type DataFolder, KmsStartError } from '../root-key.ts'
import { type LogChange, openChangeLog } from './change-log.ts'
import { type CopyOptions, openCopy } from './copy.ts'
import { openSharedFolder, type Prepare } from './shared-folder.ts'
import { type OpenCopy, pull } from './shared-store.ts'

/** Milliseconds: a snapshot may be large, and a first start makes keys within its transaction. */
const limits = { connect: 3000, wait: 10_000, statement: 20_000 }

/** Data folder, in which copies are kept, and the address of the database. */
export interface SharedPlace extends DataFolder {
  readonly databaseUrl: string
}

const databaseOf = ({ databaseUrl }: SharedPlace) => openPostgres(databaseUrl, { of: 'kms', limits })

function optionsOf({ dataDir, rootKey, report }: DataFolder): CopyOptions {
  if (rootKey === undefined)
    throw new KmsStartError(
      'DATABASE_URL puts the keys into PostgreSQL, where several processes use them: give all of them the same KMS_ROOT_KEY. Create one with: openssl rand -base64 32',
    )
  return { dataDir, rootKey, ...(report && { report }) }
}

/** @throws KmsStartError */
export async function openShared(place: SharedPlace, prepare?: Prepare) {
  const options = optionsOf(place)
  const database = databaseOf(place)
  try {
    return await openSharedFolder({ database, ...options }, prepare)
  } catch (error) {
    await database.close()
    throw error instanceof DatabaseUnavailableError ? new KmsStartError(error.message) : error
  }
}

/** Runs work in a transaction that no other process changes the content beside. */
async function changing<T>(place: SharedPlace, work: (change: LogChange, open: OpenCopy) => Promise<T>): Promise<T> {
  const options = optionsOf(place)
  const database = databaseOf(place)
  try {
    const log = await openChangeLog(database)
    return await log.change((change) =>
      work(change, (snapshot, upTo, changes) => openCopy(snapshot, upTo, changes, options)),
    )
  } catch (error) {
    throw error instanceof DatabaseUnavailableError ? new KmsStartError(error.message) : error
  } finally {
    await database.close()
  }
}

/**
 * Runs work on a data folder with a copy of what the database has now.
 * @throws KmsStartError for a database without a local KMS
 */
export async function withCopy<T>(
  place: SharedPlace,
  work: (folder: DataFolder, snapshot: () => Buffer) => T | Promise<T>,
): Promise<T> {
  // Changes of others go on while the work reads the copy.
  const found = await changing(place, pull)
  if (!found) throw new KmsStartError('There is no local KMS in the database of DATABASE_URL.')
  const { copy } = found
  try {
    return await work({ dataDir: copy.folder, rootKey: place.rootKey }, copy.snapshot)
  } finally {
    await copy.close()
  }
}

/**
 * Puts a content into a database that has none.
 * @throws KmsStartError for one that has
 */
export const fillDatabase = (place: SharedPlace, content: Buffer): Promise<void> =>
  changing(place, async (change) => {
    const { upTo } = await change.news(0)
    if (upTo !== undefined)
      throw new KmsStartError('There is a local KMS in the database of DATABASE_URL already. Nothing was changed.')
    await change.replace(content, 0)
  })
