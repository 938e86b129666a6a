/** Database files as a whole: what state they are in, copies of them, and everything in them that is wrapped. */
import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { credentialName, isWrappingKeyName, materialName } from '../engine/wrapped-names.ts'
import { schemaOf } from './migrations.ts'
import { integer, text, toCredential, toVersion } from './rows.ts'

/** Milliseconds for another process to end its transaction. */
const LONGEST_WAIT = 5000

export type Settings = ReadonlyMap<string, string>

export type DatabaseState =
  | { readonly kind: 'missing' }
  /** The file is gone, its write-ahead log is not. */
  | { readonly kind: 'log only' }
  /** No bytes, or no tables. */
  | { readonly kind: 'empty' }
  /** `finding` says what is wrong with it, as SQLite puts it. */
  | { readonly kind: 'damaged'; readonly finding: string }
  /** `hasLog`: there are changes in the log that were not written back. */
  | { readonly kind: 'sound'; readonly schema: number; readonly settings: Settings; readonly hasLog: boolean }

const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0)

/** @param asItIs without its write-ahead log, and nothing is put beside it: for files that nobody writes to */
function openToRead(file: string, asItIs = false): DatabaseSync {
  const url = pathToFileURL(file)
  if (asItIs) url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, { readOnly: true, timeout: LONGEST_WAIT })
}

function reading<T>(file: string, read: (database: DatabaseSync) => T, asItIs = false): T {
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

/** The first thing that is wrong with a database: broken pages, rows without their key; all of it, indexes that do not fit. */
function findingIn(database: DatabaseSync, everything: boolean): string | undefined {
  const check = everything ? 'integrity_check' : 'quick_check'
  const integrity = text(database.prepare(`PRAGMA ${check}(1)`).get()?.[check])
  if (integrity !== 'ok') return integrity.split('\n').join(' ')
  const orphan = database.prepare('PRAGMA foreign_key_check').get()
  return orphan && `a row of ${text(orphan.table)} without its ${text(orphan.parent)}`
}

/** A setting that never changes, where the file itself has it; undefined where only its log has, or nothing can be read. */
function settingWithoutLog(file: string, name: string): string | undefined {
  try {
    return reading(file, (database) => settingsIn(database).get(name), true)
  } catch {
    return undefined
  }
}

interface Examination {
  /** Name of a setting that no database ever changes. */
  readonly constant: string
  /** Looks through all of it in any case. */
  readonly everything?: boolean
  /** No process writes to the file, so no file is put beside it. */
  readonly atRest?: boolean
}

/**
 * State of a database file, read without writing. A file with a log that was not written back is checked as a whole: the
 * log may be another database's.
 * @throws what SQLite says of a file that is no database, or that can't be read
 */
export function examine(file: string, { constant, everything = false, atRest = false }: Examination): DatabaseState {
  const log = sizeOf(`${file}-wal`)
  if (!existsSync(file)) return { kind: log > 0 ? 'log only' : 'missing' }
  // SQLite deletes the log of a file without bytes as soon as it opens the two, so it must not.
  if (sizeOf(file) === 0) return { kind: 'empty' }
  const look = (database: DatabaseSync): DatabaseState => {
    if (!hasTable(database, 'settings'))
      return hasTables(database) ? { kind: 'damaged', finding: 'it is not of a local KMS' } : { kind: 'empty' }
    const settings = settingsIn(database)
    if (log > 0) {
      const alone = settingWithoutLog(file, constant)
      if (alone !== undefined && alone !== settings.get(constant))
        return { kind: 'damaged', finding: `${file}-wal is of another database` }
    }
    const finding = everything || log > 0 ? findingIn(database, everything) : undefined
    if (finding !== undefined) return { kind: 'damaged', finding }
    return { kind: 'sound', schema: schemaOf(database), settings, hasLog: log > 0 }
  }
  return reading(file, look, atRest && log === 0)
}

/**
 * Copies a database, which may be in use, as it is at this moment: everything committed before is in it. The copy is a
 * file by itself, needs no log, and holds nothing of what has been deleted.
 * @param to must not exist; it is made for its owner alone, and is not synced to the disk
 * @param atRest nobody writes to the one that is copied
 */
export function copyDatabase(from: string, to: string, atRest = false): void {
  closeSync(openSync(to, 'wx', 0o600))
  const copy = (database: DatabaseSync) => database.prepare('VACUUM INTO ?').run(to)
  reading(from, copy, atRest && sizeOf(`${from}-wal`) === 0)
}

function changeSettings(file: string, change: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file)
  try {
    // No log, journal or temporary file: each would be one more with the same secrets.
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA temp_store = MEMORY')
    change(database)
  } finally {
    database.close()
  }
}

/** Into a database that nobody else has open. */
export const writeSetting = (file: string, name: string, value: string): void =>
  changeSettings(file, (database) => {
    database.prepare('INSERT INTO settings (name, value) VALUES (?, ?)').run(name, value)
  })

/** Out of a database that nobody else has open; no trace of it is left. */
export const removeSetting = (file: string, name: string): void =>
  changeSettings(file, (database) => {
    database.prepare('DELETE FROM settings WHERE name = ?').run(name)
    database.exec('VACUUM')
  })

export interface Wrapped {
  readonly kind: 'version' | 'credential' | 'wrapping key'
  /** Name that the wrapping is bound to. */
  readonly name: string
  readonly wrapped: Uint8Array
}

export interface Contents {
  readonly keys: number
  readonly versions: number
  readonly credentials: number
}

/**
 * Shows what is wrapped under the root key, one by one, and answers how much it has shown of what.
 * @param most credentials and versions, each
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
 * Makes a database that nobody has open one file without a log. False when somebody has it open.
 * @throws what SQLite says of a file that is no database
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
