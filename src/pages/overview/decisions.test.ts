import { describe, expect, test } from 'vitest'
import { CallError } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { groupReplicas, type ReadLocations } from '../../clouds/replica-groups.ts'
import { addDays } from '../../lib/dates.ts'
import type { ReadFailure } from '../use-keys.ts'
import { decisionsIn } from './decisions.ts'
import { keyOf, now, primaryOf, replicaOf, rotatesIn } from './testing/key.ts'

const everywhere: ReadLocations = new Map([['exoscale', ['bg-sof-1', 'ch-gva-2', 'de-fra-1']]])

const failureOf = (location: string, message = 'Service unavailable.'): ReadFailure => ({
  cloud: 'exoscale',
  location,
  error: new CallError({ reason: 'unavailable', message, advice: '', method: 'GET', path: '/', status: 503 }),
  retry: () => undefined,
})

const decisions = (
  keys: readonly KmsKey[],
  { read = everywhere, missing = [], outdated = [] }: Partial<Parameters<typeof decisionsIn>[1]> = {},
) => decisionsIn(groupReplicas(keys), { read, missing, outdated }, now)

test('the longest overdue comes first, then replicas, then silent locations, then the soonest deleted', () => {
  const keys = [
    primaryOf('app', { latestVersion: 3 }),
    replicaOf('app', 'de-fra-1', { latestVersion: 3 }),
    replicaOf('app', 'bg-sof-1', { latestVersion: 2 }),
    keyOf('ends last', { status: 'pending-deletion', destroyedAt: addDays(now, 21) }),
    keyOf('ends first', { status: 'pending-deletion', destroyedAt: addDays(now, 9) }),
    keyOf('late', { rotation: rotatesIn(-3) }),
    keyOf('later', { rotation: rotatesIn(-41), status: 'disabled' }),
    keyOf('fine'),
    keyOf('can’t rotate', { rotation: { ...rotatesIn(-9), never: 'One version for life.' } }),
    keyOf('never rotated', { createdAt: addDays(now, -500) }),
  ]
  const found = decisions(keys, { missing: [failureOf('ch-dk-2')] })
  expect(found.map((one) => [one.kind, one.kind === 'unanswered' ? one.failure.names : one.key.name])).toEqual([
    ['overdue', 'later'],
    ['overdue', 'late'],
    ['behind', 'app'],
    ['unanswered', 'ch-dk-2'],
    ['deletion', 'ends first'],
    ['deletion', 'ends last'],
  ])
})

describe('a key with replicas is one item', () => {
  test.each<[string, KmsKey[], unknown]>([
    [
      'a version, and the key itself',
      [primaryOf('app', { latestVersion: 2 }), replicaOf('app', 'bg-sof-1')],
      [
        { location: 'bg-sof-1', lacks: 'version', version: 1 },
        { location: 'de-fra-1', lacks: 'key' },
      ],
    ],
    [
      'a cancelled deletion',
      [primaryOf('app', { replicas: ['bg-sof-1'] }), replicaOf('app', 'bg-sof-1', { status: 'pending-deletion' })],
      [{ location: 'bg-sof-1', lacks: 'deletion' }],
    ],
  ])('that names the zones that lack %s', (_, keys, zones) => {
    expect(decisions(keys)).toMatchObject([{ kind: 'behind', zones }])
  })

  test('also when its deletion is pending, or its rotation overdue', () => {
    const ending = { status: 'pending-deletion', destroyedAt: addDays(now, 3) } as const
    const replicas = [replicaOf('app', 'bg-sof-1', ending), replicaOf('app', 'de-fra-1', ending)]
    expect(decisions([...replicas, primaryOf('app', ending)])).toMatchObject([{ key: { location: 'ch-gva-2' } }])
    expect(decisions(replicas)).toHaveLength(1)
    const late = { rotation: rotatesIn(-3) }
    expect(decisions([primaryOf('app', late), replicaOf('app', 'de-fra-1', late)])).toMatchObject([{ kind: 'overdue' }])
  })

  test('and nothing where a zone was not read, or its replica is disabled alone', () => {
    const keys = [primaryOf('app'), replicaOf('app', 'bg-sof-1', { status: 'disabled' })]
    expect(decisions(keys, { read: new Map([['exoscale', ['bg-sof-1', 'ch-gva-2']]]) })).toEqual([])
  })
})

test('locations that fail alike are one item, apart from those whose keys are still shown', () => {
  const missing = [failureOf('bg-sof-1'), failureOf('ch-dk-2'), failureOf('at-vie-1', 'Forbidden.')]
  const found = decisions([], { missing, outdated: [failureOf('de-fra-1', 'Bad gateway.')] })
  expect(found).toMatchObject([
    { failure: { names: 'de-fra-1' }, stale: true },
    { failure: { names: 'at-vie-1' }, stale: false },
    { failure: { names: 'bg-sof-1, ch-dk-2' }, stale: false },
  ])
})

test('another state of the same item has the same id', () => {
  const states = (one: KmsKey[], other: KmsKey[]) => {
    const [before, after] = [one, other].map((keys) => decisions(keys)[0])
    expect(after?.id).toBe(before?.id)
    expect(after?.state).not.toBe(before?.state)
  }
  const ending = (days: number) => [keyOf('x', { status: 'pending-deletion', destroyedAt: addDays(now, days) })]
  states(ending(9), ending(10))
  states([keyOf('x', { rotation: rotatesIn(-3) })], [keyOf('x', { rotation: rotatesIn(-2) })])
  states([keyOf('x', { rotation: rotatesIn(-3) })], ending(9))
  const app = primaryOf('app', { latestVersion: 3, replicas: ['bg-sof-1'] })
  const behind = (latestVersion: number) => [app, replicaOf('app', 'bg-sof-1', { latestVersion })]
  states(behind(1), behind(2))
})

test('a hundred thousand keys, each with a decision, need one pass and no big argument list', () => {
  const many = Array.from({ length: 100_000 }, (_, index) =>
    keyOf(`key ${index}`, { status: 'pending-deletion', destroyedAt: addDays(now, 1 + (index % 30)) }),
  )
  expect(decisions(many)).toHaveLength(100_000)
})
