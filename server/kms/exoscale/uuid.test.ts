import { expect, test } from 'vitest'
import { createKeyIds } from './uuid.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('an id contains its creation time', () => {
  const id = createKeyIds()(0x0123456789ab)
  expect(id).toMatch(UUID)
  expect(id).toMatch(/^01234567-89ab-7/)
})

test('ids sort by creation, also within a millisecond', () => {
  const next = createKeyIds()
  const ids = Array.from({ length: 2000 }, (_, index) => next(1_767_225_600_000 + Math.floor(index / 1000)))
  expect(ids.every((id) => UUID.test(id))).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.toSorted()).toEqual(ids)
})
