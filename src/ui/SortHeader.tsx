import { ChevronDown, ChevronUp } from 'lucide-react'
import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { cx } from './classes.ts'
import { Icon } from './Icon.tsx'

interface SortHeaderProps extends Omit<ComponentPropsWithoutRef<'th'>, 'onClick'> {
  children: ReactNode
  /** How the table is sorted by this column now; undefined when by another. */
  sorted: 'ascending' | 'descending' | undefined
  onSort: () => void
  /** A column of numbers. */
  right?: boolean
}

/** A column head that sorts: a button, with `aria-sort` on the cell. */
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
