import { ChevronDown, ChevronUp } from 'lucide-react'
import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { cx } from './classes.ts'
import { Icon } from './Icon.tsx'

interface SortHeaderProps extends Omit<ComponentPropsWithoutRef<'th'>, 'onClick'> {
  children: ReactNode
  /** Current sort direction; undefined when the table is sorted by another column. */
  sorted: 'ascending' | 'descending' | undefined
  onSort: () => void
  /** Aligns a column of numbers. */
  right?: boolean
}

/** Sortable column header: a button, with `aria-sort` on the cell. */
export function SortHeader({ children, sorted, onSort, right = false, className, ...rest }: SortHeaderProps) {
  return (
    <th scope="col" {...rest} aria-sort={sorted ?? 'none'} className={cx(right && 'r', className)}>
      <button
        type="button"
        onClick={onSort}
        className={cx(
          'touch-target group inline-flex h-6 items-center gap-1 rounded-xs hover:text-fg',
          right && 'flex-row-reverse',
        )}
      >
        {children}
        <Icon
          of={sorted === 'descending' ? ChevronDown : ChevronUp}
          size={12}
          className={cx(!sorted && 'opacity-0 group-hover:opacity-60')}
        />
      </button>
    </th>
  )
}
