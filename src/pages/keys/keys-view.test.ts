import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KmsKey } from '../../clouds/model.ts'
import { inDays } from '../../clouds/period.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import { addDays } from '../../lib/dates.ts'
import { runToEnd } from '../../lib/time-slicing.ts'
import { formatHiddenBy, isFiltered, readSort, sortAfter } from '../shared/list/list-view.ts'
import { collationKey, compare } from './comparison.ts'
import type { KeyRow } from './key-rows.ts'
import {
  activeFilters,
  columnIds,
  type FilterId,
  type KeysView,
  keysViewFormat,
  noFilters,
  type Sort,
} from './keys-view.ts'
import { isRanked, rankAheadSliced, sortValues } from './row-order.ts'
import { filterOptions, filterRows, prepareRows, sortRows } from './testing/rows.ts'

const now = Date.UTC(2026, 10, 22)

const keyOf = (members: Partial<KmsKey> & { name: string }): KmsKey =>
  keyWith({
    id: `kms-${members.name}`,
    can: ['encrypt'],
    rotation: { automatic: false },
    latestVersion: 1,
    createdAt: now,
    traits: [],
    ...members,
  })

const rotatesIn = (days: number) => ({ automatic: true, period: inDays(90), nextAt: addDays(now, days) })

const first = keysViewFormat.read(new URLSearchParams())
const viewOf = (members: Partial<KeysView>): KeysView => ({ ...first, ...members })
const filtered = (id: FilterId, ...values: string[]) => viewOf({ filters: { ...noFilters, [id]: values } })
const names = (keys: readonly KmsKey[], view: KeysView) => {
  const rows = prepareRows(keys)
  return sortRows(filterRows(rows, view, now), view.sort, rows).map(({ key }) => key.name)
}

const values = (value: fc.Arbitrary<string>) => fc.uniqueArray(value, { maxLength: 4 })
const text = fc.string({ unit: 'grapheme', minLength: 1 })
const views: fc.Arbitrary<KeysView> = fc.record({
  search: fc.string({ unit: 'grapheme' }),
  filters: fc.record({
    cloud: values(fc.constantFrom('thalassa', 'exoscale')),
    location: values(text),
    status: values(fc.constantFrom('active', 'disabled', 'pending')),
    type: values(text),
    rotation: values(fc.constantFrom('automatic', 'manual', 'due', 'overdue', 'never')),
    material: values(fc.constantFrom('exportable', 'imported', 'external')),
    label: values(text),
  }),
  sort: fc.record({ column: fc.constantFrom(...columnIds), descending: fc.boolean() }),
})

test('a key that can’t rotate is found as never rotated, and as nothing else about rotation', () => {
  const fixed = keyOf({ name: 'signing', rotation: { automatic: false, never: 'One version for life.' } })
  const found = (value: string) => names([fixed], filtered('rotation', value))
  expect(found('never')).toEqual(['signing'])
  for (const value of ['automatic', 'manual', 'due', 'overdue']) expect(found(value)).toEqual([])
})

describe('the view in the URL', () => {
  test('comes back as it was written, through the text of the address', () => {
    fc.assert(
      fc.property(views, (view) => {
        expect(keysViewFormat.read(new URLSearchParams(keysViewFormat.write(view).toString()))).toEqual(view)
      }),
    )
  })

  test('leaves out what is at its default', () => {
    expect(keysViewFormat.write(first).toString()).toBe('')
    expect(keysViewFormat.write(viewOf({ sort: { column: 'created', descending: true } })).toString()).toBe(
      'sort=-created',
    )
  })

  test('keeps the parameters of others', () => {
    const others = new URLSearchParams('help=1&q=old&status=active')
    expect(keysViewFormat.write(viewOf({ search: 'new' }), others).toString()).toBe('help=1&q=new')
  })

  test('drops what means nothing', () => {
    const view = keysViewFormat.read(
      new URLSearchParams('cloud=nimbus&status=active&status=active&rotation=&label=&sort=size'),
    )
    expect(view).toEqual(filtered('status', 'active'))
  })

  test('sorts ascending on the first click on a column and turns on the next', () => {
    const once = sortAfter(first.sort, 'created')
    expect(once).toEqual({ column: 'created', descending: false })
    expect(sortAfter(once, 'created')).toEqual({ column: 'created', descending: true })
    expect(readSort(columnIds, '-version')).toEqual({ column: 'version', descending: true })
  })

  test('says what hides keys', () => {
    const hiddenBy = ({ search, filters }: KeysView) => formatHiddenBy(search, activeFilters(filters))
    expect(isFiltered('  ', [])).toBe(false)
    expect(hiddenBy(viewOf({ search: ' card ' }))).toBe('the search “card”')
    const filters = { ...noFilters, cloud: ['exoscale'], status: ['active'], type: ['ed25519'] }
    expect(activeFilters(filters)).toHaveLength(3)
    expect(hiddenBy(viewOf({ filters }))).toBe('the filters Cloud, Status and Type')
    expect(hiddenBy(viewOf({ search: 'x', filters: { ...noFilters, label: ['env=prod'] } }))).toBe(
      'the search “x” and the filter Label',
    )
  })
})

