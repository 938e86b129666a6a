/** Authenticated tables: each row carries a code over its columns, and each group of tables a sum over its codes. */
import { timingSafeEqual } from 'node:crypto'
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { ENCRYPTIONS_KIND } from '../engine/encryption-counts.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { IntegrityError } from '../engine/store.ts'

export type Row = Readonly<Record<string, SQLOutputValue>>
type Values = Readonly<Record<string, SQLInputValue>>

/** `access`: small tables that decide who may do what. */
export type Group = 'keys' | 'access'

interface TableDescription {
  readonly group: Group
  /** Primary key. */
  readonly key: readonly string[]
  /** All columns but the code, in the order in which the code covers them. */
  readonly columns: readonly string[]
  /** Name of a row for messages. */
  readonly nameOf: (row: Row) => string
}

export const tables = {
  settings: {
    group: 'access',
    key: ['name'],
    columns: ['name', 'value'],
    nameOf: ({ name }) => `the setting ${name}`,
  },
  keys: {
    group: 'keys',
    key: ['cloud', 'location', 'id'],
    columns: [
      ...['cloud', 'location', 'id', 'scope', 'handle', 'algorithm', 'status', 'latest_version', 'revision'],
      ...['created_at', 'updated_at', 'rotate_at', 'destroy_at', 'origin', 'sync_at', 'attributes'],
    ],
    nameOf: ({ id, location }) => `the key ${id} in ${location}`,
  },
  versions: {
    group: 'keys',
    key: ['cloud', 'location', 'key_id', 'version'],
    columns: ['cloud', 'location', 'key_id', 'version', 'created_at', 'automatic', 'wrapped'],
    nameOf: ({ key_id, location, version }) => `version ${version} of the key ${key_id} in ${location}`,
  },
  credentials: {
    group: 'access',
    key: ['cloud', 'id'],
    columns: ['cloud', 'id', 'name', 'wrapped', 'created_at', 'attributes'],
    nameOf: ({ cloud, id }) => `the credential ${id} of ${cloud}`,
  },
  resources: {
    group: 'access',
    key: ['cloud', 'kind', 'id'],
    columns: ['cloud', 'kind', 'id', 'created_at', 'content'],
    nameOf: ({ cloud, kind, id }) => `the ${kind} ${id} of ${cloud}`,
  },
} as const satisfies Record<string, TableDescription>

export type TableName = keyof typeof tables

/** Counts of encryptions are as many as keys, and decide about no access. */
const groupOf = (name: TableName, row: Values): Group =>
  name === 'resources' && row.kind === ENCRYPTIONS_KIND ? 'keys' : tables[name].group

export const tableNames = Object.keys(tables) as readonly TableName[]

/** Length of the tag that ends a wrapped secret. */
const TAG = 16

/** SQL condition for the rows of a table that are in a group; undefined if none can be. */
export function inGroup(name: TableName, group: Group): string | undefined {
  if (name === 'resources') return `kind ${group === 'keys' ? '=' : '<>'} '${ENCRYPTIONS_KIND}'`
  return tables[name].group === group ? 'true' : undefined
}

/** A wrapped secret is covered by its tag, which authenticates the rest of it. Texts as the database stores them. */
export function covered(value: SQLInputValue | undefined): string | number | null {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value === 'number' || value === null || value === undefined) return value ?? null
  if (typeof value === 'bigint') return value.toString()
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).subarray(-TAG).toString('base64')
}

/** Codes of the rows that were read last, by key wrapper: a row that did not change costs a comparison, not an HMAC. */
const known = new WeakMap<KeyWrapper, Map<string, NonSharedBuffer>>()

/** About a megabyte. */
const MOST_KNOWN = 2000

function codeOfText(keyWrapper: KeyWrapper, text: string): NonSharedBuffer {
  const last = known.get(keyWrapper)
  const codes = last && last.size < MOST_KNOWN ? last : new Map<string, NonSharedBuffer>()
  known.set(keyWrapper, codes)
  const before = codes.get(text)
  if (before) return before
  const code = keyWrapper.code(text)
  codes.set(text, code)
  return code
}

