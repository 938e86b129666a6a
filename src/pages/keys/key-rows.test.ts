import { describe, expect, test } from 'vitest'
import type { KmsKey } from '../../clouds/model.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import type { ReadLocations } from '../shared/replica-groups.ts'
import { countRows } from '../use-keys.ts'
import { filterOptions } from './key-options.ts'
import { filterRows, otherLocations, prepareRows, sortRows } from './key-rows.ts'
import { type FilterId, type Filters, type KeysView, keysViewFormat, noFilters } from './keys-view.ts'

const now = Date.UTC(2026, 10, 22)
const first = keysViewFormat.read(new URLSearchParams())

const keyOf = (name: string, location: string, members: Partial<KmsKey> = {}): KmsKey =>
  keyWith({
    cloud: 'exoscale',
    location,
    id: `id of ${name}`,
    name,
    type: 'encrypt-decrypt',
    can: ['encrypt'],
    rotation: { automatic: false },
    latestVersion: 1,
    createdAt: now,
    traits: [],
    originZone: location,
    ...members,
  })

const replicas = ['at-vie-1', 'de-fra-1']
const primaryOf = (name: string, members: Partial<KmsKey> = {}) =>
  keyOf(name, 'ch-gva-2', { traits: ['multi-zone'], replicas, ...members })
const replicaOf = (name: string, location: string, members: Partial<KmsKey> = {}) =>
  keyOf(name, location, { traits: ['replica'], originZone: 'ch-gva-2', ...members })
const off = { status: 'disabled' } as const

const zones = ['at-vie-1', 'ch-gva-2', 'de-fra-1']
const read: ReadLocations = new Map([
  ['exoscale', zones],
  ['thalassa', ['nl-01']],
])

const shown = (keys: readonly KmsKey[], filters: Partial<Filters> = {}, view: Partial<KeysView> = {}) => {
  const all = { ...first, ...view, filters: { ...noFilters, ...filters } }
  return filterRows(sortRows(prepareRows(keys, read), all.sort), all, now).map(({ key }) => [key.name, key.location])
}

/** The same in all three zones. */
const everywhere = (name: string, members: Partial<KmsKey> = {}) => [
  replicaOf(name, 'de-fra-1', members),
  primaryOf(name, members),
  replicaOf(name, 'at-vie-1', members),
]

