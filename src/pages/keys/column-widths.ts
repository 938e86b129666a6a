/** How wide the columns of the list are, and what becomes of them where there is no room for all. */
import { type ColumnId, columnIds } from './keys-view.ts'

/** Pixels. The name has these only where that leaves room, which the last column takes then. */
const widths: Readonly<Record<ColumnId, number>> = {
  name: 480,
  cloud: 100,
  location: 100,
  type: 168,
  status: 144,
  rotation: 160,
  version: 68,
  created: 104,
  labels: 136,
}

/** Beside the columns: the boxes that choose, the menus of the rows. */
export const CHECKBOX_WIDTH = 52
export const MENU_WIDTH = 56

interface Step {
  readonly column: ColumnId
  /** Pixels that remain: none when the column leaves. */
  readonly width: number
}

/**
 * What is done for want of room, one after the other: the name takes what the others leave, the cloud is its mark alone,
 * the rotation has no cycle; other columns leave. A cloud's name goes before the labels, which tell a replica from its
 * primary.
 */
const steps: readonly Step[] = [
  { column: 'name', width: 112 },
  { column: 'created', width: 0 },
  { column: 'cloud', width: 56 },
  { column: 'labels', width: 0 },
  { column: 'version', width: 0 },
  { column: 'rotation', width: 120 },
  { column: 'type', width: 0 },
]

type Hidden = ReadonlySet<ColumnId>

/** How many of the steps a table of this width needs. */
export function stepsFor(width: number, hidden: Hidden): number {
  const saved = ({ column, width: rest }: Step) => (hidden.has(column) ? 0 : widths[column] - rest)
  let over = CHECKBOX_WIDTH + MENU_WIDTH - width
  for (const id of columnIds) if (!hidden.has(id)) over += widths[id]
  let taken = 0
  for (const step of steps) {
    if (over <= 0) break
    over -= saved(step)
    taken += 1
  }
  return taken
}

export interface ShownColumn {
  readonly id: ColumnId
  /** Pixels; undefined for the one that takes what the others leave. */
  readonly width: number | undefined
  /** It says less for want of room. */
  readonly brief: boolean
}

export interface ColumnLayout {
  readonly shown: readonly ShownColumn[]
  /** Wanted, but there is no room for them. */
  readonly leftOut: Hidden
}

/** The columns after so many steps. */
export function layoutAfter(taken: number, hidden: Hidden): ColumnLayout {
  const left = new Map(steps.slice(0, taken).map(({ column, width }) => [column, width]))
  const wanted = columnIds.filter((id) => !hidden.has(id))
  const inSight = wanted.filter((id) => left.get(id) !== 0)
  const flexible = left.has('name') ? 'name' : inSight.at(-1)
  return {
    shown: inSight.map((id) => ({
      id,
      width: id === flexible ? undefined : (left.get(id) ?? widths[id]),
      brief: left.has(id),
    })),
    leftOut: new Set(wanted.filter((id) => left.get(id) === 0)),
  }
}

/** Paper has the least room. */
const leaving = new Set(steps.flatMap(({ column, width }) => (width === 0 ? [column] : [])))
export const isHiddenInPrint = (id: ColumnId): boolean => leaving.has(id)
