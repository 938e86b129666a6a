import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { problemOf } from './problem.ts'
import { openResult } from './result-writer.ts'
import { stubStorage } from './test-storage.ts'

afterEach(() => vi.unstubAllGlobals())

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
      const result = await openResult('r', total)
      const write = () => {
        for (const [index, size] of sizes.entries()) result.write(new Uint8Array(size).fill(index + 1))
        return result.finish()
      }
      if (total > room) {
        expect(write).toThrow()
        return
      }
      expect(write()).toBe(total)
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
  const result = await openResult('r', 0)
  let problem: unknown
  try {
    for (const size of sizes) result.write(new Uint8Array(size))
    result.finish()
  } catch (error) {
    problem = problemOf(error)
  }
  expect(problem).toEqual({ kind: 'no-space' })
})
