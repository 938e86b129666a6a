/** Database files: their state, copies of them, and the wrapped secrets in them. */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { credentialName, isWrappingKeyName, materialName } from '../engine/wrapped-names.ts'
import { schemaOf } from './migrations.ts'
import { integer, text, toCredential, toVersion } from './rows.ts'

/** Milliseconds to wait for another process's transaction. */
const LONGEST_WAIT = 5000

export type Settings = ReadonlyMap<string, string>

export type DatabaseState =
  | { readonly kind: 'missing' }
  /** The file is missing, but its write-ahead log exists. */
  | { readonly kind: 'log only' }
  /** The file has no bytes, no tables, or zeros in place of its header. */
  | { readonly kind: 'empty' }
  /** `finding` is SQLite's description of the damage. */
  | { readonly kind: 'damaged'; readonly finding: string }
  /** `hasLog`: the log holds changes that were not written back. */
  | { readonly kind: 'sound'; readonly schema: number; readonly settings: Settings; readonly hasLog: boolean }

const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0)

/** Whether a file has no header of a database: cut to nothing, or overwritten with zeros. */
function isBlank(file: string): boolean {
  const header = Buffer.alloc(16)
  const descriptor = openSync(file, 'r')
  try {
    readSync(descriptor, header)
  } finally {
    closeSync(descriptor)
  }
  return header.every((byte) => byte === 0)
}

/** Undoes a transaction that ended with its process; a connection that only reads can't, and refuses the file. */
function undoInterrupted(file: string): void {
  if (sizeOf(`${file}-journal`) === 0) return
  const database = new DatabaseSync(file, { timeout: LONGEST_WAIT })
  try {
    // The first read does it.
    schemaOf(database)
  } finally {
    database.close()
  }
}

/** @param asItIs ignores the write-ahead log and creates no files; for databases without writers */
function openToRead(file: string, asItIs = false): DatabaseSync {
  undoInterrupted(file)
  const url = pathToFileURL(file)
  if (asItIs) url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, { readOnly: true, timeout: LONGEST_WAIT })
}

export function reading<T>(file: string, read: (database: DatabaseSync) => T, asItIs = false): T {
  const database = openToRead(file, asItIs)
  try {
    return read(database)
  } finally {
    database.close()
  }
}

const hasTable = (database: DatabaseSync, name: string) =>
  database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined

const hasTables = (database: DatabaseSync) =>
  database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table'").get() !== undefined

const settingsIn = (database: DatabaseSync): Settings =>
  new Map(
    hasTable(database, 'settings')
      ? database
          .prepare('SELECT name, value FROM settings')
          .all()
          .map((row) => [text(row.name), text(row.value)])
      : [],
  )

/** First damage of a database: broken pages, rows without their key and, in a full check, wrong indexes. */
export function findingIn(database: DatabaseSync, everything: boolean): string | undefined {
  const check = everything ? 'integrity_check' : 'quick_check'
  const integrity = text(database.prepare(`PRAGMA ${check}(1)`).get()?.[check])
  if (integrity !== 'ok') return integrity.split('\n').join(' ')
  const orphan = database.prepare('PRAGMA foreign_key_check').get()
  return orphan && `a row of ${text(orphan.table)} without its ${text(orphan.parent)}`
}

/** A setting and the schema from the file without its log; undefined if it can't be read. */
function withoutLog(file: string, name: string): { value: string | undefined; schema: number } | undefined {
  const read = (database: DatabaseSync) => ({ value: settingsIn(database).get(name), schema: schemaOf(database) })
  try {
    return reading(file, read, true)
  } catch {
    return undefined
  }
}

interface Examination {
  /** Name of a setting that only a migration changes. */
  readonly constant: string
  /** Always runs the full check. */
  readonly everything?: boolean
  /** No process writes to the file, so no files are created beside it. */
  readonly atRest?: boolean
}

/**
 * State of a database file, read without writing, except that an interrupted transaction is undone. A file with a log
 * that was not written back is checked fully: the log may belong to another database.
 * @throws SQLite's error for a file that is no database or can't be read
 */
