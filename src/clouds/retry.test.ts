import { describe, expect, test } from 'vitest'
import { CallError, type CallErrorDetails } from './errors.ts'
import { readRetryAfter } from './http.ts'
import { retryDelay, shouldRetry } from './queries.ts'

const failed = (details: Partial<CallErrorDetails>) =>
  new CallError({ reason: 'other', message: '', advice: '', method: 'GET', path: '/', ...details })
const limited = (retryAfter?: number) => failed({ reason: 'rate-limited', status: 429, retryAfter })

describe('reads are tried again', () => {
  test.each([
    ['when nothing answered', failed({ reason: 'network' }), true],
    ['when the server broke', failed({ status: 500 }), true],
    ['when there were too many calls', limited(), true],
    ['when the wait is short', limited(5_000), true],
    ['but not when it is long', limited(5_001), false],
    ['but not after a refusal', failed({ reason: 'feature-off', status: 403 }), false],
    ['but not after a fault of the console', new Error('x'), false],
  ])('%s', (_, error, again) => expect(shouldRetry(0, error)).toBe(again))

  test('twice at most, each time later, and never sooner than the server asked for', () => {
    expect([0, 1, 2].map((failures) => shouldRetry(failures, limited()))).toEqual([true, true, false])
    expect([0, 1].map((failures) => retryDelay(failures, limited()))).toEqual([500, 1000])
    expect([0, 1].map((failures) => retryDelay(failures, limited(700)))).toEqual([700, 1000])
  })
})

describe('Retry-After', () => {
  const date = 'Mon, 30 Nov 2026 09:00:00 GMT'
  test.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    [
      'a date, by the cloud’s clock',
      { 'retry-after': date, 'x-upstream-date': 'Mon, 30 Nov 2026 08:59:30 GMT' },
      30_000,
    ],
    ['a date that has passed', { 'retry-after': date, 'x-upstream-date': 'Mon, 30 Nov 2026 09:00:30 GMT' }, 0],
    ['nothing', {}, undefined],
    ['the oldest form of a date', { 'retry-after': 'Mon Nov 30 09:00:00 2026', 'x-upstream-date': date }, 0],
    ['a negative number', { 'retry-after': '-5' }, undefined],
    ['something else', { 'retry-after': 'soon' }, undefined],
    ['an empty text', { 'retry-after': '' }, undefined],
    ['a number of another form', { 'retry-after': '1e3' }, undefined],
  ])('%s', (_, headers, wait) => expect(readRetryAfter(new Headers(headers))).toBe(wait))

  test('a date of an unknown clock counts from now', () => {
    const wait = readRetryAfter(new Headers({ 'retry-after': new Date(Date.now() + 60_000).toUTCString() })) ?? 0
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(60_000)
  })
})
