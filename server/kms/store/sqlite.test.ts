import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createKeyWrapper } from '../engine/key-wrapper.ts'
import { makeOlder, WITHOUT_COUNTS } from '../testing/older-schema.ts'
import { keyNamed, space, testStore, versionOf } from '../testing/store-contract.ts'
import { temporaryFolder } from '../testing/thalassa-server.ts'
import { jobAudit, keyOnly, setSetting } from '../testing/unaudited.ts'
import { migrate } from './migrations.ts'
import { openSqliteStore, type SqliteStore } from './sqlite.ts'

const keyWrapper = createKeyWrapper(Buffer.alloc(32, 1))

let folder: string
let file: string
let store: SqliteStore
beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder, 'kms.sqlite')
  store = openSqliteStore(file, keyWrapper)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

describe('store', () => {
  testStore(
    () => store,
    async () => {
      await store.close()
      store = openSqliteStore(file, keyWrapper)
      return store
    },
  )

  it('counts a key space by status through all changes, without copies and without what was rolled back', async () => {
    const counts = async () => Object.fromEntries(await store.countByStatus(space))
    for (const id of ['a', 'b', 'c']) await store.insert(keyNamed(id), versionOf(1), keyOnly)
    await store.insert(keyNamed('copy', { origin: 'm' }), versionOf(1), keyOnly)
    await store.insert(keyNamed('elsewhere', { scope: 'other' }), versionOf(1), keyOnly)
    expect(await store.insert(keyNamed('a'), versionOf(1), keyOnly)).toBeUndefined()
    expect(await counts()).toEqual({ on: 3 })
    const due = { status: 'off', destroyAt: 5 }
    await store.change({ ...space, id: 'a' }, (key) => ({ key: { ...key, ...due } }), keyOnly)
    await store.change({ ...space, id: 'b' }, (key) => ({ key: { ...key, revision: 2 } }), keyOnly)
    const refused = () => {
      throw new Error('refused')
    }
    await expect(store.change({ ...space, id: 'c' }, (key) => ({ key: { ...key, ...due } }), refused)).rejects.toThrow(
      'refused',
    )
    expect(await counts()).toEqual({ on: 2, off: 1 })
    await store.change({ ...space, id: 'copy' }, (key) => ({ key: { ...key, origin: null } }), keyOnly)
    expect(await counts()).toEqual({ on: 3, off: 1 })
    const image = store.takeImage()
    expect(await store.destroy([{ ...space, id: 'a' }], 5, jobAudit)).toBe(1)
    expect(await counts()).toEqual({ on: 3 })
    store.putImage(image)
    expect(await counts()).toEqual({ on: 3, off: 1 })
  })

  it('leaves no byte of destroyed material in any file, also where rows have moved', async () => {
    const materials = new Map<string, Buffer[]>()
    const sizes = [60, 400, 900]
    const material = (id: string, nth: number) => {
      const wrapped = randomBytes(sizes[nth % sizes.length] ?? 60)
      materials.set(id, [...(materials.get(id) ?? []), wrapped])
      return wrapped
    }
    for (let nth = 0; nth < 200; nth += 1) {
      const id = randomBytes(8).toString('hex')
      await store.insert(
        keyNamed(id, { destroyAt: nth % 4 === 0 ? 10 : null }),
        versionOf(1, material(id, nth)),
        keyOnly,
      )
      const ids = [...materials.keys()]
      for (let more = 0; more < 2; more += 1) {
        const other = ids[(nth * 7 + more * 3) % ids.length] ?? id
        await store.change(
          keyNamed(other),
          (key) => {
            const version = key.latestVersion + 1
            return { key: { ...key, latestVersion: version }, version: versionOf(version, material(other, nth + more)) }
          },
          keyOnly,
        )
      }
    }
    const due = await store.dueForDestruction('c', 10)
    expect(await store.destroy(due, 10, jobAudit)).toBe(50)
    const bytes = Buffer.concat([file, `${file}-wal`].filter((one) => existsSync(one)).map((one) => readFileSync(one)))
    const isThere = (wrapped: Buffer) =>
      Array.from({ length: Math.floor(wrapped.length / 20) }, (_, n) => wrapped.subarray(n * 20, n * 20 + 20)).some(
        (part) => bytes.includes(part),
      )
    const gone = new Set(due.map(({ id }) => id))
    for (const [id, all] of materials) for (const wrapped of all) expect(isThere(wrapped)).toBe(!gone.has(id))
  })

  it('finishes an interrupted destruction when it is reopened', async () => {
    const remains = randomBytes(400)
    await store.insert(keyNamed('gone', { destroyAt: 10 }), versionOf(1, remains), keyOnly)
    const reader = new DatabaseSync(file)
    reader.exec('BEGIN; SELECT * FROM keys')
    reader.prepare('SELECT * FROM keys').all()
    await store.destroy([keyNamed('gone')], 10, jobAudit)
    // The files as a kill leaves them now.
    const copy = join(folder, 'copy.sqlite')
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, copy + suffix)
    reader.close()
    const holds = () =>
      [copy, `${copy}-wal`].some((one) => existsSync(one) && readFileSync(one).includes(remains.subarray(0, 100)))
    expect(holds()).toBe(true)
    const reopened = openSqliteStore(copy, keyWrapper)
    expect(holds()).toBe(false)
    expect(await reopened.setting('destroyed-material-remains')).toBeUndefined()
    await reopened.close()
  })

  it('postpones the cut of the log while another process reads it', async () => {
    await store.insert(keyNamed('gone', { destroyAt: 10 }), versionOf(1), keyOnly)
    const reader = new DatabaseSync(file)
    reader.exec('BEGIN; SELECT * FROM keys')
    reader.prepare('SELECT * FROM keys').all()
    expect(await store.destroy([keyNamed('gone')], 10, jobAudit)).toBe(1)
    expect(await store.setting('destroyed-material-remains')).toBe('versions')
    reader.exec('COMMIT')
    reader.close()
    expect(await store.destroy([], 10, jobAudit)).toBe(0)
    expect(await store.setting('destroyed-material-remains')).toBeUndefined()
  })

  it('has file mode 0600', () => {
    for (const one of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(one).mode & 0o777).toBe(0o600)
  })

  it('distinguishes writes of another process from its own', async () => {
    const before = store.dataVersion()
    await setSetting(store, 'a', 'here')
    expect(store.dataVersion()).toBe(before)
    const other = openSqliteStore(file, keyWrapper)
    await setSetting(other, 'a', 'there')
    // It is read once for all that follows from one event.
    await setImmediate()
    expect(store.dataVersion()).not.toBe(before)
    await other.close()
  })

  it('keeps the keys of a database of the schema without copies', async () => {
    const wrapped = keyWrapper.wrap('key material c/l/a/v1', Buffer.from('material'))
    await store.insert(keyNamed('a'), versionOf(1, wrapped), keyOnly)
    await store.close()
    makeOlder(file, keyWrapper)
    store = openSqliteStore(file, keyWrapper)
    expect((await store.page(space, '', 100)).keys).toMatchObject([{ key: keyNamed('a'), versions: [{ version: 1 }] }])
  })

  it('gives a database of the schema before the index of entries by key, and keeps its log', async () => {
    const entry = {
      ...{ cloud: 'c', organisation: 'o', createdAt: 1, action: 'a', resourceType: 't', resource: 'r', user: '' },
      ...{ serviceAccount: '', status: 200, searchText: '', entry: {} },
    }
    await store.appendAudit([entry])
    await store.close()
    const before = new DatabaseSync(file)
    before.exec(`DROP INDEX audit_resource; ${WITHOUT_COUNTS}; DROP TABLE audit_commits; PRAGMA user_version = 6`)
    before.close()
    store = openSqliteStore(file, keyWrapper)
    const query = { cloud: 'c', organisation: 'o', resource: 'r', offset: 0, limit: 10 }
    expect(await store.audit(query)).toEqual({ total: 1, rows: [entry] })
  })

  it('writes its log back within seconds while it is open', async () => {
    await setSetting(store, 'name', 'what a copy must hold')
    const copied = () => readFileSync(file).includes('what a copy must hold')
    expect(copied()).toBe(false)
    await expect.poll(copied, { timeout: 120_000 }).toBe(true)
  })

  it('refuses a database made by a newer build', () => {
    const newer = new DatabaseSync(join(folder, 'newer.sqlite'))
    newer.exec('PRAGMA user_version = 99')
    expect(() => migrate(newer, keyWrapper)).toThrow(/schema 99, newer than this build/)
    newer.close()
  })
})
