/** Opens a local KMS whose content is in a shared database; the first process creates it. */
import { existsSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Database } from '../../records/database.ts'
import { openDataFolder } from '../data-folder.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { IN_MEMORY } from '../engine/store.ts'
import { databaseIn, KmsStartError } from '../root-key.ts'
import type { SqliteStore } from '../store/sqlite.ts'
import { openChangeLog } from './change-log.ts'
import { type CopyOptions, makeScratch, openCopy, snapshotOf } from './copy.ts'
import { type OpenCopy, openSharedStore, pull, type SharedStore } from './shared-store.ts'

interface SharedOptions extends CopyOptions {
  readonly database: Database
  /** Bytes of changes that are kept beside a snapshot; about those of a large log if absent. */
  readonly mostBytes?: number
}

export type Prepare = (store: SqliteStore, keyWrapper: KeyWrapper) => Promise<unknown>

/** A database as a first start makes it. */
async function newContent({ dataDir, rootKey }: CopyOptions, prepare: Prepare): Promise<Buffer> {
  const folder = makeScratch(dataDir)
  try {
    const { store } = await openDataFolder({ dataDir: folder, rootKey }, prepare)
    await store.close()
    const database = new DatabaseSync(databaseIn(folder))
    try {
      return snapshotOf(database, folder)
    } finally {
      database.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Keys that were used before must not seem to be lost. */
function assertNoFolder(dataDir: string): void {
  const file = databaseIn(dataDir)
  if (dataDir !== IN_MEMORY && existsSync(file))
    throw new KmsStartError(
      `The keys are in ${file}, and there are none in the database of DATABASE_URL. Copy them with "npm run kms -- migrate postgres", or choose another KMS_DATA_DIR.`,
    )
}

/**
 * @throws KmsStartError for a content that can't be used
 * @throws DatabaseUnavailableError
 */
export async function openSharedFolder(
  { database, mostBytes, ...options }: SharedOptions,
  prepare: Prepare = async () => undefined,
): Promise<{ readonly store: SharedStore; readonly keyWrapper: KeyWrapper; readonly isNew: boolean }> {
  const log = await openChangeLog(database)
  const open: OpenCopy = (snapshot, upTo, changes) => openCopy(snapshot, upTo, changes, options)
  let isNew = false
  const first = await log.change(async (change) => {
    const found = await pull(change, open)
    if (found?.copy.isMigrated) await change.replace(found.copy.snapshot(), found.copy.position() + 1)
    if (found) return found
    assertNoFolder(options.dataDir)
    isNew = true
    const content = await newContent(options, prepare)
    await change.replace(content, 0)
    return { copy: open(content, 0, []), size: content.length, bytes: 0 }
  })
  if (first.copy.isMigrated) first.copy.skip({ id: first.copy.position() + 1 })
  return { store: openSharedStore({ log, open, first, mostBytes }), keyWrapper: first.copy.keyWrapper, isNew }
}