/** Code of a row with its primary key and all other columns. */
export function codeOf(keyWrapper: KeyWrapper, name: TableName, row: Values): NonSharedBuffer {
  return codeOfText(keyWrapper, JSON.stringify([name, ...tables[name].columns.map((column) => covered(row[column]))]))
}

const isSame = (one: unknown, other: Uint8Array) =>
  one instanceof Uint8Array && one.length === other.length && timingSafeEqual(one, other)

/** Whether a stored code is the given one. */
export const isCode = (stored: SQLOutputValue | undefined, code: Uint8Array): boolean => isSame(stored, code)

const NO_CODE = new Uint8Array()

/** The bytes of a stored code; none without one. */
export const codeBytes = (code: SQLOutputValue | undefined): Uint8Array<ArrayBuffer> =>
  code instanceof Uint8Array ? code : NO_CODE

/** A stored code as text in base64; empty without one. */
export const codeText = (code: SQLOutputValue | undefined): string =>
  code instanceof Uint8Array ? Buffer.from(code.buffer, code.byteOffset, code.length).toString('base64') : ''

export const describeRow = (name: TableName, row: Row): string => `${tables[name].nameOf(row)} (table ${name})`

/** @throws IntegrityError for a row that has another code */
export function assertRow(keyWrapper: KeyWrapper, name: TableName, row: Row): void {
  if (!isCode(row.code, codeOf(keyWrapper, name, row)))
    throw new IntegrityError(`${describeRow(name, row)} was changed outside of the KMS`)
}

/** Sums that a change of rows changes. */
export interface Sums {
  /** Takes the old code out of the sum of a group, and the new one in. */
  replace(group: Group, before: Uint8Array | undefined, after: Uint8Array | undefined): void
}

export interface Table {
  /** False if the primary key, or another unique value, is taken. */
  insert(row: Values): boolean
  /** Inserts the row or replaces the one with the same primary key. */
  put(row: Values): void
  /** The verified row. */
  one(key: Values): Row | undefined
  /** False if there is no such row. */
  remove(key: Values): boolean
}

/** Reads and writes of single rows of a table. */
export function openTable(
  database: DatabaseSync,
  name: TableName,
  { keyWrapper, sums }: { readonly keyWrapper: KeyWrapper; readonly sums: Sums },
): Table {
  const { key, columns }: TableDescription = tables[name]
  const all = [...columns, 'code']
  const where = key.map((column) => `${column} = :${column}`).join(' AND ')
  const insertion = `INSERT INTO ${name} (${all.join(', ')}) VALUES (${all.map((one) => `:${one}`).join(', ')})`
  const others = all.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`)
  /** Callers pass whole rows where the primary key is enough. */
  const prepare = (text: string) => {
    const statement = database.prepare(text)
    statement.setAllowUnknownNamedParameters(true)
    return statement
  }
  const sql = {
    insert: prepare(`${insertion} ON CONFLICT DO NOTHING`),
    put: prepare(`${insertion} ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${others.join(', ')}`),
    one: prepare(`SELECT * FROM ${name} WHERE ${where}`),
    code: prepare(`SELECT code FROM ${name} WHERE ${where}`),
    remove: prepare(`DELETE FROM ${name} WHERE ${where}`),
  }
  const stored = (row: Values): Uint8Array | undefined => {
    const code = sql.code.get(row)?.code
    return code instanceof Uint8Array ? code : undefined
  }
  return {
    insert(row) {
      const code = codeOf(keyWrapper, name, row)
      if (sql.insert.run({ ...row, code }).changes === 0) return false
      sums.replace(groupOf(name, row), undefined, code)
      return true
    },
    put(row) {
      const code = codeOf(keyWrapper, name, row)
      const before = stored(row)
      sql.put.run({ ...row, code })
      sums.replace(groupOf(name, row), before, code)
    },
    one(row) {
      const found = sql.one.get(row)
      if (found) assertRow(keyWrapper, name, found)
      return found
    },
    remove(row) {
      const before = stored(row)
      if (sql.remove.run(row).changes === 0) return false
      sums.replace(groupOf(name, row), before, undefined)
      return true
    },
  }
}
