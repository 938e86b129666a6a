/** Which rows are chosen, by their ids. */
import { forEachInSteps, runToEnd, type Steps } from '../../lib/time-slicing.ts'
import type { KeyRow } from './key-rows.ts'

export interface Chosen {
  readonly ids: ReadonlySet<string>
  /** The row that a range begins at: the last that was pressed. */
  readonly anchor: string | undefined
}

export const nothing: Chosen = { ids: new Set(), anchor: undefined }

const idsOfRows = new WeakMap<readonly KeyRow[], ReadonlySet<string>>()

/** The ids of rows; the same set for the same rows. */
export function* idsOfSliced(rows: readonly KeyRow[]): Steps<ReadonlySet<string>> {
  const known = idsOfRows.get(rows)
  if (known) return known
  const ids = new Set<string>()
  yield* forEachInSteps(rows, ({ id }) => void ids.add(id))
  idsOfRows.set(rows, ids)
  return ids
}

function changed(ids: ReadonlySet<string>, rows: readonly KeyRow[], on: boolean): ReadonlySet<string> {
  const next = new Set(ids)
  for (const { id } of rows) {
    if (on) next.add(id)
    else next.delete(id)
  }
  return next
}

/**
 * After a press on a row's box. With `range`, all rows from the last pressed one to this become like it.
 * @param rows as they are shown
 */
export function pressed(
  { ids, anchor }: Chosen,
  rows: readonly KeyRow[],
  row: KeyRow,
  { on, range }: { on: boolean; range: boolean },
): Chosen {
  const from = range ? rows.findIndex(({ id }) => id === anchor) : -1
  const to = rows.indexOf(row)
  const between = from < 0 || to < 0 ? [row] : rows.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { ids: changed(ids, between, on), anchor: row.id }
}

/**
 * All that are shown, or none of them; what the filters hide stays as it is.
 * @param all every row, whatever hides it
 */
export const withAll = ({ ids }: Chosen, rows: readonly KeyRow[], all: readonly KeyRow[], on: boolean): Chosen => ({
  ids: on && rows.length === all.length ? runToEnd(idsOfSliced(all)) : changed(ids, rows, on),
  anchor: undefined,
})

/**
 * The chosen ones of these, in their order.
 * @param all every row, whatever hides it
 */
export function chosenOf({ ids }: Chosen, rows: readonly KeyRow[], all: readonly KeyRow[]): readonly KeyRow[] {
  if (ids.size === 0) return []
  return ids === idsOfRows.get(all) ? rows : rows.filter(({ id }) => ids.has(id))
}
