import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../testing/runs.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import { type Recorded, unaudited } from './audit.ts'
import { createEncryptionCounts, ENCRYPTIONS_KIND } from './encryption-counts.ts'
import { createKeyWrapper } from './key-wrapper.ts'
import { DiskError, IN_MEMORY, type Rows, type StoredKey } from './store.ts'

const keyWrapper = createKeyWrapper(Buffer.alloc(32, 1))

const clock = { now: () => 1000 }
const key: StoredKey = {
  cloud: 'c',
  location: 'l',
  id: 'a',
  scope: 's',
  uniqueName: 'orders',
  algorithm: 'aes256-gcm96',
  status: 'on',
  latestVersion: 1,
  revision: 1,
  createdAt: 0,
  updatedAt: 0,
  rotateAt: null,
  destroyAt: null,
  origin: null,
  syncAt: null,
  attributes: {},
}

/** Store whose commits are counted, and that fails as on a full disk while `isFull`. */
function openStore() {
  const store = openSqliteStore(IN_MEMORY, keyWrapper)
  const state = { commits: 0, isFull: false }
  return {
    state,
    async write<R>(work: (rows: Rows) => Recorded<R>): Promise<R> {
      if (state.isFull) throw new DiskError('full')
      state.commits += 1
      return store.write(work)
    },
    counted: async (version = 1) => {
      const found = await store.resource('c', ENCRYPTIONS_KIND, 'l/a')
      const versions = found?.content.versions as Record<string, number> | undefined
      return versions?.[version] ?? 0
    },
    set: (versions: Record<string, number>) =>
      store.write((rows) => {
        rows.putResource({ cloud: 'c', kind: ENCRYPTIONS_KIND, id: 'l/a', createdAt: 0, content: { versions } })
        return unaudited('count of encryptions', undefined)
      }),
  }
}

test('a commit counts ten thousand encryptions in advance, concurrent ones too', async () => {
  const store = openStore()
  const counts = createEncryptionCounts({ store, clock, warn: () => undefined })
  await Promise.all(Array.from({ length: 25_000 }, async () => counts.count(key, 1)))
  expect(await store.counted()).toBe(30_000)
  expect(store.state.commits).toBe(3)
})

test('whatever ends, and whenever a disk is full for a while, the count is never too low and hardly too high', async () => {
  const step = fc.oneof(
    fc.record({ encrypt: fc.integer({ min: 1, max: 15_000 }) }),
    fc.constantFrom({ end: true }, { isFull: true }, { isFull: false }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const store = openStore()
      const open = () => createEncryptionCounts({ store, clock, warn: () => undefined })
      let counts = open()
      let made = 0
      let starts = 1
      for (const one of steps) {
        if ('encrypt' in one) {
          for (let nth = 0; nth < one.encrypt; nth += 1) await counts.count(key, 1)
          made += one.encrypt
        } else if ('isFull' in one) store.state.isFull = one.isFull
        // A process that ends on a full disk has no place for what it has counted in memory.
        else if (!store.state.isFull) {
          await counts.count(key, 1)
          made += 1
          counts = open()
          starts += 1
        }
      }
      store.state.isFull = false
      for (let nth = 0; nth < 10_000; nth += 1) await counts.count(key, 1)
      made += 10_000
      const counted = await store.counted()
      expect(counted).toBeGreaterThanOrEqual(made)
      expect(counted).toBeLessThanOrEqual(made + starts * 10_000)
    }),
    { numRuns: runs(100) },
  )
})

test('a warning comes once, long before the limit, and names key, version and the way out', async () => {
  const store = openStore()
  const warnings: string[] = []
  const counts = createEncryptionCounts({ store, clock, warn: (text) => warnings.push(text) })
  await store.set({ 1: 2 ** 28 - 15_000, 2: 2 ** 28 })
  await counts.count(key, 1)
  expect(counts.tooOften()).toBe(0)
  for (let nth = 0; nth < 50_000; nth += 1) await counts.count(key, 1)
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(
    /^Version 1 of the key orders \(a\) has encrypted about 268,4\d\d,\d+ times, .* Rotate the key/,
  )
  expect(counts.tooOften()).toBe(1)
  await counts.count({ ...key, latestVersion: 2 }, 2)
  expect(warnings[1]).toMatch(/^Version 2 of the key orders \(a\)/)
  expect(counts.tooOften()).toBe(1)
  await counts.count({ ...key, latestVersion: 3 }, 3)
  expect(counts.tooOften()).toBe(0)
  // Its latest version is another one.
  for (let nth = 0; nth < 20_000; nth += 1) await counts.count({ ...key, latestVersion: 3 }, 1)
  expect([counts.tooOften(), warnings.length]).toEqual([0, 2])
})

test('a copy counts with its original, whose material it has', async () => {
  const store = openStore()
  const counts = createEncryptionCounts({ store, clock, warn: () => undefined })
  await counts.count({ ...key, location: 'elsewhere', origin: 'l' }, 1)
  expect(await store.counted()).toBe(10_000)
})
