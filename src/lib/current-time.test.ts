import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { clockAhead, compareClocks, correctedInstant, currentTime, onClockChange } from './current-time.ts'
import { DAY, HOUR, MINUTE } from './dates.ts'

const TRUE_START = Date.UTC(2026, 10, 30, 9)
/** Time that has passed in the world. */
let passed = 0
/** By which the browser's clock is ahead. */
let ahead = 0
/** By which the monotonic clock is behind: it may stand still while the computer sleeps. */
let slept = 0

/** An answer that takes as long each way. */
function answer(roundTrip = 40) {
  const sent = performance.now()
  passed += roundTrip / 2
  const gatewayTime = TRUE_START + passed
  passed += roundTrip / 2
  compareClocks(gatewayTime, sent)
}

const error = () => currentTime() - (TRUE_START + passed)

beforeEach(() => {
  passed = 0
  ahead = 0
  slept = 0
  vi.spyOn(Date, 'now').mockImplementation(() => TRUE_START + passed + ahead)
  vi.spyOn(performance, 'now').mockImplementation(() => 5_000 + passed - slept)
})
afterEach(() => {
  ahead = 0
  answer()
  vi.restoreAllMocks()
})

test('a clock that is right, or a few seconds off, is left alone', () => {
  const changed = vi.fn()
  const stop = onClockChange(changed)
  for (const difference of [0, 5_000, -5_000]) {
    ahead = difference
    answer()
    expect(currentTime()).toBe(Date.now())
    expect(clockAhead()).toBe(0)
  }
  stop()
  expect(changed).not.toHaveBeenCalled()
})

test.each([40 * DAY, -400 * DAY, 3 * MINUTE, -3 * MINUTE])('a clock that is %d ms off is corrected', (difference) => {
  ahead = difference
  answer()
  expect(error()).toBe(0)
  expect(clockAhead()).toBe(difference)
  passed += HOUR
  expect(error()).toBe(0)
  expect(correctedInstant(Date.now())).toBe(currentTime())
})

test('half of a long round trip is no difference of the clocks', () => {
  answer(60_000)
  expect(currentTime()).toBe(Date.now())
  ahead = 5 * MINUTE
  answer(60_000)
  expect(Math.abs(error())).toBeLessThanOrEqual(30_000)
})

test('a clock that is set while the page is open changes nothing, and ends the notice', () => {
  ahead = DAY
  answer()
  ahead = 0
  expect(error()).toBe(0)
  answer()
  expect(clockAhead()).toBe(0)
  expect(currentTime()).toBe(Date.now())
})

test('sleep, in which the monotonic clock stands still, is noticed at the next answer', () => {
  ahead = DAY
  answer()
  passed += 8 * HOUR
  slept = 8 * HOUR
  answer()
  expect(error()).toBe(0)
  expect(clockAhead()).toBe(DAY)
})

test('later answers that agree change nothing', () => {
  ahead = DAY
  answer(400)
  const changed = vi.fn()
  const stop = onClockChange(changed)
  answer(20)
  answer(2_000)
  stop()
  expect(changed).not.toHaveBeenCalled()
})

test('an answer without a time changes nothing', () => {
  ahead = DAY
  compareClocks(Number.NaN, performance.now())
  expect(clockAhead()).toBe(0)
})
