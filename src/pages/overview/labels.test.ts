import { describe, expect, test } from 'vitest'
import { CallError, type CallErrorDetails } from '../../clouds/errors.ts'
import { addDays } from '../../lib/dates.ts'
import { failureLabel, formatDayMonth, formatFact, formatMonth, formatReason, formatWeek } from './labels.ts'
import { keyOf, now, rotatesIn } from './testing/key.ts'

describe('a decision is named with what it means', () => {
  const ending = keyOf('ledger', { status: 'pending-deletion', destroyedAt: addDays(now, 9), latestVersion: 4 })
  const failure = { cloud: 'exoscale', names: 'bg-sof-1', message: 'It answered 503.', advice: '', requests: undefined }
  test.each([
    [{ kind: 'deletion', key: ending }, 'deletes in 9 days', 'On 1 Dec 2026 at 14:32 UTC, with 4 versions.'],
    [
      { kind: 'deletion', key: keyOf('x', { status: 'pending-deletion', destroyedAt: now - 1 }) },
      'is being deleted',
      'On 22 Nov 2026 at 14:31 UTC, with 1 version.',
    ],
    [
      { kind: 'overdue', key: keyOf('x', { status: 'disabled', rotation: rotatesIn(-41) }), days: 41 },
      'is 41 days overdue for rotation',
      'It is disabled, and a disabled key does not rotate.',
    ],
    [
      { kind: 'overdue', key: keyOf('x', { rotation: rotatesIn(-0.5) }), days: 0 },
      'is overdue for rotation since today',
      'It was due on 22 Nov 2026 at 02:32 UTC. Rotate it now.',
    ],
    [
      {
        kind: 'behind',
        key: keyOf('x', { latestVersion: 6 }),
        zones: [
          { location: 'bg-sof-1', lacks: 'version', version: 4 },
          { location: 'de-fra-1', lacks: 'key' },
        ],
      },
      'is not up to date in bg-sof-1 and de-fra-1',
      'bg-sof-1 has version 4 of 6. de-fra-1 does not have the key.',
    ],
    [{ kind: 'unanswered', failure, stale: false }, 'did not answer', 'It answered 503.'],
    [
      { kind: 'unanswered', failure, stale: true },
      'did not answer',
      'It answered 503. Its keys are from the answer before.',
    ],
  ] as const)('%#', (one, fact, reason) => {
    const decision = { ...one, id: '', state: '' }
    expect([formatFact(decision, now), formatReason(decision)]).toEqual([fact, reason])
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
  expect(formatDayMonth(now)).toBe('22 Nov')
  expect(formatMonth(Date.UTC(2027, 0, 1), now)).toEqual({ month: 'Jan', year: '2027' })
  // January has no room beside today's name when it is near.
  expect(formatMonth(Date.UTC(2027, 1, 1), now)).toEqual({ month: 'Feb', year: '2027' })
  expect(formatMonth(Date.UTC(2027, 1, 1), Date.UTC(2027, 0, 1))).toEqual({ month: 'Feb' })
})
