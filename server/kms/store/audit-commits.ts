/**
 * Entries of the audit log as they were committed: those of a commit are one row with one code, which costs a fraction of
 * a row for each. They are moved to the table `audit`, which can be searched, when the server has time or somebody asks.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { AuditRow } from '../engine/audit.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { IntegrityError } from '../engine/store.ts'
import { COVERED, type Content, codeOfValues, contentOf } from './audit-rows.ts'
import type { Head, LogPlace } from './head.ts'
import { integer, text } from './rows.ts'
import { codeBytes, codeText, isCode, type Row } from './tables.ts'

export interface AuditCommits {
  /** Adds entries, at least one, within an open transaction. */
  append(rows: readonly AuditRow[]): void
  /** Number of entries that are not in the table `audit` yet. */
  waiting(): number
  /**
   * Moves the oldest commits, at least one and about `most` entries, within an open transaction.
   * @throws IntegrityError for a commit that was changed, or is missing
   */
  move(most: number): void
}

interface Commit {
  /** Sequence number of the first entry. */
  readonly first: number
  readonly number: number
  /** JSON array of `Content`. */
  readonly entries: string
}

/** Code of a commit, which covers the code of the commit or entry before. */
const codeOfCommit = (
  keyWrapper: KeyWrapper,
  { first, number, entries }: Commit,
  before: LogPlace['code'],
): NonSharedBuffer => keyWrapper.code(`audit commit\n${first} ${number}\n${codeText(before)}\n${entries}`)

/**
 * Place after a commit.
 * @throws IntegrityError for a commit that has another code, or does not follow the place
 */
export function assertCommit(keyWrapper: KeyWrapper, row: Row, { count, code }: LogPlace): LogPlace {
  const commit: Commit = { first: integer(row.first), number: integer(row.number), entries: text(row.entries) }
  const { first, number } = commit
  if (first === count + 1 && isCode(row.code, codeOfCommit(keyWrapper, commit, code)))
    return { count: count + number, code: codeBytes(row.code) }
  throw new IntegrityError(
    `entries ${first} to ${first + number - 1} of the audit log (table audit_commits), or those before them, were changed outside of the KMS`,
  )
}

export function openAuditCommits(
  database: DatabaseSync,
  { keyWrapper, head }: { readonly keyWrapper: KeyWrapper; readonly head: Pick<Head, 'log' | 'setLog'> },
): AuditCommits {
  const sql = {
    append: database.prepare('INSERT INTO audit_commits (first, number, entries, code) VALUES (?, ?, ?, ?)'),
    oldest: database.prepare('SELECT * FROM audit_commits ORDER BY first LIMIT 1'),
    remove: database.prepare('DELETE FROM audit_commits WHERE first = ?'),
    insert: database.prepare(`INSERT INTO audit (${COVERED.join(', ')}, code)
      VALUES (${COVERED.map(() => '?').join(', ')}, ?)`),
  }

  function insert(end: LogPlace, [columns, entry]: Content): LogPlace {
    const count = end.count + 1
    const values: readonly SQLInputValue[] = [count, ...columns, JSON.stringify(entry)]
    const code = codeOfValues(keyWrapper, values, end.code)
    sql.insert.run(...values, code)
    return { count, code }
  }

  return {
    append(rows) {
      const end = head.log()
      const number = rows.length
      const commit = { first: end.count + 1, number, entries: JSON.stringify(rows.map(contentOf)) }
      const code = codeOfCommit(keyWrapper, commit, end.code)
      sql.append.run(commit.first, number, commit.entries, code)
      head.setLog({ ...end, count: end.count + number, code })
    },

    waiting() {
      const { count, rows } = head.log()
      return count - rows.count
    },

    move(most) {
      const log = head.log()
      let { rows: end } = log
      let place: LogPlace = { count: end.count, code: log.before }
      while (end.count < log.rows.count + most) {
        const row = sql.oldest.get()
        if (!row) break
        place = assertCommit(keyWrapper, row, place)
        const contents: readonly Content[] = JSON.parse(text(row.entries))
        for (const content of contents) end = insert(end, content)
        sql.remove.run(place.count + 1 - integer(row.number))
      }
      const isAll = end.count === log.count
      if (!isAll && sql.oldest.get() === undefined)
        throw new IntegrityError('the audit log (table audit_commits) has lost entries')
      head.setLog(isAll ? { ...end, rows: end, before: end.code } : { ...log, rows: end, before: place.code })
    },
  }
}
