/** Keys prepared once for searching and sorting, so that typing and clicking only compare what is ready. */
import { statusOf } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { groupReplicasSliced, isReplicated, type KeyGroup, type ReadLocations } from '../../clouds/replica-groups.ts'
import { forEachInSteps, type Steps, sortInSteps } from '../../lib/time-slicing.ts'
import { filterValuesOf } from '../shared/key-filter-values.ts'
import { searchTerms } from '../shared/list/list-view.ts'
import type { ColumnId, FilterId, Filters, KeysView, Sort } from './keys-view.ts'

type SortValue = string | number | undefined

export interface KeyRow {
  readonly id: string
  readonly key: KmsKey
  /** The key as it is in each location that was read, the primary first; empty where one alone was read. */
  readonly copies: readonly KeyRow[]
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
function statusValue(key: KmsKey): number {
  const { group } = statusOf(key)
  return statusOrder[group] + (group === 'pending' ? (key.destroyedAt ?? 0) : 0)
}

function rowOf(key: KmsKey, copies: readonly KeyRow[]): KeyRow {
  const labels = Object.entries(key.labels).map(labelText)
  const marks = [...key.traits, ...labels].join(' ')
  return {
    // Of a key with replicas, the location that is shown may change: its primary is read later.
    id: isReplicated(key) ? `${key.cloud}/${key.id}` : `${key.cloud}/${key.location}/${key.id}`,
    key,
    copies,
    text: [key.name, key.slug, key.id, key.description, key.external?.store, key.external?.key, ...labels]
      .join('\n')
      .toLowerCase(),
    labels,
    order: {
      name: collationKey(key.name),
      cloud: cloudOf(key.cloud).name,
      location: key.location,
      type: key.type,
      status: statusValue(key),
      rotation: key.rotation.nextAt,
      lastRotated: key.rotation.lastAt,
      nextRotation: key.rotation.nextAt,
      version: key.latestVersion,
      created: key.createdAt,
      labels: marks === '' ? undefined : collationKey(marks),
    },
  }
}

/** What has no value stands last in either direction. */
export function compare(a: SortValue, b: SortValue, sign: number): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b ? -sign : sign
}

const comparing = ({ column, descending }: Sort) => {
  const sign = descending ? -1 : 1
  return (a: KeyRow, b: KeyRow) => compare(a.order[column], b.order[column], sign)
}

/** @param rows as `prepareRowsSliced` gives them */
export function* sortRowsSliced(rows: readonly KeyRow[], sort: Sort): Steps<readonly KeyRow[]> {
  // That is how they come.
  if (sort.column === 'name' && !sort.descending) return rows
  return yield* sortInSteps(rows, comparing(sort))
}

const alone: readonly KeyRow[] = []

/** One row for a key: as its primary has it, or a replica where the primary was not read. */
function rowOfGroup([key, ...others]: KeyGroup): KeyRow {
  const copies: KeyRow[] = []
  const row = rowOf(key, others.length === 0 ? alone : copies)
  if (others.length > 0) copies.push(row, ...others.map((other) => rowOf(other, copies)))
  return row
}

const byPlace = (a: KeyRow, b: KeyRow) =>
  compare(a.order.name, b.order.name, 1) || compare(a.key.location, b.key.location, 1) || compare(a.id, b.id, 1)

/** The rows of all keys by name, then location: sorting is stable, so this is the order among equals of any column. */
export function* prepareRowsSliced(keys: readonly KmsKey[]): Steps<KeyRow[]> {
  const rows: KeyRow[] = []
  yield* forEachInSteps(yield* groupReplicasSliced(keys), (group) => rows.push(rowOfGroup(group)))
  return yield* sortInSteps(rows, byPlace)
}

/** Every other location of a row's key, its origin first, also those whose own keys were not read. */
export function otherLocations({ key, copies }: KeyRow): string[] {
  const origin = key.originZone ?? key.location
  const others = [...copies.map((copy) => copy.key.location), ...(key.replicas ?? [])].sort()
  return [...new Set([origin, ...others])].filter((place) => place !== key.location)
}

/** One location of a key with replicas, shown under the key's row. */
export interface LocationRow {
  readonly id: string
  readonly of: KeyRow
  readonly location: string
  /** The key as it is there, or why that is not known. */
  readonly copy: KmsKey | 'absent' | 'not-read'
}

/** The rows, and under each that is opened one for every location of its key. */
export function withLocations(
  rows: readonly KeyRow[],
  opened: ReadonlySet<string>,
  read: ReadLocations,
): readonly (KeyRow | LocationRow)[] {
  if (opened.size === 0) return rows
  return rows.flatMap((row) => {
    if (!opened.has(row.id)) return [row]
    const { key, copies } = row
    const places = [key.location, ...otherLocations(row)]
    const found = copies.length === 0 ? [key] : copies.map((copy) => copy.key)
    return [
      row,
      ...places.map((location): LocationRow => {
        const copy = found.find((one) => one.location === location)
        const missing = read.get(key.cloud)?.includes(location) ? 'absent' : 'not-read'
        return { id: `${row.id} ${location}`, of: row, location, copy: copy ?? missing }
      }),
    ]
  })
}

/** `app-config, ch-gva-2`: what tells a row apart from one of the same name. */
export const spokenName = ({ name, location }: KmsKey): string => `${name}, ${location}`

/** What a row answers the filters. `now` in milliseconds. */
export const valuesOf = ({ key, labels }: KeyRow, now: number): Filters => ({
  cloud: [key.cloud],
  location: [key.location],
  type: [key.type],
  ...filterValuesOf(key, now),
  label: labels,
})

/**
 * The rows that the search and every filter let through, in their order. A key matches where one of its locations does.
 * `now` in milliseconds.
 */
export function* filterRowsSliced(
  rows: readonly KeyRow[],
  { search, filters }: Pick<KeysView, 'search' | 'filters'>,
  now: number,
): Steps<readonly KeyRow[]> {
  const terms = searchTerms(search)
  const chosen = Object.entries(filters).filter(([, values]) => values.length > 0) as [FilterId, readonly string[]][]
  if (terms.length === 0 && chosen.length === 0) return rows
  const matches = (row: KeyRow) => {
    const values = valuesOf(row, now)
    return chosen.every(([id, wanted]) => values[id].some((value) => wanted.includes(value)))
  }
  const found: KeyRow[] = []
  yield* forEachInSteps(rows, (row) => {
    if (!terms.every((term) => row.text.includes(term))) return
    if (chosen.length === 0 || matches(row) || row.copies.some(matches)) found.push(row)
  })
  return found
}