export function examine(file: string, { constant, everything = false, atRest = false }: Examination): DatabaseState {
  const log = sizeOf(`${file}-wal`)
  if (!existsSync(file)) return { kind: log > 0 ? 'log only' : 'missing' }
  // An empty file is not opened, because SQLite would delete its log.
  if (isBlank(file)) return { kind: 'empty' }
  const look = (database: DatabaseSync): DatabaseState => {
    if (!hasTable(database, 'settings'))
      return hasTables(database) ? { kind: 'damaged', finding: 'it is not of a local KMS' } : { kind: 'empty' }
    const settings = settingsIn(database)
    if (log > 0) {
      const { value, schema } = withoutLog(file, constant) ?? {}
      // A migration changes the setting; the secrets in the log are checked later.
      if (value !== undefined && schema === schemaOf(database) && value !== settings.get(constant))
        return { kind: 'damaged', finding: `${file}-wal is of another database` }
    }
    const finding = everything || log > 0 ? findingIn(database, everything) : undefined
    if (finding !== undefined) return { kind: 'damaged', finding }
    return { kind: 'sound', schema: schemaOf(database), settings, hasLog: log > 0 }
  }
  return reading(file, look, atRest && log === 0)
}

/**
 * Copies a database, which may be in use, with everything committed so far. The copy is a
 * single file without a log and contains no deleted data.
 * @param to must not exist; created with mode 0600 and not synced to the disk
 * @param atRest no process writes to the source
 */
export function copyDatabase(from: string, to: string, atRest = false): void {
  closeSync(openSync(to, 'wx', 0o600))
  const copy = (database: DatabaseSync) => database.prepare('VACUUM INTO ?').run(to)
  reading(from, copy, atRest && sizeOf(`${from}-wal`) === 0)
}

/** Changes a database that no other process has open, without a file that would hold the same secrets. */
export function changeAlone(file: string, change: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file)
  try {
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA temp_store = MEMORY')
    change(database)
  } finally {
    database.close()
  }
}

/** Writes a setting into a database that no other process has open. */
export const writeSetting = (file: string, name: string, value: string): void =>
  changeAlone(file, (database) => {
    database.prepare('INSERT INTO settings (name, value) VALUES (?, ?)').run(name, value)
  })

/** Removes a setting, without a trace, from a database that no other process has open. */
export const removeSetting = (file: string, name: string): void =>
  changeAlone(file, (database) => {
    database.prepare('DELETE FROM settings WHERE name = ?').run(name)
    database.exec('VACUUM')
  })

export interface Wrapped {
  readonly kind: 'version' | 'credential' | 'wrapping key'
  /** Name that the secret is bound to. */
  readonly name: string
  readonly wrapped: Uint8Array
}

export interface Contents {
  readonly keys: number
  readonly versions: number
  readonly credentials: number
}

/**
 * Calls back with each secret that is wrapped under the root key, and returns their numbers by kind.
 * @param most limit of credentials and of versions
 */
export function readWrapped(
  file: string,
  see: (one: Wrapped) => void,
  most: number = Number.MAX_SAFE_INTEGER,
): Contents {
  return reading(file, (database) => {
    for (const [name, value] of settingsIn(database))
      if (isWrappingKeyName(name)) see({ kind: 'wrapping key', name, wrapped: Buffer.from(value, 'base64') })
    let credentials = 0
    for (const row of database.prepare('SELECT * FROM credentials LIMIT ?').iterate(most)) {
      const { cloud, id, wrapped } = toCredential(row)
      see({ kind: 'credential', name: credentialName(cloud, id), wrapped })
      credentials += 1
    }
    let versions = 0
    for (const row of database.prepare('SELECT * FROM versions LIMIT ?').iterate(most)) {
      const { version, wrapped } = toVersion(row)
      const address = { cloud: text(row.cloud), location: text(row.location), id: text(row.key_id) }
      see({ kind: 'version', name: materialName(address, version), wrapped })
      versions += 1
    }
    const keys = integer(database.prepare('SELECT count(*) AS number FROM keys').get()?.number)
    return { keys, versions, credentials }
  })
}

/**
 * Writes the log back and removes it. False if another process has the database open.
 * @throws SQLite's error for a file that is no database
 */
export function closeLog(file: string): boolean {
  const database = new DatabaseSync(file)
  try {
    return text(database.prepare('PRAGMA journal_mode = DELETE').get()?.journal_mode) === 'delete'
  } catch (error) {
    const BUSY = 5
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) return false
    throw error
  } finally {
    database.close()
  }
}
