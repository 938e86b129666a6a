/** Opens the folder that holds the local KMS's keys. The first start creates it, complete or not at all. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { placeNew, removeTemporary, temporaryBeside } from './atomic-file.ts'
import { settingOnFirstUse } from './engine/first-use.ts'
import { createKeyWrapper, type KeyWrapper, type Wrapper } from './engine/key-wrapper.ts'
import { DiskError, IN_MEMORY, IntegrityError } from './engine/store.ts'
import { EMBEDDED_ROOT_KEY, ROOT_KEY_CHECK, ROOT_KEY_ID } from './engine/wrapped-names.ts'
import {
  type DataFolder,
  databaseIn,
  findRootKey,
  KmsStartError,
  keyWrapperFor,
  makeRootKeyCheck,
  nextDatabaseIn,
  type RootKeyCheck,
  rootKeyGiven,
  writeRootKey,
} from './root-key.ts'
import { type DatabaseState, examine, readWrapped, type Wrapped } from './store/database-file.ts'
import { asDiskError } from './store/disk.ts'
import { isAuthenticated, newestSchema } from './store/migrations.ts'
import { openSqliteStore, type SqliteStore } from './store/sqlite.ts'

interface Opened {
  readonly store: SqliteStore
  readonly keyWrapper: KeyWrapper
  /** True when the database was created. */
  readonly isNew: boolean
}

/** Fills a new database before it gets its name. */
type Prepare = (store: SqliteStore, keyWrapper: KeyWrapper) => Promise<unknown>

const RESTORE = 'npm run kms -- restore FILE'

/** Reason why a database can't be used, with the remedy; undefined if it can. */
function refusalOf(database: string, state: DatabaseState): string | undefined {
  switch (state.kind) {
    case 'missing':
      return `There is no ${database}. Set KMS_DATA_DIR to the data folder of a local KMS.`
    case 'log only':
      return `${database} is gone, and its write-ahead log ${database}-wal is still there. Restore the database, or delete the log to start without keys.`
    case 'empty':
      return `${database} is empty, most likely because it was copied from a running KMS without the files beside it. Restore the keys with "${RESTORE} --force" from a file that "npm run kms -- backup FILE" created, or delete it to start without keys.`
    case 'damaged':
      return `${database} is damaged: ${state.finding}. Restore the keys from a backup with "${RESTORE} --force", or choose another KMS_DATA_DIR. Nothing was changed.`
    case 'sound':
      if (state.schema > newestSchema)
        return `${database} has schema ${state.schema}, newer than this build's ${newestSchema}. Use the version that made it or a later one, or choose another KMS_DATA_DIR.`
      if (state.settings.has(EMBEDDED_ROOT_KEY))
        return `${database} is a backup that holds its own root key. Move it elsewhere, and put its keys in place with: ${RESTORE}`
      if (!state.settings.has(ROOT_KEY_CHECK))
        return `${database} is not complete: nothing in it tells which root key it was made with. Restore the keys from a backup with "${RESTORE} --force", or delete it to start without keys.`
      return undefined
  }
}

/** File system error codes that concern the folder, not the file in it. */
const folderReasons: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission to write there',
  EPERM: 'this user has no permission to write there',
  EROFS: 'its file system is read-only',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'it is a file',
}

/** Error of the disk, the file system or SQLite as one sentence; any other error unchanged. */
function explained(error: unknown, file: string): unknown {
  if (error instanceof IntegrityError)
    return new KmsStartError(refusalOf(file, { kind: 'damaged', finding: error.finding }))
  const named = asDiskError(error, file)
  if (named instanceof DiskError) return new KmsStartError(`${named.message} Or set KMS_DATA_DIR to another folder.`)
  if (!(error instanceof Error) || !('code' in error)) return error
  const ofFolder = folderReasons[String(error.code)]
  return new KmsStartError(
    ofFolder
      ? `Can't keep keys in ${dirname(file)}: ${ofFolder}. Set KMS_DATA_DIR to a folder that this user may write to.`
      : `Can't open ${file}: ${error.message}. Put the right file back or choose another KMS_DATA_DIR.`,
  )
}

function explaining<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw explained(error, file)
  }
}

type Sound = Extract<DatabaseState, { kind: 'sound' }>

/**
 * State of an existing, usable database, with its root key check.
 * @throws KmsStartError for any other; nothing has been written then
 */
export function examineUsable(database: string): Sound & RootKeyCheck {
  const state = explaining(database, () => examine(database, { constant: ROOT_KEY_CHECK }))
  const refusal = refusalOf(database, state)
  if (refusal !== undefined || state.kind !== 'sound') throw new KmsStartError(refusal)
  return { ...state, check: state.settings.get(ROOT_KEY_CHECK) ?? '', keyId: state.settings.get(ROOT_KEY_ID) }
}

