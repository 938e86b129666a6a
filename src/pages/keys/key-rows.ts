/** Keys prepared once for searching and sorting, so that typing and clicking only compare what is ready. */
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { rotationState } from '../../clouds/rotation-state.ts'
import type { ColumnId, FilterId, Filters, KeysView, Sort } from './keys-view.ts'

type SortValue = string | number | undefined

export interface KeyRow {
  /** The same key in two locations is two rows. */
  readonly id: string
  readonly key: KmsKey
  /** Everything the search looks at, in lower case. */
  readonly text: string
  readonly labels: readonly string[]
  readonly order: Readonly<Record<ColumnId, SortValue>>
}

export const labelText = ([name, value]: readonly [string, string]): string =>
  value === '' ? name : `${name}=${value}`

/** Plain comparison of these puts `Key 2` before `key-10`, and É beside E. */
export const collationKey = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\d+/g, (digits) => digits.padStart(12, '0'))

const statusOrder = { active: 0, disabled: 1, pending: 2 } as const

/** Keys that will be destroyed come last, the soonest of them first. */
const statusValue = ({ status, destroyedAt = 0 }: KmsKey) =>
  statusOrder[status] + (status === 'pending' ? destroyedAt : 0)

function rowOf(key: KmsKey): KeyRow {
  const labels = Object.entries(key.labels).map(labelText)
  const marks = [...key.traits, ...labels].join(' ')
  return {
    id: `${key.cloud}/${key.location}/${key.id}`,
    key,
    text: [key.name, key.slug, key.id, key.description, ...labels].join('\n').toLowerCase(),
    labels,
    order: {
      name: collationKey(key.name),
      cloud: cloudOf(key.cloud).name,
      location: key.location,
      type: key.type,
      status: statusValue(key),
      rotation: key.rotation.nextAt,
      version: key.latestVersion,
      created: key.createdAt,
      labels: marks === '' ? undefined : collationKey(marks),
    },
  }
}

/** What has no value stands last in either direction. */
function compare(a: SortValue, b: SortValue, sign: number): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b ? -sign : sign
}

export function sortRows(rows: readonly KeyRow[], { column, descending }: Sort): KeyRow[] {
  const sign = descending ? -1 : 1
  return rows.toSorted((a, b) => compare(a.order[column], b.order[column], sign))
}

/** The rows of all keys by name, then location: sorting is stable, so this is the order among equals of any column. */
export const prepareRows = (keys: readonly KmsKey[]): KeyRow[] =>
  keys
    .map(rowOf)
    .sort(
      (a, b) =>
        compare(a.order.name, b.order.name, 1) || compare(a.key.location, b.key.location, 1) || compare(a.id, b.id, 1),
    )

/** How a key's rotation answers the filter: it can be several of these, and a stopped one is none. */
export function rotationKinds(key: KmsKey, now: number): string[] {
  const state = rotationState(key, now)
  if (state.kind === 'stopped') return []
  if (state.kind === 'manual') return ['manual']
  if (state.kind === 'overdue') return ['automatic', 'overdue']
  return state.kind === 'due' || state.soon ? ['automatic', 'due'] : ['automatic']
}

const valuesOf = ({ key, labels }: KeyRow, now: number): Filters => ({
  cloud: [key.cloud],
  location: [key.location],
  status: [key.status],
  type: [key.type],
  rotation: rotationKinds(key, now),
  label: labels,
})

/** `now` in milliseconds. */
export function filterRows(rows: readonly KeyRow[], { search, filters }: KeysView, now: number): KeyRow[] {
  const terms = search.toLowerCase().split(/\s+/).filter(Boolean)
  const chosen = Object.entries(filters).filter(([, values]) => values.length > 0) as [FilterId, readonly string[]][]
  return rows.filter((row) => {
    if (!terms.every((term) => row.text.includes(term))) return false
    if (chosen.length === 0) return true
    const values = valuesOf(row, now)
    return chosen.every(([id, wanted]) => values[id].some((value) => wanted.includes(value)))
  })
}

export interface FilterOption {
  readonly value: string
  readonly label: string
  /** Keys that have it, whatever else is chosen. */
  readonly count: number
}

export type FilterOptions = Readonly<Record<FilterId, readonly FilterOption[]>>

const words: Partial<Record<FilterId, Readonly<Record<string, string>>>> = {
  status: { active: 'Active', disabled: 'Disabled', pending: 'Deletion scheduled' },
  rotation: { automatic: 'Automatic', manual: 'Manual', due: 'Due in 30 days', overdue: 'Overdue' },
}

const wordOf = (id: FilterId, value: string) =>
  words[id]?.[value] ?? (value === 'thalassa' || value === 'exoscale' ? cloudOf(value).name : value)

/** What each filter offers: the fixed choices, else what the keys have, and always what is chosen, so that it can be undone. */
export function filterOptions(rows: readonly KeyRow[], filters: Filters, now: number): FilterOptions {
  const counts: Record<FilterId, Map<string, number>> = {
    cloud: new Map(),
    location: new Map(),
    status: new Map(),
    type: new Map(),
    rotation: new Map(),
    label: new Map(),
  }
  const values = rows.map((row) => valuesOf(row, now))
  const options = (id: FilterId): FilterOption[] => {
    for (const value of [...Object.keys(words[id] ?? {}), ...filters[id]]) counts[id].set(value, 0)
    for (const row of values) for (const value of row[id]) counts[id].set(value, (counts[id].get(value) ?? 0) + 1)
    const found = [...counts[id]].map(([value, count]) => ({ value, label: wordOf(id, value), count }))
    return words[id] ? found : found.sort((a, b) => compare(collationKey(a.label), collationKey(b.label), 1))
  }
  return {
    cloud: options('cloud'),
    location: options('location'),
    status: options('status'),
    type: options('type'),
    rotation: options('rotation'),
    label: options('label'),
  }
}
