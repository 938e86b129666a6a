/** Root key, which wraps all others: its source, and its check against a database. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { placeNew, placeOver, removeTemporary, temporaryBeside } from './atomic-file.ts'
import { createKeyWrapper, type KeyWrapper, rootKeyId, type Wrapper } from './engine/key-wrapper.ts'
import { CHECK_NAME } from './engine/wrapped-names.ts'
import { isAuthenticated } from './store/migrations.ts'

/** Error of the local KMS with a message for the user, which names the remedy. */
export class KmsStartError extends Error {}

/** Data folder, and the root key (base64, 32 bytes) if configured. */
export interface DataFolder {
  readonly dataDir: string
  readonly rootKey?: string | undefined
  /** Called with an error of the disk that no call returns. */
  readonly report?: (error: unknown) => void
  /** Whether the database is a copy of what is kept elsewhere. */
  readonly isCopy?: boolean
}

export const databaseIn = (dataDir: string): string => join(dataDir, 'kms.sqlite')
export const rootKeyFileIn = (dataDir: string): string => join(dataDir, 'root.key')
/** Copy of the database that a change of the root key works on. */
export const nextDatabaseIn = (dataDir: string): string => join(dataDir, 'kms.sqlite.new')
/** Root key that a change of the root key has made and not yet put in place. */
export const nextRootKeyFileIn = (dataDir: string): string => join(dataDir, 'root.key.new')

export const makeRootKeyCheck = (keyWrapper: KeyWrapper): string =>
  Buffer.from(keyWrapper.wrap(CHECK_NAME, Buffer.from('kms'))).toString('base64')

/** Check of a root key as a database holds it, and the schema that the database states. */
export interface RootKeyCheck {
  readonly check: string
  readonly schema: number
  /** Id of the root key; absent in databases of earlier versions. */
  readonly keyId?: string | undefined
}

function opens(wrapper: Wrapper, check: string): boolean {
  try {
    wrapper.unwrap(CHECK_NAME, Buffer.from(check, 'base64'))
    return true
  } catch {
    return false
  }
}

/** Whether the root key is that of the database. */
export const opensCheck = (keyWrapper: KeyWrapper, { check }: RootKeyCheck): boolean =>
  opens(keyWrapper, check) || opens(keyWrapper.older, check)

/**
 * Whether the check has the form of the database's schema. The migration to authenticated rows replaces the old form,
 * which only the root key can make: a database that is made to look older is not migrated again.
 */
export const hasFormOfSchema = (keyWrapper: KeyWrapper, { check, schema }: RootKeyCheck): boolean =>
  opens(isAuthenticated(schema) ? keyWrapper : keyWrapper.older, check)

export interface RootKey {
  /** 32 bytes. */
  readonly bytes: Buffer
  /** Source for messages: `KMS_ROOT_KEY`, or the path of the file. */
  readonly source: string
}

/** Base64 of exactly 32 bytes in either alphabet, with or without padding; surrounding blanks and a BOM are ignored. */
export function readRootKey(encoded: string, source: string, wayOut: string): RootKey {
  const text = encoded.trim().replaceAll('-', '+').replaceAll('_', '/').replace(/=$/, '')
  const bytes = Buffer.from(text, 'base64')
  // `Buffer.from` skips what is no base64: a file with other content could give 32 bytes that nobody has chosen.
  if (bytes.length !== 32 || bytes.toString('base64') !== `${text}=`)
    throw new KmsStartError(`${source} must hold 32 bytes in base64 and nothing else. ${wayOut}`)
  return { bytes, source }
}

/** Which root key is needed and which one is given, for messages. */
export const idsOf = ({ keyId }: RootKeyCheck, { bytes }: RootKey): string =>
  keyId === undefined ? '' : ` (it needs root key ${keyId}; this is ${rootKeyId(bytes)})`

/** Root key from the configuration. */
export const rootKeyGiven = (encoded: string): RootKey =>
  readRootKey(encoded, 'KMS_ROOT_KEY', 'Create one with: openssl rand -base64 32')

/** Root key from the configuration, else from `root.key`; undefined if neither exists. */
export function findRootKey({ dataDir, rootKey }: DataFolder): RootKey | undefined {
  if (rootKey !== undefined) return rootKeyGiven(rootKey)
  const file = rootKeyFileIn(dataDir)
  if (!existsSync(file)) return undefined
  const wayOut = existsSync(databaseIn(dataDir))
    ? `Restore the file that belongs to ${databaseIn(dataDir)}, or set KMS_ROOT_KEY.`
    : 'It protects nothing yet: delete it, and the next start creates a new one.'
  return readRootKey(readFileSync(file, 'utf8'), file, wayOut)
}

/** Writes a root key with mode 0600, complete or not at all. False if the file is there, which stays. */
export function writeRootKey(dataDir: string, bytes: Uint8Array, file = rootKeyFileIn(dataDir)): boolean {
  const temporary = temporaryBeside(file)
  try {
    writeFileSync(temporary, `${Buffer.from(bytes).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
    return placeNew(temporary, file)
  } finally {
    removeTemporary(temporary)
  }
}

export const otherForm = (database: string): string =>
  `${database} was changed outside of the KMS: its schema is not the one that its secrets are wrapped for. Restore the keys from a backup with "npm run kms -- restore FILE --force". Nothing was changed.`

/** Root key of a folder; puts the next one in place if a change of the root key ended just before it did so. */
function settled(folder: DataFolder, check: RootKeyCheck): RootKey | undefined {
  const rootKey = findRootKey(folder)
  const file = rootKeyFileIn(folder.dataDir)
  const next = nextRootKeyFileIn(folder.dataDir)
  const isOpened = ({ bytes }: RootKey) => opensCheck(createKeyWrapper(bytes), check)
  if (folder.rootKey !== undefined || (rootKey && isOpened(rootKey)) || !existsSync(next)) return rootKey
  if (!isOpened(readRootKey(readFileSync(next, 'utf8'), next, 'Delete it.'))) return rootKey
  placeOver(next, file)
  return findRootKey(folder)
}

/**
 * Key wrapper of a database, verified by the check in it.
 * @throws KmsStartError for a missing or wrong root key; nothing has been written then
 */
export function keyWrapperFor(folder: DataFolder, check: RootKeyCheck): { keyWrapper: KeyWrapper; rootKey: RootKey } {
  const database = databaseIn(folder.dataDir)
  const file = rootKeyFileIn(folder.dataDir)
  const rootKey = settled(folder, check)
  if (!rootKey)
    throw new KmsStartError(
      `${database} was made with a root key, and ${file} is gone. Restore the file or set KMS_ROOT_KEY. Without that key nothing in the database can be opened.`,
    )
  const keyWrapper = createKeyWrapper(rootKey.bytes)
  if (!opensCheck(keyWrapper, check))
    throw new KmsStartError(
      `${rootKey.source} is not the root key that ${database} was made with${idsOf(check, rootKey)}. Set the right one, or choose another KMS_DATA_DIR. Nothing was changed.`,
    )
  if (!hasFormOfSchema(keyWrapper, check)) throw new KmsStartError(otherForm(database))
  if (rootKey.source === file) chmodSync(file, 0o600)
  return { keyWrapper, rootKey }
}
