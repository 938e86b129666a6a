import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { cx } from './classes.ts'

interface SortHeaderProps extends Omit<ComponentPropsWithoutRef<'th'>, 'onClick'> {
  children: ReactNode
  /** Current sort direction; undefined when the table is sorted by another column. */
  sorted: 'ascending' | 'descending' | undefined
  onSort: () => void
  /** Aligns a column of numbers. */
  right?: boolean
}

/** A corner, turned: no element of its own in each head. */
const arrow =
  "before:size-[5px] before:border-current before:border-t-[1.5px] before:border-l-[1.5px] before:content-['']"
const arrows = {
  ascending: 'before:translate-y-px before:rotate-45',
  descending: 'before:-translate-y-px before:-rotate-135',
  none: 'before:translate-y-px before:rotate-45 before:opacity-0 hover:before:opacity-60',
}

/** Sortable column header: a button, with `aria-sort` on the cell. */
export function SortHeader({ children, sorted, onSort, right = false, className, ...rest }: SortHeaderProps) {
  return (
    <th scope="col" {...rest} aria-sort={sorted ?? 'none'} className={cx(right && 'r', className)}>
      <button
        type="button"
        onClick={onSort}
        className={cx(
          'touch-target inline-flex h-6 items-center gap-1.5 rounded-xs hover:text-fg',
          arrow,
          arrows[sorted ?? 'none'],
          !right && 'before:order-last',
        )}
      >
        {children}
      </button>
    </th>
  )
}
