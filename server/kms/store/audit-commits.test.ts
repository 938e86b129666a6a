import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { AuditRow } from '../engine/audit.ts'
import { createKeyWrapper } from '../engine/key-wrapper.ts'
import { AUDIT_LOG } from '../testing/audit-log.ts'
import { temporaryFolder } from '../testing/thalassa-server.ts'
import { setSetting } from '../testing/unaudited.ts'
import { rewrapDatabase } from './rewrap.ts'
import { openSqliteStore, type SqliteStore } from './sqlite.ts'
import { verifyContent } from './verification.ts'

const keyWrapper = createKeyWrapper(Buffer.alloc(32, 1))

let folder: string
let file: string
let store: SqliteStore
let database: DatabaseSync
beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder, 'kms.sqlite')
  store = openSqliteStore(file, keyWrapper)
  database = new DatabaseSync(file)
})
afterEach(async () => {
  database.close()
  await store.close()
  rmSync(folder, { recursive: true })
})

const rowOf = (nth: number, more: Partial<AuditRow> = {}): AuditRow => ({
  ...{ cloud: 'c', organisation: 'o', createdAt: nth, action: 'a', resourceType: 't', resource: 'r', user: 'u' },
  ...{ serviceAccount: 's', status: 200, searchText: `row ${nth}`, entry: { nth, text: 'é "quoted" \ud800' } },
  ...more,
})
const everything = { cloud: 'c', organisation: 'o', offset: 0, limit: 1000 }

const count = (table: string) => Number(database.prepare(`SELECT count(*) AS number FROM ${table}`).get()?.number)
const verified = () => verifyContent(file, keyWrapper)

/** Three commits, of entries 1 and 2, 3, and 4 and 5. */
async function appendThree(): Promise<void> {
  await store.appendAudit([rowOf(1), rowOf(2)])
  await store.appendAudit([rowOf(3)])
  await store.appendAudit([rowOf(4), rowOf(5)])
}

it('stores the entries of a commit as one row, which a search moves to the table with one row for each', async () => {
  await appendThree()
  expect([count('audit_commits'), count('audit')]).toEqual([3, 0])
  expect(verified()).toMatchObject({ auditEntries: 5, findings: [] })
  const { rows } = await store.audit(everything)
  expect(rows.map(({ createdAt }) => createdAt)).toEqual([5, 4, 3, 2, 1])
  expect(rows[4]).toMatchObject({ searchText: 'row 1', entry: { nth: 1 } })
  expect([count('audit_commits'), count('audit')]).toEqual([0, 5])
  await store.appendAudit([rowOf(6)])
  expect(verified()).toMatchObject({ auditEntries: 6, findings: [] })
})

it('moves them by itself when no call comes', async () => {
  await appendThree()
  await expect.poll(() => [count('audit_commits'), count('audit')], { timeout: 120_000 }).toEqual([0, 5])
  expect(verified()).toMatchObject({ auditEntries: 5, findings: [] })
})

it('takes entries of another process for calls too, which would wait for a move', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const shared = join(folder, 'shared.sqlite')
  const [busy, idle] = [openSqliteStore(shared, keyWrapper), openSqliteStore(shared, keyWrapper)]
  const reader = new DatabaseSync(shared)
  const moved = () => reader.prepare('SELECT count(*) AS number FROM audit').get()?.number
  for (const nth of [1, 2, 3]) {
    await busy.appendAudit([rowOf(nth)])
    vi.advanceTimersByTime(1000)
    expect(moved()).toBe(0)
  }
  vi.advanceTimersByTime(1000)
  expect(moved()).toBe(3)
  reader.close()
  for (const one of [busy, idle]) await one.close()
})

it('lets no more wait than a search can move in about a second', async () => {
  const many = Array.from({ length: 10_000 }, (_, nth) => rowOf(nth, { entry: {} }))
  for (let nth = 0; nth < 6; nth += 1) await store.appendAudit(many)
  expect(count('audit')).toBeGreaterThanOrEqual(10_000)
  expect((await store.audit({ ...everything, limit: 1 })).total).toBe(60_000)
})

