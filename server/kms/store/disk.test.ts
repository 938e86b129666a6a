import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AuditRow } from '../engine/audit.ts'
import { createKeyWrapper } from '../engine/key-wrapper.ts'
import { DiskError } from '../engine/store.ts'
import { openAuditTable } from './audit.ts'
import { openHead, withHead } from './head.ts'
import { migrate } from './migrations.ts'
import { openSnapshots, openTransactions } from './transactions.ts'

const keyWrapper = createKeyWrapper(Buffer.alloc(32, 1))

let folder: string
let database: DatabaseSync
let reported: unknown[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'disk-'))
  database = new DatabaseSync(join(folder, 'kms.sqlite'))
  migrate(database, keyWrapper)
  reported = []
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

const row = (action: string): AuditRow => ({
  cloud: 'c',
  organisation: 'o',
  createdAt: 1,
  action,
  resourceType: '',
  resource: '',
  user: '',
  serviceAccount: '',
  status: 200,
  searchText: '',
  entry: { text: 'x'.repeat(5000) },
})

/** A limit of pages, at which SQLite fails as on a full disk. */
const fill = () => database.exec(`PRAGMA max_page_count = ${database.prepare('PRAGMA page_count').get()?.page_count}`)
const free = () => database.exec('PRAGMA max_page_count = 10000')

const open = () => {
  const { transaction: begin } = openTransactions(database, join(folder, 'kms.sqlite'))
  const head = openHead(database, keyWrapper, () => 0)
  const transaction = withHead(begin, head)
  const report = (error: unknown) => void reported.push(error)
  const snapshot = openSnapshots(database)
  const sync = async () => undefined
  const services = { transaction, sync, snapshot, keyWrapper, head, currentVersion: () => 0, report }
  return { transaction, trail: openAuditTable(database, services) }
}

test('a full disk is named, though SQLite has rolled back by itself, and the next change works', () => {
  const { transaction } = open()
  const put = () =>
    transaction(() => database.prepare('INSERT INTO settings (name, value) VALUES (?, ?)').run('a', 'x'.repeat(50_000)))
  fill()
  expect(put).toThrow(DiskError)
  expect(put).toThrow(`The disk of ${folder} is full. Free space on it.`)
  free()
  put()
  expect(database.prepare('SELECT length(value) AS length FROM settings WHERE name = ?').get('a')).toEqual({
    length: 50_000,
  })
})

test('entries of calls that changed nothing wait in memory, in their order, and are written once there is space', async () => {
  const { trail } = open()
  await trail.append([row('before')])
  fill()
  for (const action of ['1', '2', '3']) await trail.append([row(action)])
  expect(trail.problem()).toBe(
    "The disk of the data folder is full or can't be written: 3 entries of the audit log wait in memory. The log names the folder.",
  )
  expect(reported).toHaveLength(1)
  free()
  await trail.append([row('4')])
  expect(trail.problem()).toBeUndefined()
  const { rows } = await trail.find({ cloud: 'c', organisation: 'o', offset: 0, limit: 10 })
  expect(rows.map(({ action }) => action)).toEqual(['4', '3', '2', '1', 'before'])
})

test('a stop tells how many entries are lost', async () => {
  const { trail } = open()
  fill()
  await trail.append([row('1'), row('2')])
  await expect(trail.close()).rejects.toThrow('2 entries of the audit log are lost')
})

test('calls are refused once memory holds ten thousand entries', async () => {
  const { trail } = open()
  fill()
  const many = Array.from({ length: 10_000 }, () => ({ ...row('x'), entry: {} }))
  await trail.append(many)
  await expect(trail.append([row('one too many')])).rejects.toThrow("the audit log can't be written")
  free()
  await trail.append([row('last')])
  expect((await trail.find({ cloud: 'c', organisation: 'o', offset: 0, limit: 1 })).total).toBe(10_001)
})
