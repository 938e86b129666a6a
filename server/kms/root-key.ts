import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createVault, type Vault } from './engine/vault.ts'
import { peekSetting } from './store/sqlite.ts'

/** The local KMS can't start; the message is for people and says the way out. */
export class KmsStartError extends Error {}

/** The setting that tells a right root key from a wrong one. */
export const ROOT_KEY_CHECK = 'root-key-check'
const CHECK_NAME = 'root key check'

export const makeRootKeyCheck = (vault: Vault): string =>
  Buffer.from(vault.wrap(CHECK_NAME, Buffer.from('kms'))).toString('base64')

function opens(vault: Vault, check: string): boolean {
  try {
    vault.unwrap(CHECK_NAME, Buffer.from(check, 'base64'))
    return true
  } catch {
    return false
  }
}

function decode(encoded: string, source: string): Buffer {
  const key = Buffer.from(encoded.trim(), 'base64')
  if (key.length !== 32)
    throw new KmsStartError(`${source} must hold 32 bytes in base64. Make one with: openssl rand -base64 32`)
  return key
}

function writeNewKey(file: string): Buffer {
  const key = randomBytes(32)
  const descriptor = openSync(file, 'wx', 0o600)
  writeSync(descriptor, `${key.toString('base64')}\n`)
  fsyncSync(descriptor)
  closeSync(descriptor)
  // The file's name is the folder's content: a power loss must not leave a database behind without its key.
  const folder = openSync(dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
  return key
}

/**
 * The vault under the root key: the one given (base64, 32 bytes), else that of `root.key` in the data folder, else a new
 * one written there with mode 0600. A key that does not fit the database is refused before anything is written.
 */
export function openVault(options: { dataDir: string; database: string; rootKey: string | undefined }): Vault {
  const { dataDir, database, rootKey } = options
  const file = join(dataDir, 'root.key')
  const check = peekSetting(database, ROOT_KEY_CHECK)
  if (rootKey === undefined && check !== undefined && !existsSync(file))
    throw new KmsStartError(
      `${database} was made with a root key, and ${file} is gone. Put the file back or set KMS_ROOT_KEY. Without that key nothing in the database can be opened.`,
    )
  const source = rootKey === undefined ? file : 'KMS_ROOT_KEY'
  const known =
    rootKey !== undefined
      ? decode(rootKey, source)
      : existsSync(file)
        ? decode(readFileSync(file, 'utf8'), source)
        : undefined
  if (known && check !== undefined && !opens(createVault(known), check))
    throw new KmsStartError(
      `${source} is not the root key that ${database} was made with. Set the right one, or choose another KMS_DATA_DIR. Nothing was changed.`,
    )
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (known && rootKey === undefined) chmodSync(file, 0o600)
  return createVault(known ?? writeNewKey(file))
}
