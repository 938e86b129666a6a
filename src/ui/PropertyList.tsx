import type { ReactNode } from 'react'
import { cx } from './classes.ts'

export interface Property {
  /** Also the React key: unique in the list. */
  name: string
  value: ReactNode
  /** A bar of accent at the left: the last choice changed this one. */
  changed?: boolean
}

interface PropertyListProps {
  items: readonly Property[]
  /** The narrower first column of summaries (92 instead of 132). */
  tight?: boolean
  className?: string
}

/** Names and values in two columns, ruled. */
export function PropertyList({ items, tight, className }: PropertyListProps) {
  return (
    <dl className={className}>
      {items.map((item) => (
        <div
          key={item.name}
          className={cx(
            'relative grid min-h-8 items-center border-line border-b py-1.5 last:border-b-0',
            tight ? 'grid-cols-[92px_minmax(0,1fr)]' : 'grid-cols-[132px_minmax(0,1fr)]',
          )}
        >
          {item.changed && (
            <span aria-hidden className="absolute inset-y-1.5 -left-3.5 w-0.5 rounded-[1px] bg-accent" />
          )}
          <dt className="self-start text-fg-subtle">{item.name}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
