/** Backup of the local KMS: one file, written while servers run, and checked before it gets its name. */
import { existsSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { placeNew, placeOver, removeTemporary, temporaryBeside } from './atomic-file.ts'
import { examineUsable } from './data-folder.ts'
import type { KeyWrapper } from './engine/key-wrapper.ts'
import { IN_MEMORY } from './engine/store.ts'
import { EMBEDDED_ROOT_KEY } from './engine/wrapped-names.ts'
import { type DataFolder, databaseIn, KmsStartError, keyWrapperFor, rootKeyFileIn } from './root-key.ts'
import { type Contents, copyDatabase, writeSetting } from './store/database-file.ts'
import { type Verification, verifyContent } from './store/verification.ts'

export interface BackupOptions extends DataFolder {
  /** File of the backup. */
  readonly file: string
  /** Replaces an existing file. */
  readonly force?: boolean
  /** Includes the root key: the backup needs no other file, and is not protected. */
  readonly withRootKey?: boolean
}

export interface Backup {
  /** Absolute. */
  readonly file: string
  readonly contents: Contents
  /** Place of the root key that the backup needs; undefined if the backup includes it. */
  readonly keyBeside: string | undefined
  /** Id of the root key. */
  readonly keyId: string
}

const refuse = (message: string): never => {
  throw new KmsStartError(message)
}

/**
 * Checks all pages of a copy, unwraps all its secrets and verifies each row.
 * @param copyOf name of the source for the message
 * @throws KmsStartError with the first damage
 */
export function verify(file: string, keyWrapper: KeyWrapper, copyOf: string): Contents {
  const { keys, versions, credentials, findings } = verifyContent(file, keyWrapper, true)
  const [finding] = findings
  if (finding !== undefined) refuse(`${copyOf} is damaged: ${finding}. Nothing was changed.`)
  return { keys, versions, credentials }
}

/**
 * Verifies the database of a data folder, which servers may have open.
 * @throws KmsStartError for a folder that can't be read
 */
export function verifyFolder(folder: DataFolder): { file: string; rootKey: string; verification: Verification } {
  if (folder.dataDir === IN_MEMORY) refuse('KMS_DATA_DIR is :memory:, which keeps nothing. Set it to a folder.')
  const file = databaseIn(folder.dataDir)
  const { keyWrapper, rootKey } = keyWrapperFor(folder, examineUsable(file))
  return { file, rootKey: rootKey.source, verification: verifyContent(file, keyWrapper) }
}

/** Real path of a file that may not exist. */
function realPathOf(file: string): string {
  if (existsSync(file)) return realpathSync(file)
  const folder = dirname(resolve(file))
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    refuse(`There is no folder ${folder} to write ${basename(file)} to. Make it first.`)
  return join(realpathSync(folder), basename(file))
}

function assertFree(file: string, { dataDir, force }: BackupOptions): void {
  const path = realPathOf(file)
  const database = databaseIn(dataDir)
  const inUse = [database, `${database}-wal`, `${database}-shm`, rootKeyFileIn(dataDir)]
  if (inUse.some((one) => realPathOf(one) === path)) refuse(`${file} is a file of the KMS itself. Name another.`)
  if (!existsSync(file)) return
  if (!statSync(file).isFile())
    refuse(`${file} is not a file. Name a file, such as ${join(file, 'kms-backup.sqlite')}.`)
  if (!force) refuse(`${file} exists already. Choose another name, or replace it with --force.`)
}

/**
 * Backs up every acknowledged change, also while other processes have the data folder open. The file has mode 0600
 * and appears complete or not at all.
 * @throws KmsStartError
 */
export function backUp(options: BackupOptions): Backup {
  const { dataDir, withRootKey = false, force = false } = options
  const file = resolve(options.file)
  const database = databaseIn(dataDir)
  if (dataDir === IN_MEMORY) refuse('KMS_DATA_DIR is :memory:, which keeps nothing. Set it to a folder.')
  const { keyWrapper, rootKey } = keyWrapperFor(options, examineUsable(database))
  assertFree(file, options)
  const temporary = temporaryBeside(file)
  try {
    copyDatabase(database, temporary)
    if (withRootKey) writeSetting(temporary, EMBEDDED_ROOT_KEY, rootKey.bytes.toString('base64'))
    const contents = verify(temporary, keyWrapper, database)
    if (force) placeOver(temporary, file)
    else if (!placeNew(temporary, file))
      refuse(`${file} exists already. Choose another name, or replace it with --force.`)
    return { file, contents, keyBeside: withRootKey ? undefined : rootKey.source, keyId: keyWrapper.id }
  } catch (error) {
    if (error instanceof KmsStartError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new KmsStartError(`Can't write ${file}: ${reason}. Nothing was changed.`)
  } finally {
    removeTemporary(temporary)
  }
}
