/** Order of rows by any column. Ranks are worked out once per column; sorting after that only counts them. */
import { statusOf } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { forEachInSteps, type Steps, sortInSteps } from '../../lib/time-slicing.ts'
import { compare, type SortValue } from './comparison.ts'
import type { KeyRow } from './key-rows.ts'
import type { ColumnId, Sort } from './keys-view.ts'

const statusOrder = { active: 0, disabled: 1, pending: 2 } as const

/** Keys that will be destroyed come last, the soonest of them first. */
function statusValue(key: KmsKey): number {
  const { group } = statusOf(key)
  return statusOrder[group] + (group === 'pending' ? (key.destroyedAt ?? 0) : 0)
}

export const sortValues: Readonly<Record<ColumnId, (row: KeyRow) => SortValue>> = {
  name: ({ nameRank }) => nameRank,
  cloud: ({ key }) => cloudOf(key.cloud).name,
  location: ({ key }) => key.location,
  type: ({ key }) => key.type,
  status: ({ key }) => statusValue(key),
  rotation: ({ key }) => key.rotation.nextAt,
  lastRotated: ({ key }) => key.rotation.lastAt,
  nextRotation: ({ key }) => key.rotation.nextAt,
  version: ({ key }) => key.latestVersion,
  created: ({ key }) => key.createdAt,
  labels: ({ marks }) => marks || undefined,
}

interface Ranks {
  /** Rank of each row, from 0; equal values have the same. */
  readonly of: Uint32Array
  /** How many there are; also the rank of rows without a value. */
  readonly count: number
}

function* rank(rows: readonly KeyRow[], column: ColumnId): Steps<Ranks> {
  const sortValue = sortValues[column]
  const ranks = new Map<SortValue, number>()
  yield* forEachInSteps(rows, (row) => void ranks.set(sortValue(row), 0))
  ranks.delete(undefined)
  const values = yield* sortInSteps([...ranks.keys()], compare)
  yield* forEachInSteps(values, (value, place) => void ranks.set(value, place))
  const of = new Uint32Array(rows.length)
  yield* forEachInSteps(rows, (row, index) => {
    of[index] = ranks.get(sortValue(row)) ?? values.length
  })
  return { of, count: values.length }
}

const known = new WeakMap<readonly KeyRow[], Map<ColumnId, Ranks>>()

function* ranksOf(rows: readonly KeyRow[], column: ColumnId): Steps<Ranks> {
  const columns = known.get(rows) ?? new Map<ColumnId, Ranks>()
  known.set(rows, columns)
  const ranks = columns.get(column) ?? (yield* rank(rows, column))
  columns.set(column, ranks)
  return ranks
}

/**
 * Equal rows stay by name, and rows without a value last, in either direction.
 * @param rows as `prepareRowsSliced` gives them
 */
export function* sortRowsSliced(rows: readonly KeyRow[], { column, descending }: Sort): Steps<readonly KeyRow[]> {
  // That is how they come.
  if (column === 'name' && !descending) return rows
  const { of, count } = yield* ranksOf(rows, column)
  const placeOf = (index: number) => {
    const rank = of[index] ?? count
    return descending && rank < count ? count - 1 - rank : rank
  }
  const sizes = new Uint32Array(count + 1)
  yield* forEachInSteps(rows, (_, index) => {
    const place = placeOf(index)
    sizes[place] = (sizes[place] ?? 0) + 1
  })
  let from = 0
  const next = sizes.map((size) => {
    from += size
    return from - size
  })
  const sorted: KeyRow[] = new Array(rows.length)
  yield* forEachInSteps(rows, (row, index) => {
    const place = placeOf(index)
    const at = next[place] ?? 0
    sorted[at] = row
    next[place] = at + 1
  })
  return sorted
}
