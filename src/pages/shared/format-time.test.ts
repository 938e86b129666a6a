import { expect, it } from 'vitest'
import { DAY, HOUR } from '../../lib/dates.ts'
import { formatAgo, formatLogTime, formatSpanInDays, formatSpanInSentence, formatWithRelative } from './format-time.ts'

const at = Date.parse('2026-12-04T09:14:00Z')

it.each([
  [20_000, '< 1 min'],
  [-5_000, '< 1 min'],
  [47 * HOUR, '47 h'],
  [2 * DAY, '2 d'],
  [102.9 * DAY, '102 d'],
  [3650 * DAY, '3,650 d'],
])('writes a span of %d ms as %s', (span, words) => {
  expect(formatSpanInDays(span)).toBe(words)
})

it('writes days in sentences, and hours when there are few', () => {
  expect(formatSpanInSentence(at, at + 12.5 * DAY)).toBe('12 days')
  expect(formatSpanInSentence(at, at + 30 * HOUR)).toBe('30 h')
})

it('puts the relative time beside the absolute one', () => {
  expect(formatWithRelative(at, at + 3 * DAY)).toBe('4 Dec 2026 at 09:14 UTC, 3 d ago')
  expect(formatWithRelative(at, at - 3 * DAY)).toBe('4 Dec 2026 at 09:14 UTC, in 3 d')
  expect(formatWithRelative(at, at - 30_000)).toBe('4 Dec 2026 at 09:14 UTC, just now')
})

it('writes times of a log with their seconds, and what is new as just now', () => {
  expect(formatLogTime(at + 5000)).toBe('4 Dec 2026, 09:14:05 UTC')
  expect(formatLogTime(Number.NaN)).toBe('Unknown')
  expect(formatAgo(at + 5000, at)).toBe('just now')
  expect(formatAgo(at - 5 * 60_000, at)).toBe('5 min ago')
  expect(formatAgo(Number.NaN, at)).toBe('')
})
