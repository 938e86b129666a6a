import type { ReactNode } from 'react'
import { cx } from './classes.ts'

export interface Property {
  /** Also the React key: unique in the list. */
  name: string
  value: ReactNode
}

interface PropertyListProps {
  items: readonly Property[]
  /** First column 92 px wide instead of 132. */
  tight?: boolean
  className?: string
}

/** Names and values in two columns. */
export function PropertyList({ items, tight, className }: PropertyListProps) {
  return (
    <dl className={className}>
      {items.map((item) => (
        <div
          key={item.name}
          className={cx(
            'grid min-h-8 items-center border-line border-b py-1.5 last:border-b-0',
            tight ? 'grid-cols-[92px_minmax(0,1fr)]' : 'grid-cols-[132px_minmax(0,1fr)]',
          )}
        >
          <dt className="self-start text-fg-subtle">{item.name}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
