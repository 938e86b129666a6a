/** This process's copy of a shared content: a SQLite database that is brought up to date, and thrown away at the end. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openExisting } from '../data-folder.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { IN_MEMORY } from '../engine/store.ts'
import { databaseIn, KmsStartError } from '../root-key.ts'
import { newestSchema, schemaOf } from '../store/migrations.ts'
import type { SqliteStore } from '../store/sqlite.ts'
import type { Change } from './change-log.ts'

export interface Copy {
  /** Data folder of the copy. */
  readonly folder: string
  readonly store: SqliteStore
  readonly keyWrapper: KeyWrapper
  /** Whether the content was of an older schema. */
  readonly isMigrated: boolean
  /** The last change that it has. */
  position(): number
  /** Takes note of a change that is in the store already. */
  skip(change: Pick<Change, 'id'>): void
  /** Applies changes of other processes that follow. False for changes that do not fit: the copy is wrong then. */
  apply(changes: readonly Change[]): boolean
  /** The whole content, as a database file. */
  snapshot(): Buffer
  close(): Promise<void>
}

export interface CopyOptions {
  /** Absolute folder of this process, in which copies get folders of their own. */
  readonly dataDir: string
  /** Base64 of 32 bytes. */
  readonly rootKey: string
  readonly report?: (error: unknown) => void
}

/** SQLite's answer to a row that is not as it was when the change was made: the change is refused as a whole. */
const ABORT = 2

/** Kept by triggers. */
const COUNTS = 'key_counts'

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Folder of this process for copies: beside the data, or where there is none. */
const placeOf = (dataDir: string): string => (dataDir === IN_MEMORY ? tmpdir() : dataDir)

/** Makes a folder for a copy, and removes those that processes have left which were killed. */
export function makeScratch(dataDir: string): string {
  const place = placeOf(dataDir)
  mkdirSync(place, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(place)) {
    const [, pid] = /^kms-copy-(\d+)-/.exec(name) ?? []
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(place, name), { recursive: true, force: true })
  }
  return mkdtempSync(join(place, `kms-copy-${process.pid}-`))
}

/** The file of an idle database, complete in itself. */
export function snapshotOf(database: DatabaseSync, folder: string): Buffer {
  const file = join(folder, 'snapshot')
  try {
    database.prepare('VACUUM INTO ?').run(file)
    return readFileSync(file)
  } finally {
    rmSync(file, { force: true })
  }
}

/** @returns position afterwards; undefined for changes that do not fit */
function applied(database: DatabaseSync, position: number, changes: readonly Change[]): number | undefined {
  for (const { id, changeset } of changes) {
    if (id <= position) continue
    const options = { filter: (table: string) => table !== COUNTS, onConflict: () => ABORT }
    if (id !== position + 1 || !database.applyChangeset(changeset, options)) return undefined
    position = id
  }
  return position
}

/** Beside the store's own connection, which notices its changes as those of another process. */
function openBeside(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF')
  return database
}

/** Snapshot with the changes since, of the schema that it was made with. @returns position, and the schema */
function restore(file: string, upTo: number, changes: readonly Change[]) {
  const database = openBeside(file)
  try {
    const position = applied(database, upTo, changes)
    if (position === undefined) throw new KmsStartError('The changes in the database of the keys do not fit together.')
    return { position, schema: schemaOf(database) }
  } finally {
    database.close()
  }
}

/**
 * @param upTo position of the snapshot
 * @param changes since
 * @throws KmsStartError for a content that can't be used
 */
export function openCopy(
  snapshot: Uint8Array,
  upTo: number,
  changes: readonly Change[],
  { dataDir, rootKey, report }: CopyOptions,
): Copy {
  const folder = makeScratch(dataDir)
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const file = databaseIn(folder)
    writeFileSync(file, snapshot, { mode: 0o600 })
    const restored = restore(file, upTo, changes)
    const { store, keyWrapper } = openExisting({ dataDir: folder, rootKey, isCopy: true, ...(report && { report }) })
    const beside = openBeside(file)
    let { position } = restored
    return {
      folder,
      store,
      keyWrapper,
      isMigrated: restored.schema !== newestSchema,
      position: () => position,
      skip({ id }) {
        position = Math.max(position, id)
      },
      apply(changes) {
        const after = applied(beside, position, changes)
        position = after ?? position
        return after !== undefined
      },
      snapshot: () => snapshotOf(beside, folder),
      async close() {
        beside.close()
        await store.close()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}
