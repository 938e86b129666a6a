import { describe, expect, test } from 'vitest'
import type { KmsKey } from '../../clouds/model.ts'
import { addDays } from '../../lib/dates.ts'
import { groupReplicas, type ReadLocations } from '../shared/replica-groups.ts'
import { attentionItems, copiesOf, figuresOf } from './posture.ts'
import { keyOf, now, primaryOf, replicaOf, rotatesIn } from './testing/key.ts'

const zones = ['bg-sof-1', 'ch-gva-2', 'de-fra-1']
const everywhere: ReadLocations = new Map([['exoscale', zones]])
const waiting = (keys: readonly KmsKey[], read = everywhere) => attentionItems(copiesOf(keys), read, now)

describe('figures', () => {
  test('say what somebody would count by hand', () => {
    const keys = [
      keyOf('rotated', { rotation: rotatesIn(12), latestVersion: 4 }),
      keyOf('late', { rotation: rotatesIn(-3), status: 'disabled', latestVersion: 2 }),
      keyOf('ending', { status: 'pending-deletion', rotation: { automatic: true }, latestVersion: 2 }),
      keyOf('brought', { traits: ['imported', 'exportable'] }),
      // The same in all zones, which is one row, and not the same, which is one for each.
      ...zones.map((zone) => replicaOf('everywhere', zone, { latestVersion: 2 })),
      primaryOf('somewhere', { latestVersion: 2 }),
      replicaOf('somewhere', 'de-fra-1', { latestVersion: 2, status: 'disabled' }),
    ]
    const figures = figuresOf(groupReplicas(keys), now)
    expect(Object.fromEntries(figures.status)).toEqual({ active: 4, disabled: 2, pending: 1 })
    expect(Object.fromEntries(figures.rotation)).toMatchObject({ automatic: 2, due: 1, overdue: 1, never: 1 })
    expect(Object.fromEntries(figures.material)).toEqual({ exportable: 1, imported: 1 })
  })
})

describe('what waits for a decision', () => {
  test('the soonest destroyed first, then the longest overdue, then replicas, then what was never rotated', () => {
    const keys = [
      keyOf('old', { createdAt: addDays(now, -418) }),
      keyOf('older', { createdAt: addDays(now, -500) }),
      primaryOf('app', { latestVersion: 3 }),
      replicaOf('app', 'de-fra-1', { latestVersion: 3 }),
      replicaOf('app', 'bg-sof-1', { latestVersion: 2 }),
      keyOf('late', { rotation: rotatesIn(-3) }),
      keyOf('later', { rotation: rotatesIn(-41), status: 'disabled' }),
      keyOf('ends last', { status: 'pending-deletion', destroyedAt: addDays(now, 21) }),
      keyOf('ends first', { status: 'pending-deletion', destroyedAt: addDays(now, 9) }),
      keyOf('fine'),
    ]
    expect(waiting(keys).map(({ kind, key }) => [kind, key.name])).toEqual([
      ['pending', 'ends first'],
      ['pending', 'ends last'],
      ['overdue', 'later'],
      ['overdue', 'late'],
      ['behind', 'app'],
      ['unrotated', 'older'],
      ['unrotated', 'old'],
    ])
  })

  test.each<[string, KmsKey[], unknown]>([
    [
      'a version',
      [
        primaryOf('app', { latestVersion: 2 }),
        replicaOf('app', 'bg-sof-1'),
        replicaOf('app', 'de-fra-1', { latestVersion: 2 }),
      ],
      { kind: 'behind', location: 'bg-sof-1', lacks: 'version', version: 1 },
    ],
    [
      'the key itself',
      [primaryOf('app'), replicaOf('app', 'bg-sof-1')],
      { kind: 'behind', location: 'de-fra-1', lacks: 'key' },
    ],
    [
      'a cancelled deletion',
      [primaryOf('app', { replicas: ['bg-sof-1'] }), replicaOf('app', 'bg-sof-1', { status: 'pending-deletion' })],
      { kind: 'behind', location: 'bg-sof-1', lacks: 'deletion' },
    ],
  ])('a replica that lacks %s is told', (_, keys, told) => {
    expect(waiting(keys)).toMatchObject([told])
  })

  test('a replica in a location that was not read, or one that is disabled by itself, is no news', () => {
    const keys = [primaryOf('app'), replicaOf('app', 'bg-sof-1', { status: 'disabled' })]
    expect(waiting(keys, new Map([['exoscale', ['bg-sof-1', 'ch-gva-2']]]))).toEqual([])
  })

  test('a deletion is told once for all replicas, of the primary where that was read', () => {
    const ending = { status: 'pending-deletion', destroyedAt: addDays(now, 3) } as const
    const replicas = [replicaOf('app', 'bg-sof-1', ending), replicaOf('app', 'de-fra-1', ending)]
    expect(waiting([...replicas, primaryOf('app', ending)]).map(({ key }) => key.location)).toEqual(['ch-gva-2'])
    expect(waiting(replicas)).toHaveLength(1)
  })

  test('keys that rotate, are off, or are young are left alone', () => {
    const age = { createdAt: addDays(now, -800) }
    expect(
      waiting([
        keyOf('rotates', { ...age, rotation: rotatesIn(200, 1000) }),
        keyOf('rotated', { ...age, latestVersion: 2 }),
        keyOf('off', { ...age, status: 'disabled' }),
        keyOf('young', { createdAt: addDays(now, -365) }),
      ]),
    ).toEqual([])
  })
})

test('a hundred thousand keys, each a case for a decision, need one pass and no big argument list', () => {
  const many = Array.from({ length: 100_000 }, (_, index) =>
    keyOf(`key ${index}`, { status: 'pending-deletion', destroyedAt: addDays(now, 1 + (index % 30)) }),
  )
  const copies = copiesOf(many)
  expect(figuresOf(groupReplicas(many), now).status.get('pending')).toBe(100_000)
  expect(attentionItems(copies, everywhere, now)).toHaveLength(100_000)
})