describe('a key that every zone has', () => {
  const keys = [...everywhere('app'), keyOf('web', 'de-fra-1')]

  test('is one row, its primary’s', () => {
    expect(shown(keys)).toEqual([
      ['app', 'ch-gva-2'],
      ['web', 'de-fra-1'],
    ])
    const [row] = prepareRows(keys, read)
    expect(row && otherLocations(row)).toEqual(['at-vie-1', 'de-fra-1'])
  })

  test('is one row, too, where a zone could not be read, and says where its primary is', () => {
    const without = new Map([['exoscale', ['at-vie-1', 'de-fra-1']]] as const)
    const rows = prepareRows([replicaOf('app', 'de-fra-1'), replicaOf('app', 'at-vie-1')], without)
    expect(rows.map(({ key }) => key.location)).toEqual(['at-vie-1'])
    expect(rows.map(otherLocations)).toEqual([['ch-gva-2', 'de-fra-1']])
  })

  test('is as many rows as it has zones when it is not the same in all', () => {
    const mixed = [primaryOf('app'), replicaOf('app', 'at-vie-1'), replicaOf('app', 'de-fra-1', off)]
    expect(shown(mixed).map(([, location]) => location)).toEqual(zones)
    expect(shown(mixed, { status: ['disabled'] })).toEqual([['app', 'de-fra-1']])
    expect(shown(mixed, { status: ['disabled'], location: ['ch-gva-2'] })).toEqual([])
  })

  test('is found by any of its zones, and shown as it is there', () => {
    expect(shown(keys, { location: ['de-fra-1'] })).toEqual([
      ['app', 'de-fra-1'],
      ['web', 'de-fra-1'],
    ])
    expect(shown(keys, { location: ['de-fra-1', 'ch-gva-2'] })[0]).toEqual(['app', 'ch-gva-2'])
    expect(shown(keys, { location: ['hr-zag-1'] })).toEqual([])
  })

  test('stands where what is shown of it belongs', () => {
    const mixed = [
      primaryOf('a', { latestVersion: 9 }),
      replicaOf('a', 'de-fra-1', { latestVersion: 1 }),
      replicaOf('a', 'at-vie-1', { latestVersion: 9 }),
      keyOf('b', 'de-fra-1', { latestVersion: 5 }),
      keyOf('c', 'de-fra-1', { latestVersion: 1 }),
    ]
    const byVersion = { sort: { column: 'version', descending: true } } as const
    expect(shown(mixed, {}, byVersion).map(([name]) => name)).toEqual(['a', 'b', 'c'])
    expect(shown(mixed, { location: ['de-fra-1'] }, byVersion).map(([name]) => name)).toEqual(['b', 'a', 'c'])
  })

  test('counts in each of its zones and once in all', () => {
    const mixed = [...keys, primaryOf('old', { ...off, replicas: [] })]
    const counts = (id: FilterId) =>
      Object.fromEntries(
        filterOptions(prepareRows(mixed, read), noFilters, now)[id].map(({ value, count }) => [value, count]),
      )
    expect(counts('location')).toEqual({ 'at-vie-1': 1, 'ch-gva-2': 2, 'de-fra-1': 2 })
    expect(counts('status')).toEqual({ active: 2, disabled: 1, pending: 0 })
    const listOf = (location: string) => ({
      cloud: 'exoscale' as const,
      location,
      keys: mixed.filter((key) => key.location === location),
    })
    expect(countRows(zones.map(listOf))).toBe(prepareRows(mixed, read).length)
    expect(countRows([])).toBe(0)
  })
})

describe('a key that some zones have', () => {
  test('is a row for each, which names the others', () => {
    const rows = prepareRows([primaryOf('app', { replicas: ['de-fra-1'] }), replicaOf('app', 'de-fra-1')], read)
    expect(rows.map(({ key }) => key.location)).toEqual(['ch-gva-2', 'de-fra-1'])
    expect(rows.map(otherLocations)).toEqual([['de-fra-1'], ['ch-gva-2']])
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2)
  })

  test('names zones that could not be read, too', () => {
    expect(prepareRows([primaryOf('app')], read).map(otherLocations)).toEqual([['at-vie-1', 'de-fra-1']])
    expect(prepareRows([keyOf('web', 'de-fra-1')], read).map(otherLocations)).toEqual([[]])
  })

  test('is another key than one of another cloud with the same id', () => {
    const twin = keyOf('app', 'nl-01', { cloud: 'thalassa' })
    expect(shown([keyOf('app', 'ch-gva-2'), twin])).toHaveLength(2)
  })
})

test('a zone that can’t be read is offered with the reason, unless it has keys to show', () => {
  const closed = new Map([
    ['bg-sof-1', 'Forbidden by role policy for kms.'],
    ['ch-gva-2', 'Exoscale answered 503.'],
  ])
  const { location } = filterOptions(prepareRows([keyOf('web', 'ch-gva-2')], read), noFilters, now, closed)
  expect(location).toEqual([
    { value: 'bg-sof-1', label: 'bg-sof-1', count: 0, disabledReason: 'Forbidden by role policy for kms.' },
    { value: 'ch-gva-2', label: 'ch-gva-2', count: 1 },
  ])
})

test('a hundred thousand keys are merged in one pass, each once', () => {
  const two: ReadLocations = new Map([['exoscale', ['ch-gva-2', 'de-fra-1']]])
  const many = Array.from({ length: 50_000 }, (_, index) => [
    primaryOf(`key ${index}`),
    replicaOf(`key ${index}`, 'de-fra-1'),
  ]).flat()
  const rows = prepareRows(many, two)
  expect(rows).toHaveLength(50_000)
  expect(rows.every(({ key, copies }) => key.location === 'ch-gva-2' && copies.length === 2)).toBe(true)
})
