/** What every store does, wherever its content is. */
import { expect, it } from 'vitest'
import type { Store, StoredKey } from '../engine/store.ts'
import { addCredential, jobAudit, keyOnly, setSetting } from './unaudited.ts'

export const space = { cloud: 'c', location: 'l', scope: 's' }
export const keyNamed = (id: string, more: Partial<StoredKey> = {}): StoredKey => ({
  ...space,
  id,
  uniqueName: id,
  algorithm: 'aes256-gcm96',
  status: 'on',
  latestVersion: 1,
  revision: 1,
  createdAt: 1,
  updatedAt: 2,
  rotateAt: null,
  destroyAt: null,
  origin: null,
  syncAt: null,
  attributes: { text: 'é "quoted" \u0000', nested: { list: [1, null, true] } },
  ...more,
})
export const versionOf = (version: number, wrapped: Uint8Array = new Uint8Array([1, 2, 3])) => ({
  version,
  createdAt: 5,
  automatic: version > 1,
  wrapped,
})

/** @param reopen closes the store and opens it again */
export function testStore(opened: () => Store, reopen: () => Promise<Store>): void {
  it('returns every member unchanged, also after reopening', async () => {
    let store = opened()
    const key = keyNamed('a', { rotateAt: 8_640_000_000_000_000, destroyAt: 77 })
    expect(await store.insert(key, versionOf(1), keyOnly)).toEqual(key)
    await setSetting(store, 'name', 'value')
    await setSetting(store, 'name', 'another')
    const credential = {
      cloud: 'c',
      id: 'i',
      name: 'n',
      wrapped: new Uint8Array([9]),
      createdAt: 3,
      attributes: { a: 1 },
    }
    await addCredential(store, credential)
    store = await reopen()
    expect(store.get(key)).toEqual(key)
    expect(store.getByUniqueName(space, 'a')).toEqual(key)
    expect(store.version(key, 1)).toEqual(versionOf(1))
    expect(store.version(key, 2)).toBeUndefined()
    expect(await store.setting('name')).toBe('another')
    expect(await store.setting('unknown')).toBeUndefined()
    expect(await store.credentials('c')).toEqual([credential])
  })

  it('lists one key space with its versions, by id', async () => {
    const store = opened()
    for (const id of ['b', 'a']) await store.insert(keyNamed(id), versionOf(1), keyOnly)
    await store.insert(keyNamed('c', { scope: 'other' }), versionOf(1), keyOnly)
    await store.insert(keyNamed('a', { location: 'elsewhere' }), versionOf(1), keyOnly)
    await store.change(keyNamed('b'), (key) => ({ key: { ...key, latestVersion: 2 }, version: versionOf(2) }), keyOnly)
    const listed = await store.page(space, '', 100)
    expect(listed.keys.map(({ key, versions }) => [key.id, versions.map(({ version }) => version)])).toEqual([
      ['a', [1]],
      ['b', [1, 2]],
    ])
    expect(listed.keys[1]?.versions[1]).toEqual({ version: 2, createdAt: 5, automatic: true })
    expect(await store.versions(keyNamed('b'))).toEqual(listed.keys[1]?.versions)
  })

  it('finds keys by any name', async () => {
    const store = opened()
    const names = ['Billing', 'billing', '', 'é "quoted"', 'a\u0000b', 'a\u0000c', '\u{1f511}', "' OR 1=1--", '7']
    for (const [nth, name] of names.entries())
      await store.insert(keyNamed(`key-${nth}`, { attributes: { name } }), versionOf(1), keyOnly)
    await store.insert(keyNamed('without'), versionOf(1), keyOnly)
    await store.insert(keyNamed('again', { attributes: { name: 'Billing' } }), versionOf(1), keyOnly)
    const found = async (name: string, after = '', limit = 9) =>
      (await store.page(space, after, limit, name)).keys.map(({ key }) => key.id)
    expect(await found('Billing')).toEqual(['again', 'key-0'])
    expect(await found('Billing', 'again')).toEqual(['key-0'])
    expect(await found('Billing', '', 1)).toEqual(['again'])
    for (const [nth, name] of names.entries()) if (nth > 0) expect(await found(name), name).toEqual([`key-${nth}`])
    expect(await found('unknown')).toEqual([])
  })

  it('reads a key space in pages, and due keys the longest due first', async () => {
    const store = opened()
    const due = (id: string, rotateAt: number, location = 'l') => keyNamed(id, { rotateAt, location })
    for (const key of [due('a', 3), due('b', 1), due('c', 1), due('d', 2), due('b', 1, 'k'), due('e', 9)])
      await store.insert(key, versionOf(1), keyOnly)
    const pages = ['', 'b', 'd', 'e'].map(async (after) =>
      (await store.page(space, after, 2)).keys.map(({ key }) => key.id),
    )
    expect(await Promise.all(pages)).toEqual([['a', 'b'], ['c', 'd'], ['e'], []])
    const first = await store.dueForRotation('c', 3, undefined, 3)
    const found = (id: string, rotateAt: number, location = 'l') => ({ cloud: 'c', location, id, rotateAt })
    expect(first).toEqual([found('b', 1, 'k'), found('b', 1), found('c', 1)])
    expect(await store.dueForRotation('c', 3, first[1], 2)).toEqual([found('c', 1), found('d', 2)])
    expect(await store.dueForRotation('c', 3, found('d', 2), 9)).toEqual([found('a', 3)])
  })

  it('destroys more keys than one transaction holds', async () => {
    const store = opened()
    const keys = Array.from({ length: 450 }, (_, index) => keyNamed(`k${index}`, { destroyAt: 10 }))
    await store.insertMany(
      keys.map((key) => ({ key, versions: [versionOf(1)] })),
      'seed',
    )
    expect(await store.destroy(await store.dueForDestruction('c', 10), 10, jobAudit)).toBe(450)
    expect(await store.page(space, '', 1)).toEqual({ keys: [], broken: [], next: undefined })
    expect(await store.setting('destroyed-material-remains')).toBeUndefined()
  })

  it('stores many keys with their versions, or none of them', async () => {
    const store = opened()
    const two = [versionOf(1), versionOf(2)]
    await store.insertMany(
      ['a', 'b'].map((id) => ({ key: keyNamed(id, { latestVersion: 2 }), versions: two })),
      'seed',
    )
    const listed = await store.page(space, '', 100)
    expect(listed.keys.map(({ key }) => key.id)).toEqual(['a', 'b'])
    expect(listed.keys[1]?.versions).toEqual(two.map(({ wrapped: _wrapped, ...info }) => info))
    const taken = ['c', 'a'].map((id) => ({ key: keyNamed(id), versions: [versionOf(1)] }))
    await expect(store.insertMany(taken, 'seed')).rejects.toThrow('l has a key of the name or id of a already')
    expect((await store.page(space, '', 100)).keys).toHaveLength(2)
  })

  it('stores nothing if an insert or a change fails', async () => {
    const store = opened()
    const key = keyNamed('a')
    await store.insert(key, versionOf(1), keyOnly)
    expect(await store.insert(keyNamed('b', { uniqueName: 'a' }), versionOf(1), keyOnly)).toBeUndefined()
    expect(store.get(keyNamed('b'))).toBeUndefined()
    const twice = store.change(key, (before) => ({ key: { ...before, status: 'off' }, version: versionOf(1) }), keyOnly)
    await expect(twice).rejects.toThrow()
    expect(store.get(key)).toEqual(key)
    expect(await store.change(keyNamed('unknown'), (before) => ({ key: before }), keyOnly)).toBeUndefined()
  })

  it('finds due keys, and destroys no other', async () => {
    const store = opened()
    const keys = [
      keyNamed('idle'),
      keyNamed('rotates', { rotateAt: 10 }),
      keyNamed('ends', { destroyAt: 10 }),
      keyNamed('later', { rotateAt: 11, destroyAt: 11 }),
      keyNamed('foreign', { cloud: 'other', rotateAt: 1 }),
    ]
    for (const key of keys) await store.insert(key, versionOf(1), keyOnly)
    expect(await store.dueForRotation('c', 9, undefined, 100)).toEqual([])
    expect(await store.dueForRotation('c', 10, undefined, 100)).toEqual([
      { cloud: 'c', location: 'l', id: 'rotates', rotateAt: 10 },
    ])
    expect(await store.dueForDestruction('c', 9)).toEqual([])
    expect(await store.dueForDestruction('c', 10)).toEqual([{ cloud: 'c', location: 'l', id: 'ends' }])
    expect(await store.destroy(keys, 10, jobAudit)).toBe(1)
    expect(await store.destroy(keys, 10, jobAudit)).toBe(0)
    expect((await store.page(space, '', 100)).keys.map(({ key }) => key.id)).toEqual(['idle', 'later', 'rotates'])
  })
}
