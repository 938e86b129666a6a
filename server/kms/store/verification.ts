/** Verifies the whole content of a database file, also while servers have it open. */
import type { DatabaseSync } from 'node:sqlite'
import { ENCRYPTIONS_KIND, rotationWarning } from '../engine/encryption-counts.ts'
import type { KeyWrapper, Wrapper } from '../engine/key-wrapper.ts'
import { IntegrityError } from '../engine/store.ts'
import { EMBEDDED_ROOT_KEY } from '../engine/wrapped-names.ts'
import { assertAccessSum } from './access.ts'
import { assertCommit } from './audit-commits.ts'
import { assertEntry } from './audit-rows.ts'
import { nameOfSecret } from './authenticate.ts'
import { type Contents, findingIn, reading } from './database-file.ts'
import { type LogPlace, readHead, sumsIn } from './head.ts'
import { hasKeyCounts, isAuthenticated, schemaOf } from './migrations.ts'
import { integer, text } from './rows.ts'
import { assertRow, codeBytes, codeText, type Row, type TableName, tableNames } from './tables.ts'

export interface Verification extends Contents {
  readonly settings: number
  readonly resources: number
  readonly auditEntries: number
  /** What is wrong, by name; empty if everything is as the KMS wrote it. */
  readonly findings: readonly string[]
  /** Keys that should be rotated, as sentences. */
  readonly warnings: readonly string[]
}

type Report = (finding: string) => void

/** Reports an IntegrityError of a check. */
function reporting(report: Report, check: () => void): void {
  try {
    check()
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error
    report(error.finding)
  }
}

function checkSecret(wrapper: Wrapper, name: TableName, row: Row, report: Report): boolean {
  const secretName = nameOfSecret(name, row)
  if (secretName === undefined) return true
  const wrapped = row.wrapped instanceof Uint8Array ? row.wrapped : Buffer.from(text(row.value), 'base64')
  try {
    wrapper.unwrap(secretName, wrapped).fill(0)
    return true
  } catch {
    report(`its root key does not open its ${secretName}`)
    return false
  }
}

/** Keys whose versions are not the ones from 1 to the latest. */
function checkVersions(database: DatabaseSync, report: Report): void {
  const counts = database.prepare(`SELECT id, location, latest_version,
      (SELECT count(*) FROM versions WHERE versions.cloud = keys.cloud AND versions.location = keys.location
        AND key_id = id) AS number,
      (SELECT max(version) FROM versions WHERE versions.cloud = keys.cloud AND versions.location = keys.location
        AND key_id = id) AS newest FROM keys`)
  for (const { id, location, latest_version: latest, number, newest } of counts.iterate())
    if (number !== latest || newest !== latest)
      report(`the key ${id} in ${location} (table keys) has ${number} of its ${latest} versions (table versions)`)
}

/** Key spaces whose counts are not those of their keys. */
function checkCounts(database: DatabaseSync, report: Report): void {
  const isCounted = database
    .prepare(`SELECT NOT EXISTS (
      SELECT cloud, location, scope, status, count(*) FROM keys WHERE origin IS NULL GROUP BY cloud, location, scope, status
      EXCEPT SELECT cloud, location, scope, status, number FROM key_counts)
      AND (SELECT count(*) FROM keys WHERE origin IS NULL) = (SELECT coalesce(sum(number), 0) FROM key_counts) AS yes`)
    .get()
  if (isCounted?.yes !== 1) report('counts of keys (table key_counts) were changed outside of the KMS')
}

/** Place after the entries of the table `audit`. */
function checkEntries(database: DatabaseSync, keyWrapper: KeyWrapper, report: Report): LogPlace & { number: number } {
  let previous: Row | undefined
  let number = 0
  for (const row of database.prepare('SELECT * FROM audit ORDER BY sequence').iterate()) {
    number += 1
    const before = integer(previous?.sequence ?? 0)
    if (integer(row.sequence) !== before + 1)
      report(`entries ${before + 1} to ${integer(row.sequence) - 1} of the audit log (table audit) are missing`)
    reporting(report, () => assertEntry(keyWrapper, row, previous?.code))
    previous = row
  }
  return { count: integer(previous?.sequence ?? 0), code: codeBytes(previous?.code), number }
}