describe('searching', () => {
  const keys = [
    keyOf({ name: 'Billing archive', slug: 'billing-archive', description: 'Old invoices' }),
    keyOf({ name: 'card-vault', id: 'kms-d5r234', labels: { env: 'prod', team: 'payments' } }),
    keyOf({ name: 'payroll', external: { store: 'store-7', key: 'hsm-1' } }),
  ]
  test.each([
    ['ARCHIVE', ['Billing archive']],
    ['billing-arch', ['Billing archive']],
    ['invoices', ['Billing archive']],
    ['d5r2', ['card-vault']],
    ['env=prod', ['card-vault']],
    ['vault payments', ['card-vault']],
    ['vault invoices', []],
    ['store-7', ['payroll']],
    ['hsm-1', ['payroll']],
    [' ', ['Billing archive', 'card-vault', 'payroll']],
  ])('%j finds %j', (search, found) => {
    expect(names(keys, viewOf({ search }))).toEqual(found)
  })

  test('no term reaches from one member into the next', () => {
    expect(names(keys, viewOf({ search: 'archivebilling' }))).toEqual([])
  })
})

describe('filters', () => {
  const keys = [
    keyOf({ name: 'a', rotation: rotatesIn(12) }),
    keyOf({ name: 'b', rotation: rotatesIn(60), labels: { env: 'prod' }, traits: ['imported', 'exportable'] }),
    keyOf({ name: 'c', rotation: rotatesIn(-3), status: 'disabled', latestVersion: 2, traits: ['exportable'] }),
    keyOf({ name: 'd', cloud: 'exoscale', location: 'ch-gva-2', type: 'AES_256', traits: ['external'] }),
    keyOf({ name: 'e', status: 'pending_deletion', destroyedAt: addDays(now, 9), rotation: { automatic: true } }),
  ]
  test.each<[FilterId, string[], string[]]>([
    ['rotation', ['automatic'], ['a', 'b', 'c']],
    ['rotation', ['manual'], ['d']],
    ['rotation', ['due'], ['a']],
    ['rotation', ['overdue'], ['c']],
    ['rotation', ['due', 'overdue'], ['a', 'c']],
    ['rotation', ['never'], ['a', 'b', 'd', 'e']],
    ['material', ['exportable'], ['b', 'c']],
    ['material', ['imported'], ['b']],
    ['material', ['external'], ['d']],
    ['status', ['disabled', 'pending'], ['c', 'e']],
    ['cloud', ['exoscale'], ['d']],
    ['location', ['nl-01'], ['a', 'b', 'c', 'e']],
    ['type', ['AES_256'], ['d']],
    ['label', ['env=prod'], ['b']],
    ['label', ['env=test'], []],
  ])('%s %j', (id, chosen, found) => {
    expect(names(keys, filtered(id, ...chosen))).toEqual(found)
  })

  test('all filters have to match', () => {
    const filters = { ...noFilters, rotation: ['automatic'], status: ['active'] }
    expect(names(keys, viewOf({ filters }))).toEqual(['a', 'b'])
  })

  test('offer what the keys have with its number, and what is chosen', () => {
    const options = filterOptions(prepareRows(keys), { ...noFilters, location: ['bg-sof-1'] }, now)
    expect(options.location).toEqual([
      { value: 'bg-sof-1', label: 'bg-sof-1', count: 0 },
      { value: 'ch-gva-2', label: 'ch-gva-2', count: 1 },
      { value: 'nl-01', label: 'nl-01', count: 4 },
    ])
    expect(options.cloud.map(({ label }) => label)).toEqual(['Exoscale', 'Thalassa'])
    expect(options.status).toContainEqual({ value: 'pending', label: 'Pending deletion', count: 1 })
    expect(options.rotation).toContainEqual({ value: 'due', label: 'Due in 30 days', count: 1 })
  })
})

