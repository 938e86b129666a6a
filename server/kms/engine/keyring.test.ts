import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UndecryptableError } from '../crypto/encryption.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import { temporaryFolder } from '../testing/thalassa-server.ts'
import { addCredential, done, jobAudit, keyOnly, noRows } from '../testing/unaudited.ts'
import { unaudited } from './audit.ts'
import { createCredentials } from './credentials.ts'
import { ENCRYPTIONS_KIND } from './encryption-counts.ts'
import { createKeyWrapper } from './key-wrapper.ts'
import { createKeyring, type Keyring, type NewKey } from './keyring.ts'
import type { Store, StoredKey } from './store.ts'

const clock = {
  time: 1000,
  now() {
    return this.time
  },
}
const keyWrapper = createKeyWrapper(Buffer.alloc(32, 1))

let folder: string
let store: Store
let keyring: Keyring
beforeEach(() => {
  clock.time = 1000
  folder = temporaryFolder()
  store = openSqliteStore(join(folder, 'kms.sqlite'), keyWrapper)
  keyring = createKeyring({ store, keyWrapper, clock })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const newKey = (id: string, more: Partial<NewKey> = {}): NewKey => ({
  cloud: 'c',
  location: 'l',
  scope: 's',
  id,
  uniqueName: `name of ${id}`,
  algorithm: 'aes256-gcm96',
  status: 'on',
  revision: 1,
  rotateAt: null,
  attributes: { note: 'x' },
  ...more,
})

async function make(id: string, more: Partial<NewKey> = {}): Promise<StoredKey> {
  const key = await keyring.create(newKey(id, more), keyOnly)
  if (!key) throw new Error('taken')
  return key
}

async function idsOf(pages: ReturnType<Keyring['list']>): Promise<string[]> {
  const ids: string[] = []
  for await (const page of pages) ids.push(...page.map(({ key }) => key.id))
  return ids
}

/** Number of turns of the event loop while `work` runs. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let next = setImmediate(function turn() {
    turns += 1
    next = setImmediate(turn)
  })
  await work()
  clearImmediate(next)
  return turns
}

/** Creates keys concurrently; returns them in the order of their ids. */
async function makeMany(count: number, more: Partial<NewKey> = {}): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `k${String(index).padStart(5, '0')}`)
  await keyring.createAged(ids.map((id) => ({ ...newKey(id, more), made: [1000], destroyAt: null })))
  return ids
}

const bytes = (text: string) => Buffer.from(text)