/** Place after the entries of the table `audit_commits`, which follow a place. */
function checkCommits(database: DatabaseSync, keyWrapper: KeyWrapper, start: LogPlace): LogPlace {
  let place = start
  // Older databases have no such table.
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'audit_commits'").get() === undefined) return place
  for (const row of database.prepare('SELECT * FROM audit_commits ORDER BY first').iterate())
    place = assertCommit(keyWrapper, row, place)
  return place
}

/** Number of entries in both tables. */
function checkLog(database: DatabaseSync, keyWrapper: KeyWrapper, report: Report): number {
  const { number, ...rows } = checkEntries(database, keyWrapper, report)
  let last = rows.count
  const assertEnd = (table: string, { count, code }: LogPlace, expected: LogPlace) => {
    if (expected.count !== count || codeText(expected.code) !== codeText(code))
      report(`the audit log (table ${table}) ends with entry ${count}, not with entry ${expected.count}`)
  }
  reporting(report, () => {
    const { log } = readHead(database, keyWrapper)
    assertEnd('audit', rows, log.rows)
    const end = checkCommits(database, keyWrapper, { count: log.rows.count, code: log.before })
    last = end.count
    if (log.count > log.rows.count) assertEnd('audit_commits', end, log)
  })
  return number + last - rows.count
}

function usedTooOften(database: DatabaseSync): string[] {
  const counted = database.prepare(`SELECT handle, keys.id, latest_version, content FROM resources JOIN keys
    ON resources.cloud = keys.cloud AND resources.id = keys.location || '/' || keys.id WHERE kind = ?`)
  return counted
    .all(ENCRYPTIONS_KIND)
    .map((row) => {
      const key = { uniqueName: text(row.handle), id: text(row.id), latestVersion: integer(row.latest_version) }
      return rotationWarning(key, JSON.parse(text(row.content)))
    })
    .filter((warning) => warning !== undefined)
}

function checkSums(database: DatabaseSync, keyWrapper: KeyWrapper, report: Report): void {
  reporting(report, () => assertAccessSum(database, keyWrapper, EMBEDDED_ROOT_KEY))
  reporting(report, () => {
    if (!sumsIn(database, keyWrapper, ['keys']).keys.equals(readHead(database, keyWrapper).sums.keys))
      report('rows of the tables keys and versions were removed, added or put back to an earlier state')
  })
}

/**
 * Verifies pages, indexes, secrets, the code of each row, the audit log, and that no row is missing. A database of a
 * schema without codes is verified as far as it can be.
 * @param atRest no process writes to the file, so no files are created beside it
 */
export function verifyContent(file: string, keyWrapper: KeyWrapper, atRest = false): Verification {
  const findings = new Set<string>()
  const report: Report = (finding) => void findings.add(finding)
  const read = (database: DatabaseSync): Verification => {
    database.exec('BEGIN')
    const damage = findingIn(database, true)
    const isNew = isAuthenticated(schemaOf(database))
    const wrapper = isNew ? keyWrapper : keyWrapper.older
    const numbers = new Map<string, number>()
    let warnings: readonly string[] = []
    if (damage !== undefined) report(damage)
    else {
      for (const name of tableNames) {
        let number = 0
        for (const row of database.prepare(`SELECT * FROM ${name}`).iterate()) {
          if (row.name === EMBEDDED_ROOT_KEY) continue
          number += 1
          if (checkSecret(wrapper, name, row, report) && isNew)
            reporting(report, () => assertRow(keyWrapper, name, row))
        }
        numbers.set(name, number)
      }
      checkVersions(database, report)
      if (hasKeyCounts(schemaOf(database))) checkCounts(database, report)
      if (isNew) {
        numbers.set('audit', checkLog(database, keyWrapper, report))
        checkSums(database, keyWrapper, report)
        // Content that was changed outside of the KMS is not read.
        if (findings.size === 0) warnings = usedTooOften(database)
      }
    }
    database.exec('COMMIT')
    const numberOf = (name: string) => numbers.get(name) ?? 0
    return {
      keys: numberOf('keys'),
      versions: numberOf('versions'),
      credentials: numberOf('credentials'),
      settings: numberOf('settings'),
      resources: numberOf('resources'),
      auditEntries: numberOf('audit'),
      findings: [...findings],
      warnings,
    }
  }
  return reading(file, read, atRest)
}
