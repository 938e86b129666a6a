import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AuditError, type AuditRow, unchanged } from '../engine/audit.ts'
import { createKeyWrapper } from '../engine/key-wrapper.ts'
import type { Store } from '../engine/store.ts'
import { AUDIT_LOG } from '../testing/audit-log.ts'
import { temporaryFolder } from '../testing/thalassa-server.ts'
import { keyOnly } from '../testing/unaudited.ts'
import { openSqliteStore } from './sqlite.ts'

const keyWrapper = createKeyWrapper(Buffer.alloc(32, 1))

let folder: string
let file: string
let store: Store
beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder, 'kms.sqlite')
  store = openSqliteStore(file, keyWrapper)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const rowOf = (nth: number, more: Partial<AuditRow> = {}): AuditRow => ({
  cloud: 'c',
  organisation: 'o',
  createdAt: nth,
  action: 'a',
  resourceType: 't',
  resource: 'r',
  user: 'u',
  serviceAccount: 's',
  status: 200,
  searchText: `row ${nth}`,
  entry: { nth, text: 'é "quoted"' },
  ...more,
})
const everything = { cloud: 'c', organisation: 'o', offset: 0, limit: 1000 }

it('returns every member, newest first, of one provider and organisation', async () => {
  await store.appendAudit([rowOf(1), rowOf(2, { cloud: 'other' }), rowOf(3, { organisation: 'other' }), rowOf(4)])
  expect(await store.audit(everything)).toEqual({ total: 2, rows: [rowOf(4), rowOf(1)] })
  expect(await store.audit({ ...everything, offset: 1, limit: 1 })).toEqual({ total: 2, rows: [rowOf(1)] })
})

it('has written each row in order when its promise resolves, with many concurrent rows', async () => {
  const reader = new DatabaseSync(file, { readOnly: true })
  const stored = () => Number(reader.prepare(`SELECT count(*) AS number FROM ${AUDIT_LOG}`).get()?.number)
  const appends = Array.from({ length: 200 }, (_, nth) => store.appendAudit([rowOf(nth), rowOf(nth)]))
  expect(stored()).toBe(0)
  await appends[0]
  expect(stored()).toBe(400)
  await Promise.all(appends)
  reader.close()
  const { rows } = await store.audit(everything)
  expect(rows.map(({ createdAt }) => createdAt)).toEqual(rows.map(({ createdAt }) => createdAt).sort((a, b) => b - a))
})

it('writes pending rows when it is closed', async () => {
  const append = store.appendAudit([rowOf(1)])
  await store.close()
  await append
  store = openSqliteStore(file, keyWrapper)
  expect((await store.audit(everything)).total).toBe(1)
})

it('stores a row together with its change, or neither', async () => {
  const key = {
    ...{ cloud: 'c', location: 'l', scope: 's', id: 'k', uniqueName: 'k', algorithm: 'aes256-gcm96', status: 'on' },
    ...{
      latestVersion: 1,
      revision: 1,
      createdAt: 1,
      updatedAt: 1,
      rotateAt: null,
      destroyAt: null,
      origin: null,
      syncAt: null,
      attributes: {},
    },
  }
  const version = { version: 1, createdAt: 1, automatic: false, wrapped: new Uint8Array([1]) }
  await store.insert(key, version, keyOnly)
  const conclude = () => ({ result: 'changed', audit: [rowOf(1)] as const })
  await expect(store.change(key, (before) => ({ key: before, version }), conclude)).rejects.toThrow()
  expect((await store.audit(everything)).total).toBe(0)
  expect(await store.change(key, () => undefined, conclude)).toBeUndefined()
  expect((await store.audit(everything)).total).toBe(0)
  expect(await store.change(key, (before) => ({ key: before }), conclude)).toBe('changed')
  expect((await store.audit(everything)).total).toBe(1)
})

it('changes nothing if the work says so, or if its rows can’t be stored', async () => {
  await store.write((rows) => {
    rows.putSetting('a', 'b')
    return unchanged(undefined)
  })
  expect(await store.setting('a')).toBeUndefined()
  const cyclic: Record<string, unknown> = {}
  cyclic.self = cyclic
  const written = store.write((rows) => {
    rows.putSetting('a', 'b')
    return { result: undefined, audit: [rowOf(1), rowOf(2, { entry: cyclic })] }
  })
  await expect(written).rejects.toThrow(AuditError)
  expect(await store.setting('a')).toBeUndefined()
  expect((await store.audit(everything)).total).toBe(0)
})
