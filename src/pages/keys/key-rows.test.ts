import { describe, expect, test } from 'vitest'
import type { KmsKey } from '../../clouds/model.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import { countKeys } from '../shared/key-count.ts'
import { otherLocations } from './key-rows.ts'
import { type FilterId, type Filters, type KeysView, keysViewFormat, noFilters } from './keys-view.ts'
import { filterOptions, filterRows, prepareRows, sortRows } from './testing/rows.ts'

const now = Date.UTC(2026, 10, 22)
const first = keysViewFormat.read(new URLSearchParams())

const keyOf = (name: string, location: string, members: Partial<KmsKey> = {}): KmsKey =>
  keyWith({
    cloud: 'exoscale',
    location,
    id: `id of ${name}`,
    name,
    type: 'AES_256',
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
const shown = (keys: readonly KmsKey[], filters: Partial<Filters> = {}, view: Partial<KeysView> = {}) => {
  const all = { ...first, ...view, filters: { ...noFilters, ...filters } }
  const rows = prepareRows(keys)
  return sortRows(filterRows(rows, all, now), all.sort, rows).map(({ key }) => [key.name, key.location])
}

/** The same in all three zones. */
const everywhere = (name: string, members: Partial<KmsKey> = {}) => [
  replicaOf(name, 'de-fra-1', members),
  primaryOf(name, members),
  replicaOf(name, 'at-vie-1', members),
]

describe('a key with replicas', () => {
  const keys = [...everywhere('app'), keyOf('web', 'de-fra-1')]

  test('is one row, its primary’s, which holds each location', () => {
    expect(shown(keys)).toEqual([
      ['app', 'ch-gva-2'],
      ['web', 'de-fra-1'],
    ])
    const [row] = prepareRows(keys)
    expect(row && otherLocations(row)).toEqual(['at-vie-1', 'de-fra-1'])
    expect(row?.copies.map(({ key }) => key.location)).toEqual(['ch-gva-2', 'at-vie-1', 'de-fra-1'])
  })

  test('is one row, too, where its primary could not be read, and says where that is', () => {
    const rows = prepareRows([replicaOf('app', 'de-fra-1'), replicaOf('app', 'at-vie-1')])
    expect(rows.map(({ key }) => key.location)).toEqual(['at-vie-1'])
    expect(rows.map(otherLocations)).toEqual([['ch-gva-2', 'de-fra-1']])
  })

  test('is one row in some zones, and with a status of its own in each', () => {
    const mixed = [primaryOf('app'), replicaOf('app', 'de-fra-1', off)]
    expect(shown(mixed)).toEqual([['app', 'ch-gva-2']])
    expect(shown(mixed, { status: ['disabled'] })).toEqual([['app', 'ch-gva-2']])
    expect(shown(mixed, { status: ['disabled'], location: ['ch-gva-2'] })).toEqual([])
  })

  test('is found by any of its zones', () => {
    expect(shown(keys, { location: ['de-fra-1'] }).map(([name]) => name)).toEqual(['app', 'web'])
    expect(shown(keys, { location: ['hr-zag-1'] })).toEqual([])
  })

  test('names zones that could not be read', () => {
    expect(prepareRows([primaryOf('app')]).map(otherLocations)).toEqual([['at-vie-1', 'de-fra-1']])
    expect(prepareRows([keyOf('web', 'de-fra-1')]).map(otherLocations)).toEqual([[]])
  })

  test('counts in each of its zones and once in all', () => {
    const mixed = [...keys, primaryOf('old', { ...off, replicas: [] })]
    const counts = (id: FilterId) =>
      Object.fromEntries(
        filterOptions(prepareRows(mixed), noFilters, now)[id].map(({ value, count }) => [value, count]),
      )
    expect(counts('location')).toEqual({ 'at-vie-1': 1, 'ch-gva-2': 2, 'de-fra-1': 2 })
    expect(counts('status')).toEqual({ active: 2, disabled: 1, pending: 0 })
    const lists = zones.map((zone) => mixed.filter(({ location }) => location === zone))
    expect(countKeys(lists)).toEqual({ keys: prepareRows(mixed).length, withReplicas: mixed.length })
    expect(countKeys([])).toEqual({ keys: 0, withReplicas: 0 })
  })
})

test('the same id is another key in another cloud, and in another location where keys have no replicas', () => {
  const other = keyOf('app', 'nl-01', { cloud: 'thalassa' })
  expect(shown([keyOf('app', 'ch-gva-2'), other])).toHaveLength(2)
  expect(shown([keyOf('app', 'ch-gva-2'), keyOf('app', 'de-fra-1')])).toHaveLength(2)
})

test('a zone that can’t be read is offered with the reason, unless it has keys to show', () => {
  const closed = new Map([
    ['bg-sof-1', 'Forbidden by role policy for kms.'],
    ['ch-gva-2', 'Exoscale answered 503.'],
  ])
  const { location } = filterOptions(prepareRows([keyOf('web', 'ch-gva-2')]), noFilters, now, closed)
  expect(location).toEqual([
    { value: 'bg-sof-1', label: 'bg-sof-1', count: 0, disabledReason: 'Forbidden by role policy for kms.' },
    { value: 'ch-gva-2', label: 'ch-gva-2', count: 1 },
  ])
})

test('a hundred thousand keys are merged in one pass, each once', () => {
  const many = Array.from({ length: 50_000 }, (_, index) => [
    primaryOf(`key ${index}`),
    replicaOf(`key ${index}`, 'de-fra-1'),
  ]).flat()
  const rows = prepareRows(many)
  expect(rows).toHaveLength(50_000)
  expect(rows.every(({ key, copies }) => key.location === 'ch-gva-2' && copies.length === 2)).toBe(true)
})