describe('keys', () => {
  it('are created with version 1 and read back unchanged', async () => {
    const key = await make('a')
    const made = { latestVersion: 1, createdAt: 1000, updatedAt: 1000, destroyAt: null, origin: null, syncAt: null }
    expect(key).toEqual({ ...newKey('a'), ...made })
    expect(keyring.get(key)).toEqual(key)
    expect(keyring.getByUniqueName(key, 'name of a')).toEqual(key)
    expect(await keyring.versions(key)).toEqual([{ version: 1, createdAt: 1000, automatic: false }])
  })

  it('have unique names and ids within their key space', async () => {
    await make('a')
    expect(await keyring.create(newKey('b', { uniqueName: 'name of a' }), keyOnly)).toBeUndefined()
    expect(await keyring.create(newKey('a', { uniqueName: 'another' }), keyOnly)).toBeUndefined()
    await make('b', { uniqueName: 'name of a', scope: 'other' })
    await make('c', { uniqueName: 'name of a', location: 'other' })
    expect(await idsOf(keyring.list({ cloud: 'c', location: 'l', scope: 's' }))).toEqual(['a'])
  })

  it('change atomically, and count each change except an empty one', async () => {
    const key = await make('a')
    clock.time = 2000
    const changed = await keyring.change(key, (before) => ({ ...before, status: 'off' }), keyOnly)
    expect(changed).toMatchObject({ status: 'off', revision: 2, updatedAt: 2000 })
    clock.time = 3000
    expect(await keyring.change(key, (before) => before, keyOnly)).toEqual(changed)
    const refuse = () => {
      throw new Error('refused')
    }
    await expect(keyring.change(key, refuse, keyOnly)).rejects.toThrow('refused')
    await expect(keyring.rotate(key, refuse, keyOnly)).rejects.toThrow('refused')
    expect(keyring.get(key)).toEqual(changed)
    expect(await keyring.change({ ...key, id: 'unknown' }, (before) => before, keyOnly)).toBeUndefined()
    expect(await keyring.rotate({ ...key, id: 'unknown' }, (before) => before, keyOnly)).toBeUndefined()
  })

  it('lose no rotation when many run concurrently', async () => {
    const key = await make('a')
    await Promise.all(Array.from({ length: 20 }, () => keyring.rotate(key, (before) => ({ ...before }), keyOnly)))
    expect(keyring.get(key)).toMatchObject({ latestVersion: 21, revision: 21 })
    expect((await keyring.versions(key)).map(({ version }) => version)).toEqual(
      Array.from({ length: 21 }, (_, n) => n + 1),
    )
  })

  it('never get a date before that of their last change', async () => {
    const key = await make('a')
    clock.time = 9000
    await keyring.rotate(key, (before) => before, keyOnly)
    clock.time = 2000
    await keyring.rotate(key, (before) => ({ ...before, rotateAt: 2000 }), keyOnly)
    await keyring.runDueJobs({
      cloud: 'c',
      rotate: (before) => ({ ...before, rotateAt: null }),
      auditRotation: jobAudit,
      auditDestruction: jobAudit,
    })
    expect((await keyring.versions(key)).map(({ createdAt }) => createdAt)).toEqual([1000, 9000, 9000, 9000])
    expect(keyring.get(key)).toMatchObject({ latestVersion: 4, updatedAt: 9000 })
    clock.time = 9001
    await keyring.rotate(key, (before) => before, keyOnly)
    expect((await keyring.versions(key)).at(-1)).toMatchObject({ version: 5, createdAt: 9001 })
  })

  it('count the encryptions of each version, until they are destroyed', async () => {
    const key = await make('a')
    const rsa = await make('b', { algorithm: 'rsa-2048' })
    const counted = async () =>
      (await store.resources('c', ENCRYPTIONS_KIND)).map(({ id, content }) => [id, content.versions])
    for (let nth = 0; nth < 3; nth += 1) await keyring.encrypt(key, 1, Buffer.from('text'))
    await keyring.encrypt(rsa, 1, Buffer.from('text'))
    expect(await counted()).toEqual([['l/a', { 1: 10_000 }]])
    await keyring.change(key, (before) => ({ ...before, destroyAt: 1000 }), keyOnly)
    await keyring.runDueJobs({
      cloud: 'c',
      rotate: () => undefined,
      auditRotation: jobAudit,
      auditDestruction: jobAudit,
    })
    expect(await counted()).toEqual([])
  })

  it('are counted by status and listed until they are destroyed', async () => {
    const space = { cloud: 'c', location: 'l', scope: 's' }
    await make('a')
    await make('b', { status: 'off' })
    const doomed = await make('c')
    await keyring.change(doomed, (before) => ({ ...before, destroyAt: 5000 }), keyOnly)
    expect(await keyring.countByStatus(space)).toEqual(
      new Map([
        ['on', 2],
        ['off', 1],
      ]),
    )
    clock.time = 5000
    expect(await idsOf(keyring.list(space))).toEqual(['a', 'b', 'c'])
    await keyring.runDueJobs({
      cloud: 'c',
      rotate: () => undefined,
      auditRotation: jobAudit,
      auditDestruction: jobAudit,
    })
    expect(await keyring.countByStatus(space)).toEqual(
      new Map([
        ['on', 1],
        ['off', 1],
      ]),
    )
    expect(await idsOf(keyring.list(space))).toEqual(['a', 'b'])
  })
})

describe('a large number of keys', () => {
  it('are listed in pages, with other work in between', async () => {
    const ids = await makeMany(1100)
    let listed: string[] = []
    const turns = await turnsDuring(async () => {
      listed = await idsOf(keyring.list({ cloud: 'c', location: 'l', scope: 's' }))
    })
    expect(listed).toEqual(ids)
    expect(turns).toBeGreaterThanOrEqual(4)
  })

  it('are listed once each while keys are created and destroyed', async () => {
    const ids = await makeMany(600)
    const pages = keyring.list({ cloud: 'c', location: 'l', scope: 's' })
    const first = (await pages.next()).value ?? []
    await make('k00000a')
    await make('k99999')
    const listed = await idsOf(pages)
    expect([...first.map(({ key }) => key.id), ...listed]).toEqual([...ids, 'k99999'])
  })

  it('are rotated with other work after each', async () => {
    await makeMany(300, { rotateAt: 2000 })
    clock.time = 2000
    let done = {}
    const rotate = (key: StoredKey) => ({ ...key, rotateAt: null })
    const turns = await turnsDuring(async () => {
      done = await keyring.runDueJobs({ cloud: 'c', rotate, auditRotation: jobAudit, auditDestruction: jobAudit })
    })
    expect(done).toEqual({ rotated: 300, destroyed: 0 })
    expect(turns).toBeGreaterThanOrEqual(299)
  })
})

