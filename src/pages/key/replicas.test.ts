import { describe, expect, test } from 'vitest'
import type { ReplicaState } from '../../clouds/model.ts'
import { keyWith, NOW } from '../shared/testing/key.ts'
import { caughtUp, formatFailure, formatProgress, isInSync, type KeyLocation, keyLocations } from './replicas.ts'

const primaryWith = (...replicaStates: ReplicaState[]) =>
  keyWith({
    cloud: 'exoscale',
    location: 'ch-gva-2',
    originZone: 'ch-gva-2',
    traits: ['multi-zone'],
    revision: 5,
    replicas: replicaStates.map(({ location }) => location),
    replicaStates,
  })

const failure = { attempted: 5, error: 'zone unreachable', at: NOW - 120_000 }

describe('places', () => {
  test('are the primary’s and every replica’s', () => {
    const key = primaryWith(
      { location: 'de-fra-1', applied: 5, state: 'current' },
      { location: 'at-vie-1', applied: 3, state: 'failing', failure },
    )
    expect(keyLocations(key)).toEqual([
      { location: 'ch-gva-2', replication: 'primary' },
      { location: 'de-fra-1', replication: 'current', applied: 5 },
      { location: 'at-vie-1', replication: 'failing', applied: 3, failure },
    ])
  })

  test('a replica without a state, and a state without a replica in the list, are both places', () => {
    const key = { ...primaryWith({ location: 'de-fra-1', applied: 5, state: 'current' }), replicas: ['at-vie-1'] }
    expect(keyLocations(key).map(({ location, replication }) => [location, replication])).toEqual([
      ['ch-gva-2', 'primary'],
      ['at-vie-1', 'unknown'],
      ['de-fra-1', 'current'],
    ])
  })

  test('are settled when all are current', () => {
    expect(isInSync(primaryWith())).toBe(true)
    expect(isInSync(primaryWith({ location: 'de-fra-1', applied: 5, state: 'current' }))).toBe(true)
    expect(isInSync(primaryWith({ location: 'de-fra-1', applied: 4, state: 'behind' }))).toBe(false)
    expect(isInSync(primaryWith({ location: 'de-fra-1', applied: 4, state: 'failing' }))).toBe(false)
    expect(isInSync({ ...primaryWith(), replicas: ['de-fra-1'] })).toBe(false)
  })

  test('that have caught up are told once, and none on the first look', () => {
    const at = (replication: KeyLocation['replication']): KeyLocation[] => [{ location: 'de-fra-1', replication }]
    expect(caughtUp([], at('current'))).toEqual([])
    expect(caughtUp(at('behind'), at('current'))).toEqual(['de-fra-1'])
    expect(caughtUp(at('failing'), at('current'))).toEqual(['de-fra-1'])
    expect(caughtUp(at('current'), at('current'))).toEqual([])
    expect(caughtUp(at('current'), at('behind'))).toEqual([])
  })
})

describe('words', () => {
  test('every verdict has its numbers', () => {
    expect(formatProgress({ location: 'x', replication: 'current', applied: 5 }, 5)).toBe('Revision 5 of 5 applied')
    expect(formatProgress({ location: 'x', replication: 'behind', applied: 0 }, 5)).toBe('Revision 5 not applied yet')
    expect(formatProgress({ location: 'x', replication: 'unknown' }, 5)).toBeUndefined()
  })

  test('a failure says what, when, and whether it still matters', () => {
    const words = (replication: KeyLocation['replication']) =>
      formatFailure({ location: 'x', replication, applied: 3, failure }, NOW) ?? ''
    expect(words('failing')).toBe('Revision 5 failed on 22 Nov 2026 at 11:58 UTC, 2 min ago: “zone unreachable”.')
    expect(words('current')).toMatch(/“zone unreachable”\. It is applied now\.$/)
    expect(formatFailure({ location: 'x', replication: 'current' }, NOW)).toBeUndefined()
  })
})
