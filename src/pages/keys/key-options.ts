/** What the filters of the list offer. */
import { statusLabels } from '../../clouds/capabilities.ts'
import { cloudOf, isCloudId } from '../../clouds/registry.ts'
import { forEachInSteps, runToEnd, type Steps } from '../../lib/time-slicing.ts'
import { collationKey, compare, type KeyRow, valuesOf } from './key-rows.ts'
import { type FilterId, type Filters, filterIds } from './keys-view.ts'

export interface FilterOption {
  readonly value: string
  readonly label: string
  /** Keys that have it, whatever else is chosen. */
  readonly count: number
  /** Why none can match now. */
  readonly disabledReason?: string | undefined
}

export type FilterOptions = Readonly<Record<FilterId, readonly FilterOption[]>>

const words: Partial<Record<FilterId, Readonly<Record<string, string>>>> = {
  status: statusLabels,
  rotation: {
    automatic: 'Automatic',
    manual: 'Manual',
    due: 'Due in 30 days',
    overdue: 'Overdue',
    never: 'Never rotated',
  },
  material: { exportable: 'Exportable', imported: 'Imported' },
}

const wordOf = (id: FilterId, value: string) => words[id]?.[value] ?? (isCloudId(value) ? cloudOf(value).name : value)

/** What a key answers a filter in any of its locations. */
function anywhere(row: KeyRow, now: number): Filters {
  const own = valuesOf(row, now)
  if (row.copies.length === 0) return own
  const all = row.copies.map((copy) => valuesOf(copy, now))
  const union = (id: FilterId) => [...new Set(all.flatMap((values) => values[id]))]
  return { ...own, location: union('location'), status: union('status'), rotation: union('rotation') }
}

/**
 * What each filter offers: the fixed choices, else what the keys have, and always what is chosen, so that it can be undone.
 * @param closed locations whose keys can't be read, with the reason
 */
export function* filterOptionsSliced(
  rows: readonly KeyRow[],
  filters: Filters,
  now: number,
  closed: ReadonlyMap<string, string> = new Map(),
): Steps<FilterOptions> {
  const counts: Record<FilterId, Map<string, number>> = {
    cloud: new Map(),
    location: new Map([...closed.keys()].map((id) => [id, 0])),
    status: new Map(),
    type: new Map(),
    rotation: new Map(),
    material: new Map(),
    label: new Map(),
  }
  for (const id of filterIds)
    for (const value of [...Object.keys(words[id] ?? {}), ...filters[id]]) counts[id].set(value, 0)
  yield* forEachInSteps(rows, (row) => {
    const values = anywhere(row, now)
    for (const id of filterIds) for (const value of values[id]) counts[id].set(value, (counts[id].get(value) ?? 0) + 1)
  })
  const options = (id: FilterId): FilterOption[] => {
    const found = [...counts[id]].map(([value, count]) => {
      const reason = id === 'location' && count === 0 ? closed.get(value) : undefined
      return { value, label: wordOf(id, value), count, ...(reason === undefined ? {} : { disabledReason: reason }) }
    })
    return words[id] ? found : found.sort((a, b) => compare(collationKey(a.label), collationKey(b.label), 1))
  }
  return {
    cloud: options('cloud'),
    location: options('location'),
    status: options('status'),
    type: options('type'),
    rotation: options('rotation'),
    material: options('material'),
    label: options('label'),
  }
}

export const filterOptions = (...what: Parameters<typeof filterOptionsSliced>): FilterOptions =>
  runToEnd(filterOptionsSliced(...what))