describe('cryptography', () => {
  it('uses the given version, and binds associated data', async () => {
    const key = await make('a')
    const first = await keyring.encrypt(key, 1, bytes('hello'), bytes('context'))
    await keyring.rotate(key, (before) => ({ ...before }), keyOnly)
    expect(await keyring.decrypt(key, 1, first, bytes('context'))).toEqual(bytes('hello'))
    await expect(keyring.decrypt(key, 2, first, bytes('context'))).rejects.toThrow(UndecryptableError)
    await expect(keyring.decrypt(key, 3, first, bytes('context'))).rejects.toThrow(UndecryptableError)
    await expect(keyring.decrypt(key, 1, first, bytes('other'))).rejects.toThrow(UndecryptableError)
    await expect(keyring.decrypt(key, 1, first)).rejects.toThrow(UndecryptableError)
    await expect(keyring.encrypt(key, 3, bytes('hello'))).rejects.toThrow('key version 3 does not exist')
  })

  it('unwraps material only for its own key and version', async () => {
    const [a, b] = [await make('a'), await make('b')]
    const stolen = store.version(a, 1)
    if (!stolen) throw new Error('no version')
    await store.change(b, (key) => ({ key: { ...key, latestVersion: 2 }, version: { ...stolen, version: 2 } }), keyOnly)
    await expect(keyring.encrypt(b, 2, bytes('hello'))).rejects.toThrow()
  })
})

describe('copies', () => {
  const elsewhere = (key: StoredKey): StoredKey => ({ ...key, location: 'm', origin: key.location, syncAt: null })

  it('hold the same material, each version wrapped for its location', async () => {
    const key = await make('a')
    const old = await keyring.encrypt(key, 1, bytes('old'))
    await keyring.copy(key, 'm', (before) => ({ ...noRows, key: before, copy: elsewhere(before) }))
    const rotated = await keyring.rotate(key, (before) => ({ ...before, attributes: { note: 'y' } }), keyOnly)
    if (!rotated) throw new Error('gone')
    await keyring.copy(key, 'm', (before, copy) => ({ ...noRows, key: before, copy: copy ?? elsewhere(before) }))
    const copy = keyring.get(elsewhere(key))
    expect(copy).toMatchObject({ latestVersion: 2, revision: 2, origin: 'l', attributes: { note: 'x' } })
    if (!copy) throw new Error('no copy')
    expect(await keyring.versions(copy)).toEqual(await keyring.versions(key))
    for (const version of [1, 2]) {
      const [at, there] = [store.version(key, version), store.version(copy, version)]
      expect(there?.wrapped).not.toEqual(at?.wrapped)
    }
    expect(await keyring.decrypt(copy, 1, old)).toEqual(bytes('old'))
    expect(await keyring.decrypt(copy, 2, await keyring.encrypt(rotated, 2, bytes('new')))).toEqual(bytes('new'))
  })

  it('are recorded on the key without changing its revision, and returned when due', async () => {
    const key = await make('a')
    expect(await keyring.nextSync('c')).toBe(Infinity)
    await keyring.copy(key, 'm', (before) => ({ ...noRows, key: { ...before, syncAt: 1500 } }))
    expect(keyring.get(key)).toMatchObject({ revision: 1, syncAt: 1500 })
    expect(keyring.get(elsewhere(key))).toBeUndefined()
    expect(await keyring.nextSync('c')).toBe(1500)
    expect(await keyring.toSync('c')).toEqual([])
    clock.time = 1500
    expect((await keyring.toSync('c')).map(({ id }) => id)).toEqual(['a'])
    await keyring.copy(key, 'm', (before) => ({ ...noRows, key: { ...before, syncAt: null } }))
    expect(await keyring.nextSync('c')).toBe(Infinity)
  })

  it('are not counted, and are destroyed with their key', async () => {
    const key = await make('a')
    await keyring.copy(key, 'm', (before) => ({ ...noRows, key: before, copy: elsewhere(before) }))
    expect(await keyring.countByStatus({ ...key, location: 'm' })).toEqual(new Map())
    await make('a', { location: 'n' })
    await keyring.change(key, (before) => ({ ...before, destroyAt: 1000 }), keyOnly)
    await keyring.runDueJobs({
      cloud: 'c',
      rotate: () => undefined,
      auditRotation: jobAudit,
      auditDestruction: jobAudit,
    })
    expect(keyring.get(key)).toBeUndefined()
    expect(store.get(elsewhere(key))).toBeUndefined()
    expect(store.version(elsewhere(key), 1)).toBeUndefined()
    expect(keyring.get({ ...key, location: 'n' })).toBeDefined()
  })

  it('change nothing if the name is taken', async () => {
    const key = await make('a')
    await make('b', { location: 'm', uniqueName: key.uniqueName })
    const copying = keyring.copy(key, 'm', (before) => ({
      ...noRows,
      key: { ...before, syncAt: 1 },
      copy: elsewhere(before),
    }))
    await expect(copying).rejects.toThrow('m has another key of the name or id of a')
    expect(keyring.get(key)).toEqual(key)
    expect(await keyring.nextSync('c')).toBe(Infinity)
  })
})

