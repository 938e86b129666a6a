import type { ReactNode } from 'react'
import { cx } from '../../../ui/classes.ts'
import { SortHeader } from '../../../ui/SortHeader.tsx'
import type { Sort } from '../../../ui/sort.ts'
import { directionOf } from './list-view.ts'

/** Column of a table that is sorted by its heads. */
export interface ListColumn<Id extends string, Row> {
  readonly id: Id
  readonly name: string
  /** The width. */
  readonly className: string
  /** A column of numbers. */
  readonly right?: boolean
  /** Pixels of the bar that stands for it while loading. */
  readonly bar: number
  readonly cell: (row: Row) => ReactNode
}

export interface SortedBy<Id extends string> {
  sort: Sort<Id>
  onSort: (column: Id) => void
}

interface SortedHeadProps<Id extends string> extends SortedBy<Id> {
  columns: readonly (Pick<ListColumn<Id, never>, 'id' | 'name' | 'className' | 'right'> & {
    /** Pixels; undefined for one that takes what the others leave. */
    readonly width?: number | undefined
  })[]
  /** Heads before and after the columns. */
  start?: ReactNode
  end?: ReactNode
}

/** Stays in sight, under the bar of a selection where there is one. */
export const stickyHead = 'sticky top-[calc(var(--topbar)+var(--selection-bar,0px))] z-2'

/** Head of a table; a press on a column sorts by it. */
export const SortedHead = <Id extends string>({ columns, sort, onSort, start, end }: SortedHeadProps<Id>) => (
  <thead>
    <tr aria-rowindex={1}>
      {start}
      {columns.map(({ id, name, className, width, right = false }) => (
        <SortHeader
          key={id}
          style={{ width }}
          className={cx(stickyHead, className)}
          right={right}
          sorted={directionOf(sort, id)}
          onSort={() => onSort(id)}
        >
          {name}
        </SortHeader>
      ))}
      {end}
    </tr>
  </thead>
)
