import { describe, expect, onTestFinished, test } from 'vitest'
import {
  addDays,
  DAY,
  daysBetween,
  formatAgo,
  formatDate,
  formatDateTime,
  formatLogTime,
  formatRelative,
  formatSpan,
  formatSpanInDays,
  formatSpanInSentence,
  formatTimestamp,
  formatWithRelative,
  HOUR,
  isoDay,
  knownTime,
  parseTime,
  readIsoDay,
  setDisplayedZone,
  startOfDay,
} from './dates.ts'

const at = Date.UTC(2026, 11, 4, 9, 5)

function showIn(zone: string) {
  setDisplayedZone(zone)
  onTestFinished(() => setDisplayedZone(undefined))
}

describe('dates', () => {
  test('are absolute, in the zone of the browser', () => {
    expect(formatDate(at)).toBe('4 Dec 2026')
    expect(formatDate(Date.UTC(2026, 8, 1))).toBe('1 Sep 2026')
    expect(formatDateTime(at)).toBe('4 Dec 2026 at 09:05 UTC')
    expect(formatTimestamp(at)).toBe('4 Dec 2026, 09:05:00 UTC')
  })

  test.each([
    ['Europe/Amsterdam', '4 Dec 2026 at 10:05 CET', '1 Jul 2026 at 02:00 CEST'],
    ['America/New_York', '4 Dec 2026 at 04:05 GMT-5', '30 Jun 2026 at 20:00 GMT-4'],
    ['Asia/Kolkata', '4 Dec 2026 at 14:35 GMT+5:30', '1 Jul 2026 at 05:30 GMT+5:30'],
    ['UTC', '4 Dec 2026 at 09:05 UTC', '1 Jul 2026 at 00:00 UTC'],
  ])('in %s have its name beside them', (zone, winter, summer) => {
    showIn(zone)
    expect(formatDateTime(at)).toBe(winter)
    expect(formatDateTime(Date.UTC(2026, 6, 1))).toBe(summer)
  })

  test.each(['Europe/Amsterdam', 'America/New_York', 'Asia/Kolkata'])(
    'start at midnight in %s, also on days of 23 and of 25 hours',
    (zone) => {
      showIn(zone)
      for (let day = 0; day < 400; day += 1) {
        const start = startOfDay(at, { days: day })
        expect(formatTimestamp(start)).toContain(', 00:00:00 ')
        expect(startOfDay(start + 22 * HOUR)).toBe(start)
        expect(readIsoDay(isoDay(start + HOUR))).toBe(start)
      }
      expect(isoDay(startOfDay(at, { months: 2 })).slice(0, 7)).toBe('2027-02')
    },
  )

  test.each(['', '2026-13-01', '2026-02-30x', '22.11.2026'])('%j is no day', (text) =>
    expect(readIsoDay(text)).toBeUndefined(),
  )

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

const then = Date.parse('2026-12-04T09:14:00Z')

test.each([
  [20_000, '< 1 min'],
  [-5_000, '< 1 min'],
  [47 * HOUR, '47 h'],
  [2 * DAY, '2 d'],
  [102.9 * DAY, '102 d'],
  [3650 * DAY, '3,650 d'],
])('writes a span of %d ms as %s', (span, words) => {
  expect(formatSpanInDays(span)).toBe(words)
})

test('writes days in sentences, and hours when there are few', () => {
  expect(formatSpanInSentence(then, then + 12.5 * DAY)).toBe('12 days')
  expect(formatSpanInSentence(then, then + 30 * HOUR)).toBe('30 h')
})

test('puts the relative time beside the absolute one', () => {
  expect(formatWithRelative(then, then + 3 * DAY)).toBe('4 Dec 2026 at 09:14 UTC, 3 d ago')
  expect(formatWithRelative(then, then - 3 * DAY)).toBe('4 Dec 2026 at 09:14 UTC, in 3 d')
  expect(formatWithRelative(then, then - 30_000)).toBe('4 Dec 2026 at 09:14 UTC, just now')
})

test('writes times of a log with their seconds, and what is new as just now', () => {
  expect(formatLogTime(then + 5000)).toBe('4 Dec 2026, 09:14:05 UTC')
  expect(formatLogTime(Number.NaN)).toBe('Unknown')
  expect(formatAgo(then + 5000, then)).toBe('just now')
  expect(formatAgo(then - 5 * 60_000, then)).toBe('5 min ago')
  expect(formatAgo(Number.NaN, then)).toBe('')
})
