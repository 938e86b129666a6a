import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { forEachInSteps, runInSlices, runToEnd, type Steps, sortInSteps } from './time-slicing.ts'

const byNumber = (a: { n: number }, b: { n: number }) => a.n - b.n

test('sorts as the platform does, equal items in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 5000, size: 'max' }), (numbers) => {
      const items = numbers.map((n, place) => ({ n, place }))
      expect(runToEnd(sortInSteps(items, byNumber))).toEqual(items.toSorted(byNumber))
    }),
    { numRuns: 20 },
  )
})

test('goes through every item once, and offers steps between', () => {
  const items = Array.from({ length: 1000 }, (_, index) => index)
  const seen: number[] = []
  expect([...forEachInSteps(items, (item) => seen.push(item))].length).toBe(3)
  expect(seen).toEqual(items)
})

test('in slices the result is the same', async () => {
  const items = Array.from({ length: 20_000 }, (_, place) => ({ n: (place * 7919) % 1009, place }))
  expect(await runInSlices(sortInSteps(items, byNumber), new AbortController().signal)).toEqual(
    items.toSorted(byNumber),
  )
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
  await expect(runInSlices(endless(), stop.signal)).rejects.toThrow('aborted')
})
