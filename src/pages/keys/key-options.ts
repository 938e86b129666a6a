/** What the filters of the list offer. */
import { statusLabels } from '../../clouds/capabilities.ts'
import { cloudOf, isCloudId } from '../../clouds/registry.ts'
import { forEachInSteps, type Steps } from '../../lib/time-slicing.ts'
import type { FilterOption } from '../../ui/filter.ts'
import { collationKey, compare } from './comparison.ts'
import { filterValues, type KeyRow } from './key-rows.ts'
import { eachFilter, type FilterId, type Filters, filterIds } from './keys-view.ts'

/** `count` is of the keys that have it, whatever else is chosen. */
export type FilterOptions = Readonly<Record<FilterId, readonly FilterOption<string>[]>>

const words: Partial<Record<FilterId, Readonly<Record<string, string>>>> = {
  status: statusLabels,
  rotation: {
    automatic: 'Automatic',
    manual: 'Manual',
    due: 'Due in 30 days',
    overdue: 'Overdue',
    never: 'Never rotated',
  },
  material: { exportable: 'Exportable', imported: 'Imported', external: 'External' },
}

const wordOf = (id: FilterId, value: string) => words[id]?.[value] ?? (isCloudId(value) ? cloudOf(value).name : value)

/** Filters that the locations of a key answer each for themselves. */
const differing: ReadonlySet<FilterId> = new Set(['location', 'status', 'rotation'])

/** What a key answers a filter in any of its locations. */
function anywhere(row: KeyRow, id: FilterId, now: number): readonly string[] {
  if (row.copies.length === 0 || !differing.has(id)) return filterValues[id](row, now)
  return [...new Set(row.copies.flatMap((copy) => filterValues[id](copy, now)))]
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
  const counts = eachFilter(() => new Map<string, number>())
  for (const id of closed.keys()) counts.location.set(id, 0)
  for (const id of filterIds)
    for (const value of [...Object.keys(words[id] ?? {}), ...filters[id]]) counts[id].set(value, 0)
  yield* forEachInSteps(rows, (row) => {
    for (const id of filterIds)
      for (const value of anywhere(row, id, now)) counts[id].set(value, (counts[id].get(value) ?? 0) + 1)
  })
  const options = (id: FilterId): FilterOption<string>[] => {
    const found = [...counts[id]].map(([value, count]) => {
      const reason = id === 'location' && count === 0 ? closed.get(value) : undefined
      return { value, label: wordOf(id, value), count, ...(reason === undefined ? {} : { disabledReason: reason }) }
    })
    return words[id] ? found : found.sort((a, b) => compare(collationKey(a.label), collationKey(b.label)))
  }
  return eachFilter(options)
}
