/** Every screen counts keys alike. */
import { QueryClient } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CloudConnection } from '../clouds/gateway/wire.ts'
import type { KeyTrait, KmsKey } from '../clouds/model.ts'
import { queries } from '../clouds/queries.ts'
import { groupReplicas } from '../clouds/replica-groups.ts'
import { runToEnd } from '../lib/time-slicing.ts'
import { csvOf } from './keys/export-rows.ts'
import { type Filters, keysViewFormat, noFilters } from './keys/keys-view.ts'
import { filterRows, prepareRows } from './keys/testing/rows.ts'
import { countFigures, figures } from './overview/KeyFigures.tsx'
import { keyOf, now, primaryOf, replicaOf, rotatesIn } from './overview/testing/key.ts'
import { candidatesOf } from './playground/inspect/find-key.ts'
import { parseCiphertext } from './playground/inspect/parse-ciphertext.ts'
import { formatKeyCount } from './shared/key-count.ts'
import { formatUsable, groupKeyOptions } from './shared/key-picker-groups.ts'
import { knownKeyCount } from './use-keys.ts'

const first = keysViewFormat.read(new URLSearchParams())
const zones = ['bg-sof-1', 'ch-gva-2', 'de-fra-1']

/** What the list shows with these filters. */
const listed = (keys: readonly KmsKey[], filters: Partial<Filters> = {}) =>
  filterRows(prepareRows(keys), { ...first, filters: { ...noFilters, ...filters } }, now)

const anyKeys = fc.array(
  fc
    .record({
      name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      location: fc.constantFrom(...zones),
      status: fc.constantFrom('enabled', 'disabled', 'pending-deletion'),
      traits: fc.constantFrom<KeyTrait[]>([], ['replica'], ['multi-zone'], ['imported'], ['imported', 'exportable']),
      latestVersion: fc.integer({ min: 1, max: 2 }),
      days: fc.option(fc.integer({ min: -60, max: 60 }), { nil: undefined }),
    })
    .map(({ name, days, ...members }) =>
      keyOf(name, { ...members, rotation: days === undefined ? { automatic: false } : rotatesIn(days) }),
    ),
)

test('each figure of the overview is the number of keys that the list shows behind its link, whatever the keys', () => {
  fc.assert(
    fc.property(anyKeys, (keys) => {
      const counts = countFigures(groupReplicas(keys), now)
      for (const [place, { filter, value }] of figures.entries())
        expect(counts[place]).toBe(listed(keys, filter === undefined ? {} : { [filter]: [value] }).length)
    }),
  )
})

const connections: readonly CloudConnection[] = [
  { id: 'thalassa', mode: 'embedded' },
  { id: 'exoscale', mode: 'embedded' },
]

/** The console's cache after every location but `silent` has answered, and that one was refused or is awaited. */
async function cacheOf(keys: readonly KmsKey[], silent: string | undefined, awaited = false): Promise<QueryClient> {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const place = (cloud: string) => (id: string) => ({ cloud, id, available: true })
  client.setQueryData(queries.locations('thalassa').queryKey, [place('thalassa')('nl-01')])
  client.setQueryData(queries.locations('exoscale').queryKey, zones.map(place('exoscale')))
  for (const location of ['nl-01', ...zones]) {
    const { queryKey } = queries.keys(location === 'nl-01' ? 'thalassa' : 'exoscale', location)
    if (location !== silent)
      client.setQueryData(queryKey, { items: keys.filter((key) => key.location === location), unreadable: [] })
    else if (!awaited) await client.prefetchQuery({ queryKey, queryFn: () => Promise.reject(new Error()) })
  }
  return client
}

const opaque = parseCiphertext(new Uint8Array(60).toBase64())
if (opaque.kind !== 'ciphertext') throw new Error(opaque.kind)

const everywhere = (name: string) => [
  primaryOf(name),
  replicaOf(name, 'bg-sof-1', { status: 'disabled' }),
  replicaOf(name, 'de-fra-1'),
]

test('rail, overview, list, pickers, search of a key and export have one number for keys with replicas, a silent location and a filter', async () => {
  const keys = [
    ...everywhere('app'),
    ...everywhere('web'),
    keyOf('alone', { location: 'bg-sof-1' }),
    keyOf('billing', { cloud: 'thalassa', location: 'nl-01', type: 'aes256-gcm96', status: 'active' }),
  ]
  const complete = knownKeyCount(await cacheOf(keys, undefined), connections, undefined)
  expect(complete && formatKeyCount(complete)).toBe('4 keys in 4 locations (8 with replicas)')

  const read = keys.filter(({ location }) => location !== 'bg-sof-1')
  const partial = knownKeyCount(await cacheOf(keys, 'bg-sof-1'), connections, undefined)
  expect(partial && formatKeyCount(partial)).toBe('3 keys in 3 of 4 locations (5 with replicas), without bg-sof-1')
  expect(knownKeyCount(await cacheOf(keys, 'bg-sof-1', true), connections, undefined)).toBeUndefined()

  for (const [figures, known] of [
    [complete, keys],
    [partial, read],
  ] as const) {
    expect(groupReplicas(known)).toHaveLength(figures?.keys ?? 0)
    const options = groupKeyOptions(known, 'encrypt')
    expect(formatUsable(options, 'encrypt')).toBe(`${figures?.keys} of ${figures?.keys} keys can encrypt`)
    const { candidates, blocked, ruledOut } = candidatesOf(known, opaque, undefined)
    expect(candidates.length + blocked.length + ruledOut).toBe(figures?.keys)
    expect(listed(known)).toHaveLength(figures?.keys ?? 0)
    for (const [filters, found] of [
      [{}, figures?.keys ?? 0],
      [{ status: ['disabled'] }, known === keys ? 2 : 0],
      [{ location: ['de-fra-1'] }, 2],
    ] as const) {
      const rows = listed(known, filters)
      expect(rows).toHaveLength(found)
      const lines = runToEnd(csvOf(rows, new Set())).join('').trim().split('\r\n')
      expect(lines.slice(1)).toHaveLength(found)
    }
  }
})
