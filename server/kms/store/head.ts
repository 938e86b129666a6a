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

/** Place in the audit log: after an entry. */
export interface LogPlace {
  /** Number of entries up to here, and the sequence number of the last one. */
  readonly count: number
  /** Code of the last entry, or of the commit that ends with it; empty without entries. */
  readonly code: Uint8Array<ArrayBuffer>
}

/** End of the audit log, which the next commit covers. */
export interface LogEnd extends LogPlace {
  /** End of the table `audit`. */
  readonly rows: LogPlace
  /** Code that the first row of the table `audit_commits` covers; that of the end without any. */
  readonly before: Uint8Array<ArrayBuffer>
}

/** End of a log whose entries are all in the table `audit`. */
export const endOfRows = (rows: LogPlace): LogEnd => ({ ...rows, rows, before: rows.code })

/** Sums of the secret digests of all codes in a group: each row is in it once. */
type GroupSums = Record<Group, Buffer>

interface Content {
  readonly log: LogEnd
  readonly sums: GroupSums
  readonly nonce: string
  /** Hidden sums. */
  readonly stored: Stored['sums']
}

/** The code in base64. */
interface StoredPlace {
  readonly count: number
  readonly code: string
}

interface Stored {
  /** Of databases without commits only a place. */
  readonly log: StoredPlace & { readonly rows?: StoredPlace; readonly before?: string }
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

const placeOf = ({ count, code }: StoredPlace): LogPlace => ({ count, code: Buffer.from(code, 'base64') })
const storedPlace = ({ count, code }: LogPlace): StoredPlace => ({ count, code: codeText(code) })

function endOf({ count, code, rows, before }: Stored['log']): LogEnd {
  const place = placeOf({ count, code })
  if (!rows || before === undefined) return endOfRows(place)
  return { ...place, rows: placeOf(rows), before: Buffer.from(before, 'base64') }
}

/** @throws IntegrityError for a head that is gone or changed */
export function readHead(database: DatabaseSync, keyWrapper: KeyWrapper): Content {
  const row = database.prepare('SELECT content, code FROM head').get()
  if (!row) throw new IntegrityError('the head of the database (table head) is missing')
  const content = String(row.content)
  if (!isCode(row.code, codeOfContent(keyWrapper, content)))
    throw new IntegrityError('the head of the database (table head) was changed outside of the KMS')
  const { log, nonce, sums }: Stored = JSON.parse(content)
  const bytes = { keys: Buffer.from(sums.keys, 'base64'), access: Buffer.from(sums.access, 'base64') }
  return { log: endOf(log), sums: hidden(keyWrapper, bytes, nonce), nonce, stored: sums }
}

export interface Head extends Sums {
  /** End of the audit log. */
  log(): LogEnd
  setLog(log: LogEnd): void
  /**
   * Number that changes when another process changes rows of keys or access, or anything without the head; what it adds to
   * the audit log alone leaves it unchanged.
   */
  revision(): number
  /** Writes what has changed, before a transaction ends. */
  save(): void
  /** Notes that what was saved is stored, after a transaction has ended. */
  keep(): void
  /** Forgets what was not saved, after a transaction was rolled back. */
  forget(): void
  /** Makes the head of the rows that are stored, with the given end of the table `audit`. */
  rebuild(rows: LogPlace): void
}

interface Committed extends Pick<Content, 'log' | 'nonce'> {}

/** Whether only the audit log has been written between two states of the head. */
const isOnlyLonger = (before: Committed, after: Committed): boolean =>
  before.nonce === after.nonce && (before.log.count < after.log.count || before.log.rows.count < after.log.rows.count)

/** @param dataVersion changes when another process writes to the database */
export function openHead(database: DatabaseSync, keyWrapper: KeyWrapper, dataVersion: () => number): Head {
  const put = database.prepare('INSERT OR REPLACE INTO head (one, content, code) VALUES (1, ?, ?)')
  let known: Content | undefined
  /** State that is stored, as far as it was read or written here. */
  let committed: Committed | undefined
  let version = -1
  let revision = 0
  let isLogChanged = false
  let areSumsChanged = false

  function load(now: number): Content {
    const isOfOthers = now !== version
    let isSameBesides = !isOfOthers
    known = undefined
    version = now
    try {
      const content = readHead(database, keyWrapper)
      isSameBesides ||= committed !== undefined && isOnlyLonger(committed, content)
      committed = content
      known = content
      return content
    } finally {
      if (!isSameBesides) revision += 1
    }
  }

  function current(): Content {
    if (known && (isLogChanged || areSumsChanged)) return known
    const now = dataVersion()
    return known && now === version ? known : load(now)
  }

  function write({ log, nonce, stored }: Pick<Content, 'log' | 'nonce' | 'stored'>): void {
    const { rows, before, ...end } = log
    const content = JSON.stringify({
      log: { ...storedPlace(end), rows: storedPlace(rows), before: codeText(before) },
      nonce,
      sums: stored,
    } satisfies Stored)
    put.run(content, codeOfContent(keyWrapper, content))
  }

  function settle(): void {
    isLogChanged = false
    areSumsChanged = false
  }

  function hide(sums: GroupSums): Pick<Content, 'nonce' | 'stored'> {
    const nonce = randomBytes(16).toString('base64')
    return { nonce, stored: inBase64(hidden(keyWrapper, sums, nonce)) }
  }

  return {
    log: () => current().log,
    setLog(log) {
      known = { ...current(), log }
      isLogChanged = true
    },
    revision() {
      const now = dataVersion()
      if (now === version) return revision
      try {
        load(now)
      } catch (error) {
        // Whoever needs the head learns of it; the rows are read again now.
        if (!(error instanceof IntegrityError)) throw error
      }
      return revision
    },
    replace(group, before, after) {
      const { sums } = current()
      if (before) addTo(sums[group], keyWrapper.digest(before))
      if (after) addTo(sums[group], keyWrapper.digest(after))
      areSumsChanged = true
    },
    save() {
      if (!known || !(isLogChanged || areSumsChanged)) return
      if (areSumsChanged) known = { ...known, ...hide(known.sums) }
      write(known)
      settle()
    },
    keep() {
      committed = known ?? committed
    },
    forget() {
      known = undefined
      settle()
    },
    rebuild(rows) {
      const sums = sumsIn(database, keyWrapper)
      write({ log: endOfRows(rows), ...hide(sums) })
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
      const result = transaction(() => {
        const made = work()
        if (isKept(made)) head.save()
        else head.forget()
        return made
      }, isKept)
      head.keep()
      return result
    } catch (error) {
      head.forget()
      throw error
    }
  }
