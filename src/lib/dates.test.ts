import { describe, expect, test } from 'vitest'
import {
  addDays,
  DAY,
  daysBetween,
  formatDate,
  formatDateTime,
  formatRelative,
  formatSpan,
  HOUR,
  knownTime,
  parseTime,
} from './dates.ts'

const at = Date.UTC(2026, 11, 4, 9, 5)

describe('dates', () => {
  test('are absolute, in UTC', () => {
    expect(formatDate(at)).toBe('4 Dec 2026')
    expect(formatDate(Date.UTC(2026, 8, 1))).toBe('1 Sep 2026')
    expect(formatDateTime(at)).toBe('4 Dec 2026 at 09:05 UTC')
  })

  test.each([
    [20_000, 'less than a minute'],
    [5 * 60_000, '5 min'],
    [30 * HOUR, '30 h'],
    [12 * DAY, '12 d'],
    [78 * DAY, '11 weeks'],
    [160 * DAY, '5 months'],
    [365.25 * DAY, '1 y'],
    [580 * DAY, '1 y 7 mo'],
  ])('a span of %d ms', (span, words) => {
    expect(formatSpan(span)).toBe(words)
  })

  test('relative to now', () => {
    expect(formatRelative(addDays(at, 12), at)).toBe('in 12 d')
    expect(formatRelative(addDays(at, -3), at)).toBe('3 d ago')
    expect(daysBetween(at, addDays(at, 5) - 1)).toBe(4)
  })

  test('nanoseconds are cut to milliseconds', () => {
    expect(parseTime('2026-06-23T12:08:27.566894214Z')).toBe(Date.UTC(2026, 5, 23, 12, 8, 27, 566))
    expect(parseTime('2026-06-23T12:08:27Z')).toBe(Date.UTC(2026, 5, 23, 12, 8, 27))
  })

  test.each(['0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '1999-12-31T23:59:59Z', 'yesterday', ''])(
    '%j is no known time',
    (text) => expect(parseTime(text)).toBeUndefined(),
  )

  test('what no date can hold is not known', () => {
    expect(knownTime(Number.NaN)).toBeUndefined()
    expect(knownTime(1e18)).toBeUndefined()
    expect(knownTime(at)).toBe(at)
  })
})
