/** Gives a database without authentication codes its codes: once, when it is migrated. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { KeyWrapper, Wrapper } from '../engine/key-wrapper.ts'
import { IntegrityError, type KeyAddress } from '../engine/store.ts'
import { credentialName, materialName, ROOT_KEY_ID, secretNameOf } from '../engine/wrapped-names.ts'
import { codeOfEntry } from './audit-rows.ts'
import { openHead } from './head.ts'
import { integer, text } from './rows.ts'
import { codeBytes, codeOf, type Row, type TableName, tableNames, tables } from './tables.ts'

/** Rows per read: the whole log of a used KMS does not fit into memory. */
const PAGE = 500

/** All rows of a table, in the order of its primary key, which the caller may change meanwhile. */
function* rowsOf(database: DatabaseSync, name: string, key: readonly string[]): Generator<Row, void> {
  const columns = key.join(', ')
  const first = database.prepare(`SELECT * FROM ${name} ORDER BY ${columns} LIMIT ${PAGE}`)
  const next = database.prepare(`SELECT * FROM ${name} WHERE (${columns}) > (${key.map(() => '?').join(', ')})
    ORDER BY ${columns} LIMIT ${PAGE}`)
  let page = first.all()
  while (page.length > 0) {
    yield* page
    const last = page.at(-1)
    page = next.all(...key.map((column) => last?.[column] ?? null))
  }
}

/** Name of the secret in a row; undefined for a row without one. */
export function nameOfSecret(name: TableName, row: Row): string | undefined {
  if (name === 'settings') return secretNameOf(text(row.name))
  if (name === 'credentials') return credentialName(text(row.cloud), text(row.id))
  if (name !== 'versions') return undefined
  const address: KeyAddress = { cloud: text(row.cloud), location: text(row.location), id: text(row.key_id) }
  return materialName(address, integer(row.version))
}

/** What a database is converted from and to. */
interface Conversion {
  readonly from: Wrapper
  readonly keyWrapper: KeyWrapper
}

function rewrapped({ from, keyWrapper }: Conversion, secretName: string, wrapped: Uint8Array): Uint8Array {
  try {
    return keyWrapper.wrap(secretName, from.unwrap(secretName, wrapped))
  } catch {
    throw new IntegrityError(
      `the database says that it is older than its secrets: its ${secretName} is not in the form of that time`,
    )
  }
}

/** Columns of a row with its secret in the present form. */
function convertedSecret(conversion: Conversion, name: TableName, row: Row): Record<string, SQLInputValue> {
  const secretName = nameOfSecret(name, row)
  if (secretName === undefined) return {}
  if (row.wrapped instanceof Uint8Array) return { wrapped: rewrapped(conversion, secretName, row.wrapped) }
  const value = rewrapped(conversion, secretName, Buffer.from(text(row.value), 'base64'))
  return { value: Buffer.from(value).toString('base64') }
}

function authenticateTable(database: DatabaseSync, conversion: Conversion, name: TableName): void {
  const { key, columns } = tables[name]
  const set = [...columns.filter((column) => column === 'wrapped' || column === 'value'), 'code']
  const update = database.prepare(
    `UPDATE ${name} SET ${set.map((one) => `${one} = :${one}`).join(', ')} WHERE ${key.map((one) => `${one} = :${one}`).join(' AND ')}`,
  )
  for (const before of rowsOf(database, name, key)) {
    const row: Record<string, SQLInputValue> = { ...before, ...convertedSecret(conversion, name, before) }
    row.code = codeOf(conversion.keyWrapper, name, row)
    update.run(Object.fromEntries([...set, ...key].map((one) => [one, row[one] ?? null])))
  }
}

/**
 * Wraps the secrets of an older database anew and computes all authentication codes. What it finds is trusted, so it must
 * not run twice: afterwards the database has neither the old check of the root key nor a secret in the old form, without
 * which a migration is refused. Only who has the root key can make them.
 * @param from wrapper of the secrets as they are; that of older databases unless the root key changes
 */
export function authenticate(database: DatabaseSync, keyWrapper: KeyWrapper, from: Wrapper = keyWrapper.older): void {
  database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(ROOT_KEY_ID, keyWrapper.id)
  for (const name of tableNames) authenticateTable(database, { from, keyWrapper }, name)
  const update = database.prepare('UPDATE audit SET sequence = ?, code = ? WHERE sequence = ?')
  let count = 0
  let previous: NonSharedBuffer | undefined
  for (const entry of rowsOf(database, 'audit', ['sequence'])) {
    count += 1
    previous = codeOfEntry(keyWrapper, { ...entry, sequence: count }, previous)
    update.run(count, previous, entry.sequence ?? null)
  }
  openHead(database, keyWrapper, () => 0).rebuild({ count, code: codeBytes(previous) })
}
