import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditQuery, AuditRow } from '../engine/audit.ts'
import { createKeyWrapper } from '../engine/key-wrapper.ts'
import { temporaryFolder } from '../testing/thalassa-server.ts'
import { openSqliteStore, type SqliteStore } from './sqlite.ts'

const keyWrapper = createKeyWrapper(Buffer.alloc(32, 1))

let folder: string
let file: string
let store: SqliteStore
/** Newest first. */
let all: AuditRow[] = []
beforeAll(async () => {
  folder = temporaryFolder()
  file = join(folder, 'kms.sqlite')
  store = openSqliteStore(file, keyWrapper)
  await append(5000)
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const rowOf = (nth: number): AuditRow => ({
  cloud: nth % 10 === 3 ? 'other' : 'c',
  organisation: 'o',
  // The clock is set back at times.
  createdAt: nth - (nth % 1000 === 0 ? 500 : 0),
  action: nth % 3 === 0 ? 'encrypt' : 'POST',
  resourceType: nth % 7 === 0 ? 'iam' : 'kms-key',
  resource: `key-${nth % 40}`,
  user: nth % 2 === 0 ? 'alice' : '',
  serviceAccount: nth % 2 === 0 ? '' : 'robot',
  status: nth % 50 === 0 ? 400 : 200,
  searchText: nth % 2999 === 0 ? 'rare WORDS' : `row ${nth} of Key-${nth % 40}`,
  entry: { nth },
})

async function append(count: number, to = store): Promise<void> {
  const rows = Array.from({ length: count }, (_, nth) => rowOf(all.length + nth))
  await to.appendAudit(rows)
  all = [...rows.toReversed(), ...all]
}

function expected(query: AuditQuery) {
  const found = all.filter(
    (row) =>
      row.cloud === query.cloud &&
      row.organisation === query.organisation &&
      (query.actions?.includes(row.action) ?? true) &&
      (query.resourceTypes?.includes(row.resourceType) ?? true) &&
      (query.statuses?.includes(row.status) ?? true) &&
      row.createdAt >= (query.from ?? -Infinity) &&
      row.createdAt < (query.to ?? Infinity) &&
      row.resource === (query.resource ?? row.resource) &&
      row.user === (query.user ?? row.user) &&
      row.serviceAccount === (query.serviceAccount ?? row.serviceAccount) &&
      row.searchText.toLowerCase().includes((query.text ?? '').toLowerCase()),
  )
  return { total: found.length, rows: found.slice(query.offset, query.offset + query.limit) }
}

const filters: readonly Partial<AuditQuery>[] = [
  {},
  { organisation: 'none' },
  { cloud: 'other' },
  { actions: ['encrypt'] },
  { actions: ['encrypt', 'POST'], resourceTypes: ['iam'] },
  { statuses: [400] },
  { user: 'alice', text: 'KEY-7' },
  { serviceAccount: 'robot' },
  { text: 'words' },
  { text: 'row 77 ' },
  { text: 'nowhere' },
  { resource: 'key-4' },
  { resource: 'key-4', text: 'row 44', actions: ['POST'] },
  { resource: 'none' },
  { from: 2990, to: 3010 },
  { from: 3500, to: 6000, statuses: [400] },
  { from: 4990 },
  { to: 4, user: 'alice' },
]

async function expectAll(): Promise<void> {
  for (const filter of filters)
    for (const [offset, limit] of [
      [0, 50],
      [30, 5],
      [3210, 50],
      [50_000, 10],
    ] as const) {
      const query = { cloud: 'c', organisation: 'o', ...filter, offset, limit }
      expect(await store.audit(query), JSON.stringify(query)).toEqual(expected(query))
    }
}

test('any page of any filter has the matching entries, newest first, also while the log grows', async () => {
  await expectAll()
  await expectAll()
  await append(1)
  await expectAll()
  await append(2500)
  await expectAll()
})

test('entries of another process are found, and the loss of one is noticed', async () => {
  const other = openSqliteStore(file, keyWrapper)
  await append(20, other)
  await other.close()
  await expectAll()
  const database = new DatabaseSync(file)
  database.exec('DELETE FROM audit WHERE sequence = 100')
  database.close()
  for (const filter of [{}, { text: 'words' }, { resource: 'key-4' }])
    await expect(store.audit({ cloud: 'c', organisation: 'o', ...filter, offset: 0, limit: 1 })).rejects.toThrow(
      'the audit log (table audit) has lost entries, or has others',
    )
})

test('searches at a time for the same see the same, and each entry once', async () => {
  const other = openSqliteStore(join(folder, 'second.sqlite'), keyWrapper)
  await other.appendAudit(all.slice(0, 5000).reverse())
  const query = { cloud: 'c', organisation: 'o', offset: 0, limit: 1 }
  const found = [{ text: 'key-4' }, { text: 'key-4' }, { user: 'alice' }].map((filter) =>
    other.audit({ ...query, ...filter }),
  )
  const [one, two, three] = await Promise.all(found)
  expect(one?.total).toBeGreaterThan(100)
  expect(two).toEqual(one)
  expect(three?.total).toBeGreaterThan(2000)
  await other.close()
})

test('an image that replaces the log is searched, not what was counted before', async () => {
  const other = openSqliteStore(join(folder, 'third.sqlite'), keyWrapper)
  const image = other.takeImage()
  await other.appendAudit(all.slice(0, 5000))
  const query = { cloud: 'c', organisation: 'o', offset: 0, limit: 1 }
  expect((await other.audit(query)).total).toBeGreaterThan(4000)
  other.putImage(image)
  expect(await other.audit(query)).toEqual({ total: 0, rows: [] })
  await other.close()
})
