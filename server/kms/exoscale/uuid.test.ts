import { expect, test } from 'vitest'
import { createKeyIds } from './uuid.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('an id carries the time of its making', () => {
  const id = createKeyIds()(0x0123456789ab)
  expect(id).toMatch(UUID)
  expect(id).toMatch(/^01234567-89ab-7/)
})

test('ids are in the order of their making, within a millisecond too', () => {
  const next = createKeyIds()
  const ids = Array.from({ length: 2000 }, (_, index) => next(1_767_225_600_000 + Math.floor(index / 1000)))
  expect(ids.every((id) => UUID.test(id))).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.toSorted()).toEqual(ids)
})
