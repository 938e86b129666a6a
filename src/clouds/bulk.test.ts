import { expect, test } from 'vitest'
import { type BulkProgress, runBulk } from './bulk.ts'
import { CallError, type Reason } from './errors.ts'
import type { KmsKey } from './model.ts'

const keyOf = (id: string): KmsKey => ({
  cloud: 'thalassa',
  location: 'nl-01',
  id,
  name: id,
  labels: {},
  annotations: {},
  type: 'aes256-gcm96',
  purpose: 'encrypt',
  can: ['encrypt'],
  status: 'active',
  rotation: { automatic: false },
  latestVersion: 1,
  createdAt: 0,
  traits: [],
})

const keys = (count: number) => Array.from({ length: count }, (_, index) => keyOf(`kms-${index}`))

const refused = (reason: Reason, retryAfter?: number) =>
  new CallError({
    reason,
    message: 'No.',
    advice: '',
    method: 'POST',
    path: '/x',
    ...(retryAfter ? { retryAfter } : {}),
  })

const run = (count: number, act: (id: string) => Promise<unknown>, stop = new AbortController()) => {
  const told: BulkProgress[] = []
  const result = runBulk({
    keys: keys(count),
    run: ({ id }) => act(id),
    signal: stop.signal,
    onProgress: (progress) => told.push(progress),
  })
  return { result, told }
}

test('acts on each key once, at most four at a time', async () => {
  const seen: string[] = []
  let under = 0
  let most = 0
  const { result, told } = run(50, async (id) => {
    seen.push(id)
    most = Math.max(most, ++under)
    await new Promise((resolve) => setTimeout(resolve, 1))
    under -= 1
  })
  expect((await result).succeeded).toHaveLength(50)
  expect(new Set(seen).size).toBe(50)
  expect(most).toBe(4)
  expect(told.at(-1)).toEqual({ succeeded: 50, failed: 0 })
})

test('a refusal is kept with its key and never tried again', async () => {
  const tries = new Map<string, number>()
  const { result } = run(10, async (id) => {
    tries.set(id, (tries.get(id) ?? 0) + 1)
    if (id === 'kms-3') throw refused('state')
  })
  const { failed, succeeded, notStarted } = await result
  expect(failed.map(({ key }) => key.id)).toEqual(['kms-3'])
  expect([succeeded.length, notStarted.length]).toEqual([9, 0])
  expect([...tries.values()].every((count) => count === 1)).toBe(true)
})

test('a cloud that asks for a pause gets it, from every lane, and then the same key again', async () => {
  const starts: number[] = []
  let busyUntil = 0
  const { result, told } = run(12, async () => {
    starts.push(Date.now())
    if (starts.length === 6) busyUntil = Date.now() + 60
    if (Date.now() < busyUntil) throw refused('rate-limited', 80)
  })
  const { succeeded, failed } = await result
  expect([succeeded.length, failed.length]).toEqual([12, 0])
  expect(told.some(({ pausedUntil }) => pausedUntil !== undefined)).toBe(true)
})

test('a cloud that stays too busy is a failure at last', async () => {
  let tries = 0
  const { result } = run(1, async () => {
    tries += 1
    throw refused('rate-limited', 1)
  })
  expect((await result).failed).toHaveLength(1)
  expect(tries).toBe(6)
})

test('cancelled, it starts nothing new, and a pause ends at once', async () => {
  const stop = new AbortController()
  const { result } = run(
    40,
    async (id) => {
      if (id === 'kms-7') {
        stop.abort()
        throw refused('rate-limited', 60_000)
      }
    },
    stop,
  )
  const { succeeded, failed, notStarted, gaveUp } = await result
  expect(failed).toEqual([])
  expect(succeeded.length + notStarted.length).toBe(40)
  expect(notStarted.map(({ id }) => id)).toContain('kms-7')
  expect(gaveUp).toBe(false)
})

test('where every key would meet the same failure, the rest is left alone', async () => {
  const { result } = run(500, async () => {
    throw refused('unauthorized')
  })
  const { failed, notStarted, gaveUp } = await result
  expect(gaveUp).toBe(true)
  expect(failed.length).toBeLessThan(12)
  expect(failed.length + notStarted.length).toBe(500)
})