describe('due jobs', () => {
  const rotate = (key: StoredKey, now: number) => (key.status === 'on' ? { ...key, rotateAt: now + 100 } : undefined)
  const run = () => keyring.runDueJobs({ cloud: 'c', rotate, auditRotation: jobAudit, auditDestruction: jobAudit })

  it('rotate the keys that the rule allows, of their own provider', async () => {
    const key = await make('a', { rotateAt: 1100 })
    const off = await make('b', { rotateAt: 1100, status: 'off' })
    const foreign = await make('c', { rotateAt: 1100, cloud: 'other' })
    expect(await run()).toEqual({ rotated: 0, destroyed: 0 })
    clock.time = 1100
    expect(await run()).toEqual({ rotated: 1, destroyed: 0 })
    expect(keyring.get(key)).toMatchObject({ latestVersion: 2, rotateAt: 1200, revision: 2 })
    for (const one of [off, foreign]) expect(keyring.get(one)?.latestVersion).toBe(1)
  })

  it('rotate once when two runs overlap', async () => {
    const key = await make('a', { rotateAt: 1000 })
    const done = await Promise.all([run(), run()])
    expect(done.map(({ rotated }) => rotated).sort()).toEqual([0, 1])
    expect(keyring.get(key)?.latestVersion).toBe(2)
  })

  it('destroy a key that is due for both, and do not rotate it', async () => {
    const key = await make('a', { rotateAt: 1000 })
    await keyring.change(key, (before) => ({ ...before, destroyAt: 1000 }), keyOnly)
    expect(await run()).toEqual({ rotated: 0, destroyed: 1 })
    expect(store.get(key)).toBeUndefined()
    expect(store.version(key, 1)).toBeUndefined()
  })
})

describe('credentials', () => {
  it('are read with their secrets, which are wrapped at rest and bound to their id', async () => {
    const credentials = createCredentials({ store, keyWrapper, now: () => clock.now() })
    const one = { cloud: 'c', id: 'first', name: 'laptop', secret: 'sécret', attributes: { role: 'admin' } }
    await credentials.add(one, done)
    expect(await credentials.all('c')).toEqual([{ ...one, createdAt: clock.now() }])
    expect(await credentials.all('other')).toEqual([])
    const [stored] = await store.credentials('c')
    if (!stored) throw new Error('not stored')
    expect(Buffer.from(stored.wrapped).includes('sécret')).toBe(false)
    await addCredential(store, { ...stored, id: 'second' })
    await expect(credentials.all('c')).rejects.toThrow()
  })
})

describe('parsed private keys', () => {
  /** Key wrapper that counts how often it unwraps. */
  const counting = () => {
    let count = 0
    return {
      count: () => count,
      ...keyWrapper,
      unwrap(name: string, wrapped: Uint8Array) {
        count += 1
        return keyWrapper.unwrap(name, wrapped)
      },
    }
  }
  const what = { input: bytes('agreed'), hash: 'sha256', prehashed: false } as const

  it('are kept until the key changes, is destroyed, another process writes, or the keyring is closed', async () => {
    const wrapper = counting()
    const ring = createKeyring({ store, keyWrapper: wrapper, clock })
    const key = await make('k', { algorithm: 'ed25519' })
    const other = await make('other', { algorithm: 'ed25519' })
    const parsesWhile = async (work: () => Promise<unknown>) => {
      await ring.sign(key, 1, what)
      const before = wrapper.count()
      await work()
      await ring.sign(key, 1, what)
      return wrapper.count() > before
    }
    const rules = { cloud: 'c', rotate: () => undefined, auditRotation: jobAudit, auditDestruction: jobAudit }
    const changing = (one: StoredKey, to: Partial<StoredKey>) => () =>
      ring.change(one, (before) => ({ ...before, ...to }), keyOnly)
    expect(await parsesWhile(() => ring.sign(key, 1, what))).toBe(false)
    expect(await parsesWhile(changing(other, { status: 'off' }))).toBe(false)
    expect(await parsesWhile(changing(key, { status: 'off' }))).toBe(true)
    expect(await parsesWhile(changing(other, { destroyAt: 500 }))).toBe(false)
    expect(await parsesWhile(() => ring.runDueJobs(rules))).toBe(true)
    expect(await parsesWhile(async () => ring.close())).toBe(true)
    const second = openSqliteStore(join(folder, 'kms.sqlite'), keyWrapper)
    const writeElsewhere = async () => {
      await second.write((rows) => unaudited('clock', rows.putSetting('name', 'value')))
      // A request that comes afterwards comes in another turn of the event loop.
      await nextTurn()
    }
    expect(await parsesWhile(writeElsewhere)).toBe(true)
    await second.close()
  })
})
