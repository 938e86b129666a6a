/** Keys prepared once for searching and sorting, so that typing and clicking only compare what is ready. */
import type { KmsKey } from '../../clouds/model.ts'
import { groupReplicasSliced, isReplicated, type KeyGroup, type ReadLocations } from '../../clouds/replica-groups.ts'
import { forEachInSteps, type Steps, sortInSteps } from '../../lib/time-slicing.ts'
import { keyFilterValues } from '../shared/key-filter-values.ts'
import { searchTerms } from '../shared/list/list-view.ts'
import { collationKey, compare } from './comparison.ts'
import type { FilterId, KeysView } from './keys-view.ts'

export interface KeyRow {
  readonly id: string
  readonly key: KmsKey
  /** The key as it is in each location that was read, the primary first; empty where one alone was read. */
  readonly copies: readonly KeyRow[]
  /** Everything the search looks at, in lower case. */
  readonly text: string
  readonly labels: readonly string[]
  /** What labels and marks are sorted by; empty without any. */
  readonly marks: string
  /** Place among all rows, from 0; a copy has its row's. */
  readonly place: number
}

export const labelText = ([name, value]: readonly [string, string]): string =>
  value === '' ? name : `${name}=${value}`

type Labelled = Pick<KeyRow, 'labels' | 'marks'>

/** Makes rows; those of the same labels share what is made of them. */
function rowMaker() {
  const known = new Map<string, Labelled>()
  const labelled = ({ labels, traits }: KmsKey): Labelled => {
    const texts = Object.entries(labels).map(labelText)
    const words = [...traits, ...texts].join(' ')
    const before = known.get(words)
    // Spaces within labels make the same words of other ones.
    if (before?.labels.length === texts.length && before.labels.every((text, index) => text === texts[index]))
      return before
    const made = { labels: texts, marks: collationKey(words) }
    known.set(words, made)
    return made
  }
  return (key: KmsKey, copies: readonly KeyRow[], place: number): KeyRow => {
    const { labels, marks } = labelled(key)
    let text = key.name
    for (const more of [key.slug, key.id, key.description, key.external?.store, key.external?.key, ...labels])
      if (more !== undefined && more !== key.name) text += `\n${more}`
    return {
      // Of a key with replicas, the location that is shown may change: its primary is read later.
      id: isReplicated(key) ? `${key.cloud}/${key.id}` : `${key.cloud}/${key.location}/${key.id}`,
      key,
      copies,
      text: text.toLowerCase(),
      labels,
      marks,
      place,
    }
  }
}

interface Named {
  readonly name: string
  readonly group: KeyGroup
}

const byPlace = (a: Named, b: Named) =>
  compare(a.name, b.name) ||
  compare(a.group[0].location, b.group[0].location) ||
  compare(a.group[0].cloud, b.group[0].cloud) ||
  compare(a.group[0].id, b.group[0].id)

const alone: readonly KeyRow[] = []

/**
 * The rows of all keys by name, then location: sorting is stable, so this is the order among equals of any column. A key
 * with replicas is one row: as its primary has it, or a replica where the primary was not read.
 */
export function* prepareRowsSliced(keys: readonly KmsKey[]): Steps<KeyRow[]> {
  const named: Named[] = []
  yield* forEachInSteps(yield* groupReplicasSliced(keys), (group) => {
    named.push({ name: collationKey(group[0].name), group })
  })
  const sorted = yield* sortInSteps(named, byPlace)
  const rowOf = rowMaker()
  const rows: KeyRow[] = []
  yield* forEachInSteps(sorted, ({ group: [key, ...others] }, place) => {
    const copies: KeyRow[] = []
    const row = rowOf(key, others.length === 0 ? alone : copies, place)
    if (others.length > 0) copies.push(row, ...others.map((other) => rowOf(other, copies, place)))
    rows.push(row)
  })
  return rows
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

/** What a row answers each filter. `now` in milliseconds. */
export const filterValues: Readonly<Record<FilterId, (row: KeyRow, now: number) => readonly string[]>> = {
  cloud: ({ key }) => [key.cloud],
  location: ({ key }) => [key.location],
  type: ({ key }) => [key.type],
  status: ({ key }) => keyFilterValues.status(key),
  rotation: ({ key }, now) => keyFilterValues.rotation(key, now),
  material: ({ key }) => keyFilterValues.material(key),
  label: ({ labels }) => labels,
}

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
  const matches = (row: KeyRow) =>
    chosen.every(([id, wanted]) => filterValues[id](row, now).some((value) => wanted.includes(value)))
  const found: KeyRow[] = []
  yield* forEachInSteps(rows, (row) => {
    if (!terms.every((term) => row.text.includes(term))) return
    if (chosen.length === 0 || matches(row) || row.copies.some(matches)) found.push(row)
  })
  return found
}