it('gives a search the entries of another process', async () => {
  const other = openSqliteStore(file, keyWrapper)
  await store.appendAudit([rowOf(1)])
  await other.appendAudit([rowOf(2)])
  await store.appendAudit([rowOf(3)])
  for (const one of [other, store])
    expect((await one.audit(everything)).rows.map(({ createdAt }) => createdAt)).toEqual([3, 2, 1])
  await other.close()
  expect(verified()).toMatchObject({ auditEntries: 3, findings: [] })
})

it('keeps what is known of keys while other processes write entries only', async () => {
  const other = openSqliteStore(file, keyWrapper)
  await setSetting(other, 'a', 'b')
  await setImmediate()
  const before = store.dataVersion()
  await other.appendAudit([rowOf(1)])
  await setImmediate()
  expect(store.dataVersion()).toBe(before)
  await other.audit(everything)
  await setImmediate()
  expect(store.dataVersion()).toBe(before)
  await setSetting(other, 'a', 'c')
  await setImmediate()
  const changed = store.dataVersion()
  expect(changed).not.toBe(before)
  expect(await store.setting('a')).toBe('c')
  database.exec("UPDATE settings SET value = 'd' WHERE name = 'a'")
  await setImmediate()
  expect(store.dataVersion()).not.toBe(changed)
  await expect(store.setting('a')).rejects.toThrow('the setting a (table settings) was changed outside of the KMS')
  await other.close()
})

it('holds them all in an image, and after a change of the root key', async () => {
  await appendThree()
  const image = store.takeImage()
  await store.appendAudit([rowOf(6)])
  store.putImage(image)
  expect((await store.audit(everything)).total).toBe(5)

  await store.appendAudit([rowOf(7)])
  const copy = join(folder, 'copy.sqlite')
  database.prepare('VACUUM INTO ?').run(copy)
  const to = createKeyWrapper(Buffer.alloc(32, 2))
  rewrapDatabase(copy, { from: keyWrapper, to })
  expect(verifyContent(copy, to)).toMatchObject({ auditEntries: 6, findings: [] })
})

describe('commits that are changed outside of the KMS', () => {
  const outside = (entries: string) =>
    `entries ${entries} of the audit log (table audit_commits), or those before them, were changed outside of the KMS`

  it.each([
    ['edited', "UPDATE audit_commits SET entries = replace(entries, 'row 3', 'row 9')", outside('3 to 3')],
    ['shortened', 'UPDATE audit_commits SET number = 1 WHERE first = 4', outside('4 to 4')],
    ['removed at the start', 'DELETE FROM audit_commits WHERE first = 1', outside('3 to 3')],
    ['removed within', 'DELETE FROM audit_commits WHERE first = 3', outside('4 to 5')],
    [
      'removed at the end',
      'DELETE FROM audit_commits WHERE first = 4',
      'the audit log (table audit_commits) ends with entry 3, not with entry 5',
    ],
    ['removed', 'DELETE FROM audit_commits', 'the audit log (table audit_commits) ends with entry 0, not with entry 5'],
    [
      'exchanged',
      `UPDATE audit_commits SET first = -3 WHERE first = 3; UPDATE audit_commits SET first = 3 WHERE first = 4;
       UPDATE audit_commits SET first = 4 WHERE first = -3`,
      outside('3 to 4'),
    ],
  ])('%s: the log is not shown, and verify names it; later calls are logged', async (_, statement, finding) => {
    await appendThree()
    database.exec(statement)
    expect(verified().findings.join('\n')).toContain(finding)
    await expect(store.audit(everything)).rejects.toThrow(/the audit log|of the audit log/)
    await store.appendAudit([rowOf(6)])
    expect(count(AUDIT_LOG)).toBeGreaterThan(0)
    expect(verified().findings).not.toEqual([])
  })
})
