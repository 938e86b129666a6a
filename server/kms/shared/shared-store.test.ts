/** A local KMS's content in PostgreSQL: what every store does, and what several processes see of each other. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPostgres } from '../../records/postgres.ts'
import { newPostgresDatabase } from '../../records/testing/databases.ts'
import { type Network, startNetwork } from '../../testing/cut-connections.ts'
import { runSql } from '../../testing/postgres.ts'
import { AuditError, unaudited } from '../engine/audit.ts'
import { DiskError } from '../engine/store.ts'
import { keyNamed, space, testStore, versionOf } from '../testing/store-contract.ts'
import { temporaryFolder } from '../testing/thalassa-server.ts'
import { addCredential, jobAudit, keyOnly } from '../testing/unaudited.ts'
import { openSharedFolder } from './shared-folder.ts'
import type { SharedStore } from './shared-store.ts'

const rootKey = Buffer.alloc(32, 1).toString('base64')

let url: string
let folder: string
let store: SharedStore
let opened: SharedStore[]

async function open(address = url, mostBytes = 1 << 24): Promise<SharedStore> {
  const database = openPostgres(address, { of: 'kms' })
  const made = await openSharedFolder({ database, dataDir: folder, rootKey, mostBytes })
  opened.push(made.store)
  return made.store
}

beforeEach(async () => {
  url = await newPostgresDatabase()
  folder = temporaryFolder()
  opened = []
  store = await open()
})

afterEach(async () => {
  for (const one of opened) await one.close()
  rmSync(folder, { recursive: true })
})

const entry = {
  ...{ cloud: 'c', organisation: 'o', createdAt: 1, action: 'a', resourceType: 't', resource: 'r', user: '' },
  ...{ serviceAccount: '', status: 200, searchText: '', entry: {} },
}
const all = { cloud: 'c', organisation: 'o', offset: 0, limit: 10 }

/** Bytes of all that the tables hold. */
async function contentOf(address: string): Promise<Buffer> {
  const database = openPostgres(address, { of: 'kms' })
  const parts = await database.read('SELECT part AS text FROM kms_snapshot UNION ALL SELECT changeset FROM kms_changes')
  await database.close()
  return Buffer.concat(parts.map(({ text }) => Buffer.from(String(text), 'base64')))
}

describe('store', () => {
  testStore(
    () => store,
    () => open(),
  )
})

describe('two processes', () => {
  it('see each other’s changes once they are answered', async () => {
    const other = await open()
    await store.insert(keyNamed('a'), versionOf(1), keyOnly)
    await other.refresh()
    const before = other.dataVersion()
    expect(other.get(keyNamed('a'))?.status).toBe('on')
    await store.change(keyNamed('a'), (key) => ({ key: { ...key, status: 'off' } }), keyOnly)
    await other.refresh()
    expect(other.get(keyNamed('a'))?.status).toBe('off')
    expect(other.dataVersion()).not.toBe(before)
    await other.change(keyNamed('a'), (key) => ({ key: { ...key, status: 'on again' } }), keyOnly)
    await store.refresh()
    expect(store.get(keyNamed('a'))?.status).toBe('on again')
    expect(Object.fromEntries(await store.countByStatus(space))).toEqual({ 'on again': 1 })
  })

  it('change one key and one log at once, and nothing is lost', async () => {
    const other = await open()
    await store.insert(keyNamed('a'), versionOf(1), keyOnly)
    const count = (one: SharedStore) =>
      one.change(keyNamed('a'), (key) => ({ key: { ...key, revision: key.revision + 1 } }), keyOnly)
    const work = Array.from({ length: 20 }, () => [
      count(store),
      count(other),
      store.appendAudit([entry]),
      other.appendAudit([entry]),
    ])
    await Promise.all(work.flat())
    await store.refresh()
    expect(store.get(keyNamed('a'))?.revision).toBe(41)
    const third = await open()
    for (const one of [store, other, third]) expect((await one.audit(all)).total).toBe(40)
  })

  it('read while they change, and no copy is taken for a wrong one', async () => {
    const other = await open()
    let isOver = false
    const reading = [store, other].map(async (one) => {
      while (!isOver) {
        await one.refresh()
        one.get(keyNamed('a'))
      }
    })
    for (let nth = 0; nth < 50; nth += 1) await [store, other][nth % 2]?.appendAudit([entry])
    isOver = true
    await Promise.all(reading)
    expect([store, other].map((one) => one.problems())).toEqual([[], []])
  })

  it('take turns with a name: one has it', async () => {
    const other = await open()
    const made = await Promise.all([
      store.insert(keyNamed('a', { uniqueName: 'same' }), versionOf(1), keyOnly),
      other.insert(keyNamed('b', { uniqueName: 'same' }), versionOf(1), keyOnly),
    ])
    expect(made.filter((one) => one !== undefined)).toHaveLength(1)
  })

  it('destroy a due key once, and nothing of it stays in the tables', async () => {
    const other = await open()
    const wrapped = randomBytes(300)
    await store.insert(keyNamed('gone', { destroyAt: 10 }), versionOf(1, wrapped), keyOnly)
    const secret = randomBytes(300)
    const credential = { cloud: 'c', id: 'i', name: 'n', wrapped: secret, createdAt: 3, attributes: {} }
    await addCredential(store, credential)
    const destroyed = await Promise.all([store, other].map((one) => one.destroy([keyNamed('gone')], 10, jobAudit)))
    expect(destroyed.sort()).toEqual([0, 1])
    await addCredential(other, { ...credential, id: 'j', wrapped: randomBytes(30) })
    await other.write((rows) => unaudited('first use', rows.removeCredential('c', 'i')))
    await store.refresh()
    expect(store.get(keyNamed('gone'))).toBeUndefined()
    expect((await store.credentials('c')).map(({ id }) => id)).toEqual(['j'])
    const texts = await contentOf(url)
    expect(texts.includes(secret)).toBe(false)
    expect(texts.includes(wrapped)).toBe(false)
  })

  it('one replaces the changes by a snapshot: the other goes on with it', async () => {
    const other = await open()
    await store.insert(keyNamed('due', { destroyAt: 10 }), versionOf(1), keyOnly)
    await store.insert(keyNamed('stays'), versionOf(1), keyOnly)
    await other.refresh()
    await store.destroy([keyNamed('due')], 10, jobAudit)
    await other.change(keyNamed('stays'), (key) => ({ key: { ...key, status: 'off' } }), keyOnly)
    await store.refresh()
    expect(store.get(keyNamed('stays'))?.status).toBe('off')
    expect(other.get(keyNamed('due'))).toBeUndefined()
  })
})

