/** How wide the columns of the list are, and what becomes of them where there is no room for all. */
import { type ColumnId, columnIds } from './keys-view.ts'

/** Pixels. */
const widths: Readonly<Record<Exclude<ColumnId, 'name'>, number>> = {
  cloud: 100,
  location: 120,
  type: 164,
  status: 136,
  rotation: 160,
  lastRotated: 108,
  nextRotation: 116,
  version: 76,
  created: 108,
  labels: 140,
}

/** Pixels for the longest of these names, those of usual names at least: the columns stay where they are while keys are read. */
export const nameWidth = (longest: number): number => Math.min(264, Math.max(204, longest * 7.5 + 24))

/** Pixels at which a name stands too far from what is told of it: what is left goes to the last column. */
const WIDEST_NAME = 480

/** Beside the columns: the boxes that choose, the menus of the rows. */
export const CHECKBOX_WIDTH = 52
export const MENU_WIDTH = 56

interface Step {
  readonly column: ColumnId
  /** Pixels that remain: none when the column leaves. */
  readonly width: number
}

/** What is done for want of room, one after the other: the cloud is its mark alone, the rotation has no cycle, columns leave. */
const steps: readonly Step[] = [
  { column: 'nextRotation', width: 0 },
  { column: 'created', width: 0 },
  { column: 'version', width: 0 },
  { column: 'cloud', width: 52 },
  { column: 'lastRotated', width: 0 },
  { column: 'rotation', width: 112 },
  { column: 'labels', width: 0 },
  { column: 'type', width: 0 },
  { column: 'name', width: 112 },
]

/** The state in which every column has room and the name all that it can use. */
const ROOMY = -1

type Hidden = ReadonlySet<ColumnId>

/**
 * How many of the steps a table of this width needs; `ROOMY` where the name grows no further.
 * @param name pixels that the name has while another column can leave
 */
export function stepsFor(width: number, hidden: Hidden, name: number): number {
  const wanted = (id: ColumnId) => (id === 'name' ? name : widths[id])
  const saved = ({ column, width: rest }: Step) => (hidden.has(column) ? 0 : wanted(column) - rest)
  let over = CHECKBOX_WIDTH + MENU_WIDTH - width
  for (const id of columnIds) if (!hidden.has(id)) over += wanted(id)
  if (over <= name - WIDEST_NAME) return ROOMY
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
  const roomy = taken === ROOMY
  const left = new Map(steps.slice(0, Math.max(0, taken)).map(({ column, width }) => [column, width]))
  const wanted = columnIds.filter((id) => !hidden.has(id))
  const inSight = wanted.filter((id) => left.get(id) !== 0)
  const flexible = roomy ? inSight.at(-1) : 'name'
  const widthOf = (id: ColumnId) => (id === 'name' ? WIDEST_NAME : (left.get(id) ?? widths[id]))
  return {
    shown: inSight.map((id) => ({
      id,
      width: id === flexible ? undefined : widthOf(id),
      brief: left.has(id),
    })),
    leftOut: new Set(wanted.filter((id) => left.get(id) === 0)),
  }
}

/** Paper has the least room. */
const leaving = new Set(steps.flatMap(({ column, width }) => (width === 0 ? [column] : [])))
export const isHiddenInPrint = (id: ColumnId): boolean => leaving.has(id)
