/** Changes the root key of a data folder, complete or not at all; a change that was interrupted is finished. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { placeOver, removeLeftovers, syncFolder } from './atomic-file.ts'
import { verify } from './backup.ts'
import { examineUsable, openExisting } from './data-folder.ts'
import { createKeyWrapper } from './engine/key-wrapper.ts'
import { IN_MEMORY } from './engine/store.ts'
import {
  type DataFolder,
  databaseIn,
  findRootKey,
  KmsStartError,
  keyWrapperFor,
  nextDatabaseIn,
  nextRootKeyFileIn,
  opensCheck,
  type RootKey,
  readRootKey,
  rootKeyFileIn,
  writeRootKey,
} from './root-key.ts'
import type { Contents } from './store/database-file.ts'
import { copyAlone, rewrapDatabase } from './store/rewrap.ts'

const VARIABLE = 'KMS_NEW_ROOT_KEY'

export interface RewrapOptions extends DataFolder {
  /** Base64, 32 bytes; if absent, created and kept in `root.key`. */
  readonly newRootKey?: string | undefined
}

export interface Rewrapped {
  readonly contents: Contents
  readonly keyId: string
  /** Id of the root key before; undefined if an interrupted change was finished. */
  readonly formerId: string | undefined
  /** Where the root key is now: a path, or the name of a variable. */
  readonly source: string
}

const refuse = (message: string): never => {
  throw new KmsStartError(message)
}

/** The next root key: given, left by an interrupted change, or new. */
function nextKey({ dataDir }: RewrapOptions, given: RootKey | undefined): RootKey {
  if (given) return given
  const file = nextRootKeyFileIn(dataDir)
  if (!existsSync(file)) writeRootKey(dataDir, randomBytes(32), file)
  return readRootKey(readFileSync(file, 'utf8'), file, 'Delete it.')
}

/** Puts the root key in place that the database has now, and removes the former one. */
function settle(options: RewrapOptions, given: RootKey | undefined): string {
  const { dataDir } = options
  const file = rootKeyFileIn(dataDir)
  if (!given) {
    placeOver(nextRootKeyFileIn(dataDir), file)
    return file
  }
  for (const one of [file, nextRootKeyFileIn(dataDir)]) rmSync(one, { force: true })
  syncFolder(dataDir)
  return VARIABLE
}

/**
 * Wraps everything under another root key: in a copy, which takes the place of the database once it is verified. No server
 * may have the folder open.
 * @throws KmsStartError; nothing has been changed then
 */
export async function rewrap(options: RewrapOptions): Promise<Rewrapped> {
  const { dataDir, newRootKey } = options
  if (dataDir === IN_MEMORY) refuse('KMS_DATA_DIR is :memory:, which keeps nothing. Set it to a folder.')
  const database = databaseIn(dataDir)
  const given =
    newRootKey === undefined ? undefined : readRootKey(newRootKey, VARIABLE, 'Create one with: openssl rand -base64 32')
  // A root key among them would stay readable.
  const clean = () => removeLeftovers(dataDir, [database, rootKeyFileIn(dataDir), nextRootKeyFileIn(dataDir)])
  const finished = (rootKey: RootKey, source: string): Rewrapped => {
    clean()
    const keyWrapper = createKeyWrapper(rootKey.bytes)
    const contents = verify(database, keyWrapper, database)
    return { contents, keyId: keyWrapper.id, formerId: undefined, source }
  }

  if (given && opensCheck(createKeyWrapper(given.bytes), examineUsable(database)))
    return finished(given, settle(options, given))
  const wasBegun = existsSync(nextRootKeyFileIn(dataDir))
  // Migrates a database of an earlier version, and puts a root key in place that was not when a change was interrupted.
  await openExisting(options).store.close()
  const { keyWrapper, rootKey } = keyWrapperFor(options, examineUsable(database))
  if (wasBegun && !existsSync(nextRootKeyFileIn(dataDir))) return finished(rootKey, rootKey.source)
  if (findRootKey(options)?.source !== rootKeyFileIn(dataDir) && !given)
    refuse(
      `The root key is in KMS_ROOT_KEY, and its next one has no place. Set ${VARIABLE} to it, and run this again; create one with: openssl rand -base64 32`,
    )

  const next = nextKey(options, given)
  const to = createKeyWrapper(next.bytes)
  const temporary = nextDatabaseIn(dataDir)
  let contents: Contents | undefined
  try {
    const isAlone = copyAlone(database, temporary, () => {
      verify(temporary, keyWrapper, database)
      rewrapDatabase(temporary, { from: keyWrapper, to })
      contents = verify(temporary, to, temporary)
      placeOver(temporary, database)
    })
    if (!isAlone || !contents) return refuse(`A server has ${database} open. Stop it, and run this again.`)
    clean()
    return {
      contents,
      keyId: to.id,
      formerId: keyWrapper.id,
      source: settle(options, given),
    }
  } catch (error) {
    if (error instanceof KmsStartError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    return refuse(`Can't change the root key of ${database}: ${reason}. Run this again.`)
  }
}
