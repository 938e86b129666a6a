import { describe, expect, test } from 'vitest'
import { CallError, type CallErrorDetails } from './errors.ts'
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
