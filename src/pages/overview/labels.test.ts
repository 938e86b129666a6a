import { describe, expect, test } from 'vitest'
import { CallError, type CallErrorDetails } from '../../clouds/errors.ts'
import { addDays } from '../../lib/dates.ts'
import {
  failureLabel,
  formatAttention,
  formatDayMonth,
  formatDuration,
  formatMonth,
  formatSecond,
  formatWeek,
} from './labels.ts'
import { keyOf, now, rotatesIn } from './testing/key.ts'

describe('what waits is told with what it means', () => {
  const ending = keyOf('ledger', { status: 'pending-deletion', destroyedAt: addDays(now, 9), latestVersion: 4 })
  test.each([
    [
      { kind: 'pending', key: ending },
      'is destroyed in 9 days',
      'On 1 Dec 2026 at 14:32 UTC, with all 4 versions. It decrypts nothing until then.',
    ],
    [
      { kind: 'pending', key: keyOf('x', { status: 'pending-deletion', destroyedAt: now - 1, purpose: 'sign' }) },
      'is being destroyed',
      'On 22 Nov 2026 at 14:31 UTC, with its only version. It signs nothing until then.',
    ],
    [
      { kind: 'overdue', key: keyOf('x', { status: 'disabled', rotation: rotatesIn(-41) }), days: 41 },
      'is 41 days overdue for rotation',
      'It is disabled, and disabled keys are not rotated.',
    ],
    [
      { kind: 'overdue', key: keyOf('x', { rotation: rotatesIn(-0.5) }), days: 0 },
      'is overdue for rotation since today',
      'It was due on 22 Nov 2026 at 02:32 UTC. Rotate it by hand, or look at its settings.',
    ],
    [
      {
        kind: 'behind',
        key: keyOf('x', { latestVersion: 6 }),
        location: 'bg-sof-1',
        lacks: 'version',
        version: 4,
      },
      'is behind in',
      'The replica there has version 4 of 6.',
    ],
    [
      { kind: 'unrotated', key: keyOf('x'), days: 418 },
      'was never rotated in 418 days',
      'Nothing rotates it. Give it a period, or rotate it by hand.',
    ],
    [
      { kind: 'unrotated', key: keyOf('x', { traits: ['imported'] }), days: 418 },
      'was never rotated in 418 days',
      'It was imported. If that was without rotation, only a new key can replace it.',
    ],
  ] as const)('%#', (one, rest, text) => {
    expect(formatAttention(one, now)).toEqual({ rest, text })
  })
})

test('a week says how many rotations, and of which keys', () => {
  const week = { place: 0, startsAt: Date.UTC(2026, 10, 22), soon: 2, later: 0 }
  expect(formatWeek({ ...week, names: ['card-vault', 'jwt'] })).toBe(
    'Week of 22 Nov 2026: 2 rotations, of card-vault and jwt',
  )
  expect(formatWeek({ ...week, soon: 9, names: ['a', 'b', 'c'] })).toBe(
    'Week of 22 Nov 2026: 9 rotations, of a, b, c and others',
  )
  expect(formatWeek({ ...week, soon: 1, names: ['a'] })).toBe('Week of 22 Nov 2026: 1 rotation, of a')
})

test.each<[Partial<CallErrorDetails>, string, boolean]>([
  [{ reason: 'not-found', status: 404 }, 'No KMS here', true],
  [{ reason: 'feature-off', status: 403 }, 'KMS is off', true],
  [{ reason: 'unauthorized', status: 401 }, 'Refused', false],
  [{ reason: 'rate-limited', status: 429 }, 'Busy', false],
  [{ reason: 'broken-answer', status: 200 }, 'Broken answer', false],
  [{ reason: 'network' }, 'No answer', false],
  [{ reason: 'gateway', status: 504 }, 'No answer', false],
  [{ reason: 'other', status: 500 }, 'Failed, 500', false],
])('a location that failed with %j', (details, word, closed) => {
  const error = new CallError({ reason: 'other', message: '', advice: '', method: 'GET', path: '/', ...details })
  expect(failureLabel(error)).toEqual({ word, closed })
})

test('times', () => {
  expect([formatDuration(0.2), formatDuration(38.4), formatDuration(1240)]).toEqual(['1 ms', '38 ms', '1.2 s'])
  expect(formatSecond(Date.UTC(2026, 10, 22, 14, 32, 8))).toBe('14:32:08 UTC')
  expect(formatDayMonth(now)).toBe('22 Nov')
  expect(formatMonth(Date.UTC(2027, 0, 1), now)).toEqual({ month: 'Jan', year: '2027' })
  // January has no room beside today's name when it is near.
  expect(formatMonth(Date.UTC(2027, 1, 1), now)).toEqual({ month: 'Feb', year: '2027' })
  expect(formatMonth(Date.UTC(2027, 1, 1), Date.UTC(2027, 0, 1))).toEqual({ month: 'Feb' })
})
