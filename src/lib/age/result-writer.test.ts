import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { ageProblemOf } from './age-error.ts'
import { openRemoteWriter } from './remote-writer.ts'
import { serveResult } from './result-writer.ts'
import { stubStorage } from './testing/origin-private-files.ts'

const channels: MessageChannel[] = []
afterEach(() => {
  vi.unstubAllGlobals()
  for (const { port1 } of channels.splice(0)) port1.close()
})

/** Both ends, as in the two workers. */
async function openResult(size: number) {
  const channel = new MessageChannel()
  channels.push(channel)
  serveResult(channel.port1)
  return openRemoteWriter(channel.port2, 'r', size)
}

/** Larger than what is gathered before it is written. */
const LARGEST = 2_500_000

const parts = fc.array(fc.oneof(fc.integer({ min: 0, max: 70_000 }), fc.integer({ min: 0, max: LARGEST })), {
  maxLength: 8,
})

test('a result is all that was written, or there was no room for it', async () => {
  await fc.assert(
    fc.asyncProperty(parts, fc.integer({ min: 0, max: 2 * LARGEST }), async (sizes, room) => {
      const storage = stubStorage(room)
      const total = sizes.reduce((sum, size) => sum + size, 0)
      const result = await openResult(total)
      const write = async () => {
        for (const [index, size] of sizes.entries()) await result.write(new Uint8Array(size).fill(index + 1))
        return result.finish()
      }
      if (total > room) {
        await expect(write()).rejects.toThrow('no-space')
        return
      }
      expect(await write()).toBe(total)
      const content = storage.content('r') ?? new Uint8Array()
      expect(content.length).toBe(total)
      let at = 0
      for (const [index, size] of sizes.entries()) {
        expect(content.subarray(at, at + size).every((byte) => byte === index + 1)).toBe(true)
        at += size
      }
    }),
    { numRuns: 30 },
  )
})

test.each([
  ['one large part', [LARGEST]],
  ['many small ones', Array.from({ length: 20 }, () => 65_536)],
  ['the last bytes', [LARGEST, 100]],
])('a disk that fills up in the middle of it is told as one without room: %s', async (_what, sizes) => {
  stubStorage(sizes.reduce((sum, size) => sum + size, -1))
  const result = await openResult(0)
  let problem: unknown
  try {
    for (const size of sizes) await result.write(new Uint8Array(size))
    await result.finish()
  } catch (error) {
    problem = ageProblemOf(error)
  }
  expect(problem).toEqual({ kind: 'no-space' })
})

test('a result can be ended when it is finished, and when it failed', async () => {
  stubStorage(10)
  const finished = await openResult(10)
  await finished.write(new Uint8Array(10))
  await finished.finish()
  await expect(finished.close()).resolves.toBeUndefined()
  const failed = await openResult(10)
  await failed.write(new Uint8Array(11))
  await expect(failed.finish()).rejects.toThrow('no-space')
  await expect(failed.close()).resolves.toBeUndefined()
})

test('a place that can’t be opened is told at once', async () => {
  vi.stubGlobal('navigator', {
    storage: { getDirectory: () => Promise.reject(new DOMException('gone', 'NotFoundError')) },
  })
  await expect(openResult(10)).rejects.toThrow('unreadable')
})