it('changes give way to a snapshot once they are many', async () => {
  const small = await open(url, 50_000)
  const content = { ...entry, entry: { text: 'x'.repeat(10_000) } }
  for (let nth = 0; nth < 40; nth += 1) await small.appendAudit([content])
  const count = openPostgres(url, { of: 'kms' })
  const [row] = await count.read('SELECT count(*) AS kept, max(s.up_to) AS up_to FROM kms_changes, kms_content s')
  await count.close()
  expect(Number(row?.up_to)).toBeGreaterThan(0)
  expect(Number(row?.kept)).toBeLessThan(40)
  await store.refresh()
  expect((await store.audit(all)).total).toBe(40)
  expect((await (await open()).audit(all)).total).toBe(40)
})

it('copies of processes that were killed are removed by the next one, those of running ones stay', async () => {
  const ended = spawnSync(process.execPath, ['-e', '']).pid
  const [left, used] = [ended, process.ppid].map((pid) => join(folder, `kms-copy-${pid}-x`))
  for (const one of [left, used]) mkdirSync(String(one))
  await open()
  expect([left, used].map((one) => existsSync(String(one)))).toEqual([false, true])
})

describe('the database fails', () => {
  let network: Network
  let far: SharedStore

  beforeEach(async () => {
    network = await startNetwork(url)
    far = await open(network.url)
    await far.insert(keyNamed('a'), versionOf(1), keyOnly)
  })

  afterEach(async () => {
    await network.close()
  })

  const disable = () => far.change(keyNamed('a'), (key) => ({ key: { ...key, status: 'off' } }), keyOnly)

  it.each([
    ['before the change', 'SELECT pg_advisory_xact_lock', 'before', 'on'],
    ['before the commit', 'COMMIT\0', 'before', 'on'],
    ['after the commit', 'COMMIT\0', 'after', 'off'],
  ] as const)('%s: the call fails, and what is read is what is stored', async (_when, at, when, status) => {
    network.cut({ at, when })
    await expect(disable()).rejects.toThrow(DiskError)
    if (at === 'COMMIT\0') expect(() => far.get(keyNamed('a'))).toThrow(DiskError)
    await far.refresh()
    await store.refresh()
    for (const one of [far, store]) expect(one.get(keyNamed('a'))?.status).toBe(status)
    await far.appendAudit([entry])
    expect((await store.audit(all)).total).toBe(1)
  })

  it('no use of a key is answered that the audit log may lack', async () => {
    network.cut({ at: 'COMMIT\0', when: 'before' })
    await expect(far.appendAudit([entry])).rejects.toThrow(AuditError)
    await far.appendAudit([entry])
    expect((await store.audit(all)).total).toBe(1)
  })
})

it('a database that has lost changes is followed, as after the loss of its machine', async () => {
  await store.insert(keyNamed('a'), versionOf(1), keyOnly)
  await store.insert(keyNamed('b'), versionOf(1), keyOnly)
  await runSql(url, 'DELETE FROM kms_changes WHERE id = 2')
  await store.refresh()
  expect(store.get(keyNamed('b'))).toBeUndefined()
  await store.insert(keyNamed('c'), versionOf(1), keyOnly)
  expect((await (await open()).page(space, '', 9)).keys.map(({ key }) => key.id)).toEqual(['a', 'c'])
})

it('a row that was changed in the database does not pass for one of the KMS', async () => {
  await store.insert(keyNamed('a'), versionOf(1), keyOnly)
  await store.insert(keyNamed('b'), versionOf(1), keyOnly)
  await runSql(url, 'DELETE FROM kms_changes WHERE id = 1')
  await expect(open()).rejects.toThrow('do not fit')
})
