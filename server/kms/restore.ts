/** Restores a backup into a data folder, and keeps former files under another name. */
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { copyNew, placeNew, placeOver, removeTemporary, temporaryBeside } from './atomic-file.ts'
import { verify } from './backup.ts'
import { createKeyWrapper } from './engine/key-wrapper.ts'
import { IN_MEMORY } from './engine/store.ts'
import { EMBEDDED_ROOT_KEY, ROOT_KEY_CHECK, ROOT_KEY_ID } from './engine/wrapped-names.ts'
import {
  type DataFolder,
  databaseIn,
  findRootKey,
  hasFormOfSchema,
  idsOf,
  KmsStartError,
  opensCheck,
  otherForm,
  type RootKey,
  readRootKey,
  rootKeyFileIn,
  writeRootKey,
} from './root-key.ts'
import { type Contents, closeLog, copyDatabase, examine, removeSetting, type Settings } from './store/database-file.ts'
import { newestSchema } from './store/migrations.ts'

export interface RestoreOptions extends DataFolder {
  /** A backup, or the database of another data folder. */
  readonly file: string
  /** Replaces an existing database. */
  readonly force?: boolean
  /** Milliseconds since the epoch; part of the names of kept files. */
  readonly now: number
}

export interface Restored {
  readonly contents: Contents
  /** Former files under their new names. */
  readonly kept: readonly string[]
}

const refuse = (message: string): never => {
  throw new KmsStartError(message)
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0)

const NAME_IT = 'Name a file that "npm run kms -- backup FILE" made.'

function stateOf(file: string) {
  if (!existsSync(file)) return refuse(`There is no ${file}. ${NAME_IT}`)
  if (!statSync(file).isFile()) return refuse(`${file} is not a file. ${NAME_IT}`)
  try {
    return examine(file, { constant: ROOT_KEY_CHECK, atRest: true })
  } catch (error) {
    return refuse(`Can't read ${file}: ${reasonOf(error)}. ${NAME_IT}`)
  }
}

interface FileState {
  readonly settings: Settings
  readonly schema: number
}

function usableStateOf(file: string): FileState {
  const state = stateOf(file)
  if (state.kind === 'damaged') return refuse(`${file} is damaged: ${state.finding}. ${NAME_IT}`)
  if (state.kind !== 'sound') return refuse(`${file} is empty. ${NAME_IT}`)
  if (state.schema > newestSchema)
    return refuse(
      `${file} has schema ${state.schema}, newer than this build's ${newestSchema}. Restore it with the version that made it or a later one.`,
    )
  return state
}

interface ChosenKey {
  readonly rootKey: RootKey
  /** Whether the root key comes from the backup and is written to the data folder. */
  readonly isOwn: boolean
}

/** Root key of the next start, else the one in the backup; it must match the backup. */
function rootKeyFor(options: RestoreOptions, file: string, { settings, schema }: FileState): ChosenKey {
  const { dataDir, force = false } = options
  const embedded = settings.get(EMBEDDED_ROOT_KEY)
  const check = { check: settings.get(ROOT_KEY_CHECK) ?? '', schema, keyId: settings.get(ROOT_KEY_ID) }
  function fits({ bytes }: RootKey): boolean {
    const keyWrapper = createKeyWrapper(bytes)
    if (!opensCheck(keyWrapper, check)) return false
    return hasFormOfSchema(keyWrapper, check) || refuse(otherForm(file))
  }
  const there = findRootKey(options)
  if (there && fits(there)) return { rootKey: there, isOwn: false }
  const inFile = there?.source === rootKeyFileIn(dataDir)
  if (there && (embedded === undefined || !inFile || !force)) {
    const other = inFile ? 'use --force, which keeps the other one' : 'unset KMS_ROOT_KEY'
    return refuse(
      `${there.source} is not the root key that ${file} was made with${idsOf(check, there)}. ${
        embedded === undefined
          ? `Put the right root.key into ${dataDir}, or set KMS_ROOT_KEY to it.`
          : `The backup holds its own: ${other}.`
      } Nothing was changed.`,
    )
  }
  if (embedded === undefined)
    return refuse(
      `${file} needs the root key${check.keyId === undefined ? '' : ` ${check.keyId}`} that it was made with. Put that root.key into ${dataDir}, or set KMS_ROOT_KEY to it.`,
    )
  const own = readRootKey(embedded, `The root key in ${file}`, NAME_IT)
  return fits(own) ? { rootKey: own, isOwn: true } : refuse(`${file} holds another root key than its own. ${NAME_IT}`)
}

/** Whether a server has the database open; false for a file that SQLite can't read. */
function isOpen(database: string): boolean {
  try {
    return !closeLog(database)
  } catch {
    return false
  }
}

/**
 * Keeps existing files under dated names. The database itself stays until the new one replaces it.
 * @throws KmsStartError if a server has the database open
 */
function keep(dataDir: string, now: number, withRootKey: boolean): readonly string[] {
  const database = databaseIn(dataDir)
  const rootKey = rootKeyFileIn(dataDir)
  const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
  const kept = ['', '-wal']
    .filter((suffix) => sizeOf(database + suffix) > 0)
    .map((suffix) => ({ from: database + suffix, to: `${database}.${date}${suffix}` }))
  if (withRootKey && existsSync(rootKey)) kept.push({ from: rootKey, to: `${rootKey}.${date}` })
  for (const { from, to } of kept) copyNew(from, to)
  if (sizeOf(database) > 0 && isOpen(database)) {
    for (const { to } of kept) rmSync(to)
    refuse(`A server has ${database} open. Stop it, and restore again. Nothing was changed.`)
  }
  // SQLite would apply a remaining log to the new database.
  for (const file of [`${database}-wal`, `${database}-shm`, ...(withRootKey ? [rootKey] : [])])
    rmSync(file, { force: true })
  return kept.map(({ to }) => to)
}

/**
 * Restores a backup into a data folder: checked first, complete or not at all.
 * @throws KmsStartError; nothing has been changed then
 */
export function restore(options: RestoreOptions): Restored {
  const { dataDir, force = false, now } = options
  if (dataDir === IN_MEMORY) refuse('KMS_DATA_DIR is :memory:, which keeps nothing. Set it to a folder.')
  const file = resolve(options.file)
  const database = databaseIn(dataDir)
  const state = usableStateOf(file)
  const { rootKey, isOwn } = rootKeyFor(options, file, state)
  if (!force && (existsSync(database) || sizeOf(`${database}-wal`) > 0))
    refuse(`${dataDir} already holds a database. Choose another KMS_DATA_DIR, or use --force, which keeps the old one.`)
  const temporary = temporaryBeside(database)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    copyDatabase(file, temporary, true)
    if (state.settings.has(EMBEDDED_ROOT_KEY)) removeSetting(temporary, EMBEDDED_ROOT_KEY)
    const contents = verify(temporary, createKeyWrapper(rootKey.bytes), file)
    const kept = force ? keep(dataDir, now, isOwn) : []
    if (isOwn) writeRootKey(dataDir, rootKey.bytes)
    if (force) placeOver(temporary, database)
    else if (!placeNew(temporary, database))
      refuse(`A server has created ${database} in the meantime. Stop it, and restore again.`)
    return { contents, kept }
  } catch (error) {
    if (error instanceof KmsStartError) throw error
    return refuse(`Can't restore ${file} to ${dataDir}: ${reasonOf(error)}.`)
  } finally {
    removeTemporary(temporary)
  }
}
