/** Which rows are chosen, by their ids. */
import type { KeyRow } from './key-rows.ts'

export interface Chosen {
  readonly ids: ReadonlySet<string>
  /** The row that a range begins at: the last that was pressed. */
  readonly anchor: string | undefined
}

export const nothing: Chosen = { ids: new Set(), anchor: undefined }

function changed(ids: ReadonlySet<string>, rows: readonly KeyRow[], on: boolean): Set<string> {
  if (on && ids.size === 0) return new Set(rows.map(({ id }) => id))
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

/** All that are shown, or none of them; what the filters hide stays as it is. */
export const withAll = ({ ids }: Chosen, rows: readonly KeyRow[], on: boolean): Chosen => ({
  ids: changed(ids, rows, on),
  anchor: undefined,
})

/** The chosen ones of these, in their order. */
export const chosenOf = ({ ids }: Chosen, rows: readonly KeyRow[]): readonly KeyRow[] =>
  ids.size === 0 ? [] : rows.filter(({ id }) => ids.has(id))