describe('order', () => {
  test('names as people sort them', () => {
    const keys = ['key-10', 'Élan', 'key-2', 'Zoo', 'eland'].map((name) => keyOf({ name }))
    expect(names(keys, first)).toEqual(['Élan', 'eland', 'key-2', 'key-10', 'Zoo'])
    expect(collationKey('Key 2') < collationKey('key 10')).toBe(true)
  })

  test('keys without a value stand last in both directions', () => {
    const keys = [
      keyOf({ name: 'manual' }),
      keyOf({ name: 'soon', rotation: rotatesIn(3) }),
      keyOf({ name: 'later', rotation: rotatesIn(40) }),
    ]
    expect(names(keys, viewOf({ sort: { column: 'rotation', descending: false } }))).toEqual([
      'soon',
      'later',
      'manual',
    ])
    expect(names(keys, viewOf({ sort: { column: 'rotation', descending: true } }))).toEqual(['later', 'soon', 'manual'])
  })

  test('by status: active, disabled, then the soonest destroyed', () => {
    const keys = [
      keyOf({ name: 'gone later', status: 'pending_deletion', destroyedAt: addDays(now, 20) }),
      keyOf({ name: 'gone soon', status: 'pending_deletion', destroyedAt: addDays(now, 2) }),
      keyOf({ name: 'off', status: 'disabled' }),
      keyOf({ name: 'on' }),
    ]
    expect(names(keys, viewOf({ sort: { column: 'status', descending: false } }))).toEqual([
      'on',
      'off',
      'gone soon',
      'gone later',
    ])
  })

  const some = fc.array(
    fc
      .record({
        name: fc.constantFrom('a', 'A', 'key-2', 'key-10', 'Élan', 'zoo'),
        id: fc.uuid(),
        cloud: fc.constantFrom('thalassa', 'exoscale'),
        location: fc.constantFrom('nl-01', 'ch-gva-2', 'de-fra-1'),
        type: fc.constantFrom('AES_256', 'ed25519'),
        status: fc.constantFrom('active', 'disabled', 'pending_deletion'),
        destroyedAt: fc.nat(5),
        rotation: fc.record(
          { automatic: fc.boolean(), lastAt: fc.nat(5), nextAt: fc.nat(5) },
          { requiredKeys: ['automatic'] },
        ),
        latestVersion: fc.integer({ min: 1, max: 3 }),
        createdAt: fc.integer({ min: 0, max: 400 }),
        labels: fc.dictionary(fc.constantFrom('env', 'team'), fc.constantFrom('', 'prod')),
      })
      .map(keyOf),
    { maxLength: 400, size: 'max' },
  )
  const sorts = fc.record({ column: fc.constantFrom(...columnIds), descending: fc.boolean() })

  /** The order as comparing gives it, of rows that come by name. */
  const compared = (rows: readonly KeyRow[], { column, descending }: Sort) =>
    rows.toSorted((a, b) => {
      const [x, y] = [sortValues[column](a), sortValues[column](b)]
      return descending && x !== undefined && y !== undefined ? compare(y, x) : compare(x, y)
    })
  const places = (rows: readonly KeyRow[]) => rows.map(({ place }) => place)

  test('counting ranks orders as comparing does, equals by name, in every column and direction', () => {
    fc.assert(
      fc.property(some, sorts, (keys, sort) => {
        const rows = prepareRows(keys)
        expect(places(rows)).toEqual(rows.map((_, index) => index))
        expect(places(sortRows(rows, sort))).toEqual(places(compared(rows, sort)))
      }),
    )
  })

  test('ranks that were made ahead order what a search leaves as they order all', () => {
    fc.assert(
      fc.property(some, sorts, fc.constantFrom('', 'key', 'prod', 'zoo'), (keys, sort, search) => {
        const rows = prepareRows(keys)
        runToEnd(rankAheadSliced(rows))
        expect(isRanked(rows, sort)).toBe(true)
        const found = filterRows(rows, viewOf({ search }), now)
        expect(places(sortRows(found, sort, rows))).toEqual(places(compared(found, sort)))
      }),
    )
  })

  test('before that, only the order in which rows come takes no work', () => {
    const rows = prepareRows([keyOf({ name: 'a' })])
    expect(isRanked(rows, first.sort)).toBe(true)
    expect(isRanked(rows, { column: 'rotation', descending: false })).toBe(false)
    sortRows(rows, { column: 'nextRotation', descending: true })
    expect(isRanked(rows, { column: 'rotation', descending: false })).toBe(true)
  })
})
