/** The key that wraps all others: where it comes from, and how a database tells the right one from a wrong one. */
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { placeNew, removeTemporary, temporaryBeside } from './atomic-file.ts'
import { createKeyWrapper, type KeyWrapper } from './engine/key-wrapper.ts'

/** The local KMS can't do what it was asked to; the message is for people and says the way out. */
export class KmsStartError extends Error {}

/** Data folder, and the root key (base64, 32 bytes) where the configuration gives one. */
export interface DataFolder {
  readonly dataDir: string
  readonly rootKey?: string | undefined
}

/** The setting that tells a right root key from a wrong one. */
export const ROOT_KEY_CHECK = 'root-key-check'
const CHECK_NAME = 'root key check'

export const databaseIn = (dataDir: string): string => join(dataDir, 'kms.sqlite')
export const rootKeyFileIn = (dataDir: string): string => join(dataDir, 'root.key')

export const makeRootKeyCheck = (keyWrapper: KeyWrapper): string =>
  Buffer.from(keyWrapper.wrap(CHECK_NAME, Buffer.from('kms'))).toString('base64')

export function opensCheck(keyWrapper: KeyWrapper, check: string): boolean {
  try {
    keyWrapper.unwrap(CHECK_NAME, Buffer.from(check, 'base64'))
    return true
  } catch {
    return false
  }
}

export interface RootKey {
  /** 32 bytes. */
  readonly bytes: Buffer
  /** For people: `KMS_ROOT_KEY`, or the path of the file. */
  readonly source: string
}

/** Base64 of exactly 32 bytes, with whatever blanks around it. */
export function readRootKey(encoded: string, source: string, wayOut: string): RootKey {
  const bytes = Buffer.from(encoded.trim(), 'base64')
  if (bytes.length !== 32) throw new KmsStartError(`${source} must hold 32 bytes in base64. ${wayOut}`)
  return { bytes, source }
}

/** The one of the configuration. */
export const rootKeyGiven = (encoded: string): RootKey =>
  readRootKey(encoded, 'KMS_ROOT_KEY', 'Make one with: openssl rand -base64 32')

/** The one given, else that of `root.key`; undefined where there is none. */
export function findRootKey({ dataDir, rootKey }: DataFolder): RootKey | undefined {
  if (rootKey !== undefined) return rootKeyGiven(rootKey)
  const file = rootKeyFileIn(dataDir)
  if (!existsSync(file)) return undefined
  const wayOut = existsSync(databaseIn(dataDir))
    ? `Put the file back that belongs to ${databaseIn(dataDir)}, or set KMS_ROOT_KEY.`
    : 'Nothing was made with it yet: delete it, and the next start makes a new one.'
  return readRootKey(readFileSync(file, 'utf8'), file, wayOut)
}

/** Writes `root.key`, with mode 0600, unless there is one: then that one stays. Complete or not at all. */
export function writeRootKey(dataDir: string, bytes: Uint8Array): void {
  const file = rootKeyFileIn(dataDir)
  const temporary = temporaryBeside(file)
  try {
    writeFileSync(temporary, `${Buffer.from(bytes).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
    placeNew(temporary, file)
  } finally {
    removeTemporary(temporary)
  }
}

/** The root key of a data folder without a database: the one that is there already, else a new one in `root.key`. */
export function rootKeyForNew(folder: DataFolder): RootKey {
  const known = findRootKey(folder)
  if (known) return known
  writeRootKey(folder.dataDir, randomBytes(32))
  return findRootKey(folder) ?? rootKeyForNew(folder)
}

/**
 * The keyWrapper of a database, by the check that is in it.
 * @throws KmsStartError for a root key that is missing or another; nothing has been written then
 */
export function keyWrapperFor(folder: DataFolder, check: string): { keyWrapper: KeyWrapper; rootKey: RootKey } {
  const database = databaseIn(folder.dataDir)
  const file = rootKeyFileIn(folder.dataDir)
  const rootKey = findRootKey(folder)
  if (!rootKey)
    throw new KmsStartError(
      `${database} was made with a root key, and ${file} is gone. Put the file back or set KMS_ROOT_KEY. Without that key nothing in the database can be opened.`,
    )
  const keyWrapper = createKeyWrapper(rootKey.bytes)
  if (!opensCheck(keyWrapper, check))
    throw new KmsStartError(
      `${rootKey.source} is not the root key that ${database} was made with. Set the right one, or choose another KMS_DATA_DIR. Nothing was changed.`,
    )
  if (rootKey.source === file) chmodSync(file, 0o600)
  return { keyWrapper, rootKey }
}
