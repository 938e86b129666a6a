import { expect, test } from 'vitest'
import { DAY, HOUR } from '../lib/dates.ts'
import { addPeriods, inDays, isSamePeriod, periodLength } from './period.ts'

test('a period has a length in its unit', () => {
  expect(periodLength(inDays(90))).toBe(90 * DAY)
  expect(periodLength({ value: 6, unit: 'hours' })).toBe(6 * HOUR)
  expect(addPeriods(0, { value: 6, unit: 'hours' }, 2)).toBe(12 * HOUR)
})

test('periods are the same in value and unit', () => {
  expect(isSamePeriod(inDays(24), { value: 24, unit: 'hours' })).toBe(false)
  expect(isSamePeriod(inDays(24), inDays(24))).toBe(true)
  expect(isSamePeriod(undefined, inDays(24))).toBe(false)
})