/** Writes a new database and closes it. */
async function fill(file: string, rootKey: Uint8Array, prepare: Prepare): Promise<void> {
  const keyWrapper = createKeyWrapper(rootKey)
  const store = openSqliteStore(file, keyWrapper)
  try {
    await settingOnFirstUse(store, ROOT_KEY_CHECK, () => makeRootKeyCheck(keyWrapper))
    await settingOnFirstUse(store, ROOT_KEY_ID, () => keyWrapper.id)
    await prepare(store, keyWrapper)
  } finally {
    await store.close()
  }
}

/** Makes the folder; the function returned removes what was made while it is empty. */
function makeFolder(dataDir: string): () => void {
  const first = mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  return () => {
    if (first === undefined) return
    try {
      for (let path = resolve(dataDir); path.length >= first.length; path = dirname(path)) rmdirSync(path)
    } catch {
      // Another process has put something into it meanwhile.
    }
  }
}

/**
 * Creates a database as a first start does, and moves it into place unless another server was faster. The root key gets
 * its name once the database is complete, so that a full disk leaves neither.
 */
async function create(folder: DataFolder, prepare: Prepare): Promise<void> {
  const database = databaseIn(folder.dataDir)
  const temporary = temporaryBeside(database)
  let removeFolder = () => {}
  try {
    removeFolder = makeFolder(folder.dataDir)
    const known = findRootKey(folder)
    const rootKey = known?.bytes ?? randomBytes(32)
    await fill(temporary, rootKey, prepare)
    if (known || writeRootKey(folder.dataDir, rootKey)) placeNew(temporary, database)
    // Another server has made its root key meanwhile, which may wrap a database of its own by now.
    else if (!existsSync(database)) await create(folder, prepare)
  } catch (error) {
    // First, because it looks for free space.
    const reason = explained(error, database)
    removeTemporary(temporary)
    removeFolder()
    throw reason
  } finally {
    removeTemporary(temporary)
  }
}

/** Store in memory, with the given root key or a random one. */
async function openInMemory({ rootKey }: DataFolder, prepare: Prepare): Promise<Opened> {
  const given = rootKey === undefined ? undefined : rootKeyGiven(rootKey)
  const keyWrapper = createKeyWrapper(given?.bytes ?? randomBytes(32))
  const store = openSqliteStore(IN_MEMORY, keyWrapper)
  await settingOnFirstUse(store, ROOT_KEY_CHECK, () => makeRootKeyCheck(keyWrapper))
  await prepare(store, keyWrapper)
  return { keyWrapper, store, isNew: true }
}

/** Number of secrets to check: more than a database page holds, so that a foreign page is found without reading all. */
const SAMPLE = 200

/** Detects the log of another database, whose secrets need another root key although its pages may fit. */
function assertOwnLog(database: string, keyWrapper: Wrapper): void {
  const see = ({ name, wrapped }: Wrapped) => {
    try {
      keyWrapper.unwrap(name, wrapped)
    } catch {
      const finding = `the root key does not open its ${name}`
      throw new KmsStartError(refusalOf(database, { kind: 'damaged', finding }))
    }
  }
  readWrapped(database, see, SAMPLE)
}

/** Opens the existing data folder. @throws KmsStartError if there is none or it can't be used */
export function openExisting(folder: DataFolder): Omit<Opened, 'isNew'> {
  const database = databaseIn(folder.dataDir)
  const { hasLog, ...state } = examineUsable(database)
  const { schema } = state
  return explaining(database, () => {
    const { keyWrapper } = keyWrapperFor(folder, state)
    if (hasLog) assertOwnLog(database, isAuthenticated(schema) ? keyWrapper : keyWrapper.older)
    const store = openSqliteStore(database, keyWrapper, { report: folder.report, isCopy: folder.isCopy ?? false })
    // Left by a change of the root key that was killed: while one runs, nobody else can open the database.
    rmSync(nextDatabaseIn(folder.dataDir), { force: true })
    return { keyWrapper, store }
  })
}

/**
 * Opens or creates the data folder. Several servers may start and use it concurrently.
 * @throws KmsStartError for a folder that can't be used; nothing in it has been changed then
 */
export async function openDataFolder(folder: DataFolder, prepare: Prepare = async () => undefined): Promise<Opened> {
  if (folder.dataDir === IN_MEMORY) return openInMemory(folder, prepare)
  const database = databaseIn(folder.dataDir)
  const isNew = !existsSync(database) && examine(database, { constant: ROOT_KEY_CHECK }).kind === 'missing'
  if (isNew) await create(folder, prepare)
  return { ...openExisting(folder), isNew }
}
