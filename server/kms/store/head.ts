/**
 * Head of a database: one row that authenticates what single rows can't: the end of the audit log, and which rows
 * there are. Each transaction that changes one of them changes it too.
 */
import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { IntegrityError } from '../engine/store.ts'
import { codeText, type Group, inGroup, isCode, type Sums, tableNames, tables } from './tables.ts'
import type { Transaction } from './transactions.ts'

/** End of the audit log. */
export interface LogEnd {
  /** Number of entries, and the sequence number of the last one. */
  readonly count: number
  /** Code of the last entry; empty without entries. */
  readonly code: Uint8Array<ArrayBuffer>
}

/** Sums of the secret digests of all codes in a group: each row is in it once. */
type GroupSums = Record<Group, Buffer>

interface Content {
  readonly log: LogEnd
  readonly sums: GroupSums
}

interface Stored {
  /** The code in base64. */
  readonly log: { readonly count: number; readonly code: string }
  /** Random, base64; a new one hides each state of the sums. */
  readonly nonce: string
  /** Hidden sums, base64: known sums of known rows could be composed. */
  readonly sums: Readonly<Record<Group, string>>
}

export const SUM_LENGTH = 32

export function addTo(sum: Buffer, digest: Uint8Array): void {
  for (let index = 0; index < SUM_LENGTH; index += 1) sum[index] = (sum[index] ?? 0) ^ (digest[index] ?? 0)
}

const emptySums = (): GroupSums => ({ keys: Buffer.alloc(SUM_LENGTH), access: Buffer.alloc(SUM_LENGTH) })

/**
 * Sums of the rows as stored, without a look at what their codes cover.
 * @param ignored setting that is not one of the KMS
 */
export function sumsIn(
  database: DatabaseSync,
  keyWrapper: KeyWrapper,
  groups: readonly Group[] = ['keys', 'access'],
  ignored = '',
): GroupSums {
  const sums = emptySums()
  for (const group of groups)
    for (const name of tableNames) {
      const condition = inGroup(name, group)
      if (condition === undefined) continue
      const columns = [...tables[name].key, 'code'].join(', ')
      for (const row of database.prepare(`SELECT ${columns} FROM ${name} WHERE ${condition}`).iterate())
        if (row.code instanceof Uint8Array && !(name === 'settings' && row.name === ignored))
          addTo(sums[group], keyWrapper.digest(row.code))
    }
  return sums
}

const codeOfContent = (keyWrapper: KeyWrapper, content: string) => keyWrapper.code(JSON.stringify(['head', content]))

function hidden(keyWrapper: KeyWrapper, { keys, access }: GroupSums, nonce: string): GroupSums {
  const padded = (group: Group, sum: Buffer) => {
    const result = Buffer.from(sum)
    addTo(result, keyWrapper.code(JSON.stringify(['pad', group, nonce])))
    return result
  }
  return { keys: padded('keys', keys), access: padded('access', access) }
}

const inBase64 = ({ keys, access }: GroupSums) => ({ keys: keys.toString('base64'), access: access.toString('base64') })

/** @throws IntegrityError for a head that is gone or changed */
export function readHead(database: DatabaseSync, keyWrapper: KeyWrapper): Content {
  const row = database.prepare('SELECT content, code FROM head').get()
  if (!row) throw new IntegrityError('the head of the database (table head) is missing')
  const content = String(row.content)
  if (!isCode(row.code, codeOfContent(keyWrapper, content)))
    throw new IntegrityError('the head of the database (table head) was changed outside of the KMS')
  const { log, nonce, sums }: Stored = JSON.parse(content)
  const bytes = { keys: Buffer.from(sums.keys, 'base64'), access: Buffer.from(sums.access, 'base64') }
  return { log: { ...log, code: Buffer.from(log.code, 'base64') }, sums: hidden(keyWrapper, bytes, nonce) }
}

export interface Head extends Sums {
  /** End of the audit log within a transaction. */
  log(): LogEnd
  setLog(log: LogEnd): void
  /** Writes what has changed, before a transaction ends. */
  save(): void
  /** Forgets what was not saved, after a transaction was rolled back. */
  forget(): void
  /** Makes the head of the rows that are stored, with the given end of the log. */
  rebuild(log: LogEnd): void
}

/** @param dataVersion changes when another process writes to the database */
export function openHead(database: DatabaseSync, keyWrapper: KeyWrapper, dataVersion: () => number): Head {
  const put = database.prepare('INSERT OR REPLACE INTO head (one, content, code) VALUES (1, ?, ?)')
  let known: { log: LogEnd; sums: GroupSums; nonce: string; stored: Stored['sums'] } | undefined
  let version = -1
  let isLogChanged = false
  let areSumsChanged = false

  function current() {
    if (known && (isLogChanged || areSumsChanged)) return known
    const now = dataVersion()
    if (known && now === version) return known
    const { log, sums } = readHead(database, keyWrapper)
    const nonce = randomBytes(16).toString('base64')
    known = { log, sums, nonce, stored: inBase64(hidden(keyWrapper, sums, nonce)) }
    version = now
    return known
  }

  function write({ count, code }: LogEnd, nonce: string, sums: Stored['sums']): void {
    const log = { count, code: codeText(code) }
    const content = JSON.stringify({ log, nonce, sums } satisfies Stored)
    put.run(content, codeOfContent(keyWrapper, content))
  }

  function settle(): void {
    isLogChanged = false
    areSumsChanged = false
  }

  return {
    log: () => current().log,
    setLog(log) {
      current().log = log
      isLogChanged = true
    },
    replace(group, before, after) {
      const { sums } = current()
      if (before) addTo(sums[group], keyWrapper.digest(before))
      if (after) addTo(sums[group], keyWrapper.digest(after))
      areSumsChanged = true
    },
    save() {
      if (!known || !(isLogChanged || areSumsChanged)) return
      if (areSumsChanged) {
        known.nonce = randomBytes(16).toString('base64')
        known.stored = inBase64(hidden(keyWrapper, known.sums, known.nonce))
      }
      write(known.log, known.nonce, known.stored)
      settle()
    },
    forget() {
      known = undefined
      settle()
    },
    rebuild(log) {
      const nonce = randomBytes(16).toString('base64')
      write(log, nonce, inBase64(hidden(keyWrapper, sumsIn(database, keyWrapper), nonce)))
      known = undefined
      settle()
    },
  }
}

/** Transactions that save the head with the rows, and forget it with them. */
export const withHead =
  (transaction: Transaction, head: Head): Transaction =>
  (work, isKept = () => true) => {
    try {
      return transaction(() => {
        const result = work()
        if (isKept(result)) head.save()
        else head.forget()
        return result
      }, isKept)
    } catch (error) {
      head.forget()
      throw error
    }
  }
