/** Order of rows by any column. Ranks are worked out once per column, ahead of need; sorting then only counts them. */
import { statusOf } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { forEachInSteps, type Steps, sortInSteps } from '../../lib/time-slicing.ts'
import { collationKey, compare, type SortValue } from './comparison.ts'
import type { KeyRow } from './key-rows.ts'
import { type ColumnId, columnIds, type Sort } from './keys-view.ts'

const statusOrder = { active: 0, disabled: 1, pending: 2 } as const

/** Keys that will be destroyed come last, the soonest of them first. */
function statusValue(key: KmsKey): number {
  const { group } = statusOf(key)
  return statusOrder[group] + (group === 'pending' ? (key.destroyedAt ?? 0) : 0)
}

type ReadValue = (row: KeyRow) => SortValue

const nextRotation: ReadValue = ({ key }) => key.rotation.nextAt

/** Columns of the same function share their ranks. */
export const sortValues: Readonly<Record<ColumnId, ReadValue>> = {
  name: ({ key }) => collationKey(key.name),
  cloud: ({ key }) => cloudOf(key.cloud).name,
  location: ({ key }) => key.location,
  type: ({ key }) => key.type,
  status: ({ key }) => statusValue(key),
  rotation: nextRotation,
  lastRotated: ({ key }) => key.rotation.lastAt,
  nextRotation,
  version: ({ key }) => key.latestVersion,
  created: ({ key }) => key.createdAt,
  labels: ({ marks }) => marks || undefined,
}

interface Ranks {
  /** Rank of each row by its place, from 0; equal values have the same. */
  readonly of: Uint8Array | Uint16Array | Uint32Array
  /** How many there are; also the rank of rows without a value. */
  readonly count: number
}

/** Zeros that can be any number up to `most`, in the least memory. */
function numbersUpTo(most: number, length: number): Ranks['of'] {
  if (most < 2 ** 8) return new Uint8Array(length)
  return most < 2 ** 16 ? new Uint16Array(length) : new Uint32Array(length)
}

function* rank(all: readonly KeyRow[], read: ReadValue): Steps<Ranks> {
  const ranks = new Map<SortValue, number>()
  yield* forEachInSteps(all, (row) => void ranks.set(read(row), 0))
  ranks.delete(undefined)
  const values = yield* sortInSteps([...ranks.keys()], compare)
  yield* forEachInSteps(values, (value, place) => void ranks.set(value, place))
  const of = numbersUpTo(values.length, all.length)
  yield* forEachInSteps(all, (row, place) => {
    of[place] = ranks.get(read(row)) ?? values.length
  })
  return { of, count: values.length }
}

const known = new WeakMap<readonly KeyRow[], Map<ReadValue, Ranks>>()

function* ranksOf(all: readonly KeyRow[], column: ColumnId): Steps<Ranks> {
  const columns = known.get(all) ?? new Map<ReadValue, Ranks>()
  known.set(all, columns)
  const read = sortValues[column]
  const ranks = columns.get(read) ?? (yield* rank(all, read))
  columns.set(read, ranks)
  return ranks
}

/** That is how rows come. */
const isAsPrepared = ({ column, descending }: Sort) => column === 'name' && !descending

/** Whether sorting takes a few milliseconds only, however many rows there are. */
export const isRanked = (all: readonly KeyRow[], sort: Sort): boolean =>
  isAsPrepared(sort) || known.get(all)?.has(sortValues[sort.column]) === true

/** Works out the ranks of every column. At most 40 bytes for each row. */
export function* rankAheadSliced(all: readonly KeyRow[]): Steps<void> {
  for (const column of columnIds) yield* ranksOf(all, column)
}

/** Counts, and compares nothing: a few milliseconds for very many rows. */
function inOrder(rows: readonly KeyRow[], { of, count }: Ranks, descending: boolean): readonly KeyRow[] {
  const orders = new Uint32Array(rows.length)
  /** For each order, where its next row goes. */
  const next = new Uint32Array(count + 2)
  let index = 0
  for (const { place } of rows) {
    const rank = of[place] ?? count
    const order = descending && rank < count ? count - 1 - rank : rank
    orders[index++] = order
    next[order + 1] = (next[order + 1] ?? 0) + 1
  }
  for (let order = 1; order <= count; order++) next[order] = (next[order] ?? 0) + (next[order - 1] ?? 0)
  const sorted: KeyRow[] = new Array(rows.length)
  index = 0
  for (const row of rows) {
    const order = orders[index++] ?? 0
    const at = next[order] ?? 0
    sorted[at] = row
    next[order] = at + 1
  }
  return sorted
}

/**
 * Equal rows stay by name, and rows without a value last, in either direction.
 * @param rows some or all of `all`, in its order
 * @param all as `prepareRowsSliced` gives them
 */
export function* sortRowsSliced(rows: readonly KeyRow[], sort: Sort, all: readonly KeyRow[]): Steps<readonly KeyRow[]> {
  return isAsPrepared(sort) ? rows : inOrder(rows, yield* ranksOf(all, sort.column), sort.descending)
}
