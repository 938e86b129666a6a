import { SearchX } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { count } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { CardsSkeleton } from '../../../ui/CardsSkeleton.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { lazyComponent } from '../../../ui/lazy-component.ts'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import type { ListSummary } from './ListControls.tsx'
import { formatHiddenBy } from './list-view.ts'
import type { UnreadableItem } from './unreadable.ts'

const UnreadableItems = lazyComponent(() =>
  import('./UnreadableItems.tsx').then(({ UnreadableItems }) => UnreadableItems),
)

interface ListBodyProps {
  readonly list: ListSummary
  readonly label: string
  readonly narrow: boolean
  /** The first rows are being read. */
  readonly pending: boolean
  readonly skeleton: {
    readonly table: ReactNode
    /** Height of a card as a class, and widths of its lines in pixels. */
    readonly card: { readonly className: string; readonly lines: readonly number[] }
  }
  /** Shown instead of everything else, since nothing could be read. */
  readonly failed?: ReactNode
  /** Items of the list that could not be read. */
  readonly unreadable?: readonly UnreadableItem[]
  /** Shown where there are no rows at all. */
  readonly empty: ReactNode
  /** The rows, as a table or as cards. */
  readonly children: ReactNode
}

/** A list or what stands for it: skeleton, failure, nothing there, nothing found. */
export function ListBody(props: ListBodyProps) {
  const { list, label, narrow, pending, skeleton, failed, unreadable = [], empty, children } = props
  if (pending) return narrow ? <CardsSkeleton label={label} {...skeleton.card} /> : skeleton.table
  if (failed) return failed
  const items =
    unreadable.length === 0 ? null : (
      <Suspense>
        <UnreadableItems items={unreadable} noun={list.noun} search={list.search} />
      </Suspense>
    )
  if (list.total === 0) return items ?? empty
  return (
    <>
      {items}
      {list.shown === 0 ? <NoMatch list={list} /> : children}
    </>
  )
}

/** Search and filters hide every row. */
export const NoMatch = ({ list: { noun, search, active, total, onClear } }: { list: ListSummary }) => (
  <EmptyState icon={SearchX} title="No match" actions={<Button onClick={onClear}>Clear filters</Button>}>
    {count(total, noun)} {total === 1 ? 'is' : 'are'} hidden by {formatHiddenBy(search, active)}.
  </EmptyState>
)

interface SkeletonRowsProps {
  readonly count?: number
  /** Class of a cell and width of its bar in pixels, by column. */
  readonly columns: readonly { readonly id: string; readonly className?: string | undefined; readonly bar?: number }[]
}

/** Rows of a table while the first ones are read; a column without a bar stays empty. */
export const SkeletonRows = ({ count: rows = 12, columns }: SkeletonRowsProps) => (
  <tbody aria-hidden="true">
    {Array.from({ length: rows }, (_, row) => row).map((row) => (
      <tr key={row}>
        {columns.map(({ id, className, bar }) => (
          <td key={id} className={className}>
            {bar === undefined ? null : <Skeleton width={bar * (1 - ((row * 13) % 24) / 100)} />}
          </td>
        ))}
      </tr>
    ))}
  </tbody>
)

interface ListCellProps {
  /** Column of the cell. */
  readonly id: string
  readonly className?: string | undefined
  readonly title?: string | undefined
  readonly children: ReactNode
}

/** Cell of a row in a list. The name says which row it is: screen readers read it with each of the other cells. */
export const ListCell = ({ id, ...rest }: ListCellProps) =>
  id === 'name' ? <th scope="row" {...rest} /> : <td {...rest} />
