import { expect, test } from 'vitest'
import { CallError, type Reason } from '../../clouds/errors.ts'
import type { CloudId } from '../../clouds/model.ts'
import type { ReadFailure } from '../use-keys.ts'
import { formatMissing, groupFailures } from './read-failures.ts'

const missingOf = (
  cloud: CloudId,
  location: string | undefined,
  status: number,
  requestId?: string,
  reason: Reason = 'gateway',
): ReadFailure => ({
  cloud,
  ...(location === undefined ? {} : { location }),
  error: new CallError({
    reason,
    message: `It answered ${status}.`,
    advice: 'Try again.',
    method: 'GET',
    path: cloud === 'thalassa' ? '/v1/kms/summary' : '/v2/kms-key',
    status,
    requestId,
  }),
  retry: () => undefined,
})

test('one location is named with its request', () => {
  const missing = [missingOf('exoscale', 'bg-sof-1', 504, '7f3c')]
  expect(formatMissing(missing)).toBe('bg-sof-1 is missing')
  expect(groupFailures(missing)).toEqual([
    {
      cloud: 'exoscale',
      names: 'bg-sof-1',
      message: 'It answered 504.',
      advice: 'Try again.',
      requests: 'GET /v2/kms-key · 504 · request 7f3c',
    },
  ])
})

test('what failed alike is told once, with every request id', () => {
  const missing = [
    missingOf('exoscale', 'bg-sof-1', 504, 'a'),
    missingOf('exoscale', 'ch-dk-2', 504, 'b'),
    missingOf('exoscale', 'at-vie-1', 403),
  ]
  expect(formatMissing(missing)).toBe('3 locations are missing')
  expect(groupFailures(missing).map(({ names, requests }) => [names, requests])).toEqual([
    ['bg-sof-1, ch-dk-2', 'GET /v2/kms-key · 504 · requests a, b'],
    ['at-vie-1', 'GET /v2/kms-key · 403'],
  ])
})

test('a whole cloud stands beside single locations', () => {
  const missing = [missingOf('thalassa', undefined, 504), missingOf('exoscale', 'bg-sof-1', 504)]
  expect(formatMissing(missing)).toBe('Thalassa Cloud and 1 location are missing')
  expect(formatMissing(missing.slice(0, 1))).toBe('Thalassa Cloud is missing')
  expect(groupFailures(missing)).toHaveLength(2)
})

test('a list of locations has no advice to choose another location', () => {
  const [group] = groupFailures([missingOf('exoscale', 'bg-sof-1', 503, undefined, 'unavailable')])
  expect(group).toMatchObject({ message: 'It answered 503.', advice: '' })
})
