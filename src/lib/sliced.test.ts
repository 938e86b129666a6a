import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { finish, inSlices, type Steps, sorting, stepping } from './sliced.ts'

const byNumber = (a: { n: number }, b: { n: number }) => a.n - b.n

test('sorts as the platform does, equal items in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 5000, size: 'max' }), (numbers) => {
      const items = numbers.map((n, place) => ({ n, place }))
      expect(finish(sorting(items, byNumber))).toEqual(items.toSorted(byNumber))
    }),
    { numRuns: 20 },
  )
})

test('goes through every item once, and offers steps between', () => {
  const items = Array.from({ length: 1000 }, (_, index) => index)
  const seen: number[] = []
  expect([...stepping(items, (item) => seen.push(item))].length).toBe(3)
  expect(seen).toEqual(items)
})

test('in slices the result is the same', async () => {
  const items = Array.from({ length: 20_000 }, (_, place) => ({ n: (place * 7919) % 1009, place }))
  expect(await inSlices(sorting(items, byNumber), new AbortController().signal)).toEqual(items.toSorted(byNumber))
})

test('work that nobody waits for any more ends', async () => {
  const stop = new AbortController()
  let steps = 0
  function* endless(): Steps<never> {
    for (;;) {
      steps += 1
      if (steps === 100) stop.abort()
      yield
    }
  }
  await expect(inSlices(endless(), stop.signal)).rejects.toThrow('aborted')
})
