import { RefreshCw, SlidersHorizontal } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { formatNumber } from '../lib/numbers.ts'
import { Button } from './Button.tsx'
import { SearchField } from './SearchField.tsx'

interface ListToolbarProps {
  search: {
    label: string
    placeholder: string
    value: string
    onChange: (text: string) => void
    /** Width of the search field: 248, 208 below 1536 px, the rest of the line on narrow screens. */
    className?: string
  }
  /** `FilterRow`, one filter, or `FilterSheetButton` on narrow screens. */
  children?: ReactNode
  /** Whether a search or filter is set. */
  narrowed: boolean
  /** Undefined where the page shows the number elsewhere. */
  shown: number | undefined
  total: number
  onClear: () => void
  refreshing: boolean
  onRefresh: () => void
  /** Primary action of the page, at the end. Replaces Refresh on narrow screens. */
  end?: ReactNode
}

/** Search, filters and actions of a list. */
export function ListToolbar(props: ListToolbarProps) {
  const { search, children, narrowed, shown, total, onClear, refreshing, onRefresh, end } = props
  return (
    <div className="flex flex-wrap items-center gap-2 py-3 print:hidden">
      <SearchField
        slash
        {...search}
        className={`${search.className ?? 'w-62 max-[1535px]:w-52'} max-sm:w-auto max-sm:min-w-0 max-sm:flex-1`}
      />
      {children}
      <div className="ml-auto flex items-center gap-1 max-sm:contents">
        {narrowed ? (
          <div
            className={`flex items-center gap-1 ${shown === undefined ? 'max-sm:hidden' : 'max-sm:order-1 max-sm:basis-full'}`}
          >
            {shown === undefined ? null : (
              <span aria-hidden="true" className="whitespace-nowrap text-fg-subtle tabular-nums">
                {formatNumber(shown)} of {formatNumber(total)}
              </span>
            )}
            <Button variant="ghost" onClick={onClear} className="max-sm:hidden">
              Clear filters
            </Button>
          </div>
        ) : null}
        <Button
          iconOnly
          variant="ghost"
          icon={RefreshCw}
          aria-label="Refresh"
          busy={refreshing}
          onClick={onRefresh}
          className={end ? 'max-sm:hidden' : ''}
        />
        {end}
      </div>
    </div>
  )
}

interface FilterRowProps {
  /** Keeps to the line of the search: what is too wide scrolls. */
  oneLine?: boolean
  children: ReactNode
}

/** Filters; they wrap to a line of their own when the toolbar would take more than two lines. */
export const FilterRow = ({ oneLine = false, children }: FilterRowProps) => (
  <fieldset
    aria-label="Filters"
    className={`flex min-w-0 items-center gap-1 empty:hidden ${
      oneLine ? 'flex-1' : 'flex-wrap max-[1100px]:order-1 max-[1100px]:basis-full'
    }`}
  >
    {children}
  </fieldset>
)

interface FilterSheetButtonProps {
  /** Number of filters that are set. */
  set: number
  /** Starts loading the chunk of the sheet; `children` may suspend on it. */
  preload: () => void
  /** The open sheet. */
  children: (close: () => void) => ReactNode
}

/** Opens all filters in one sheet, on narrow screens. */
export function FilterSheetButton({ set, preload, children }: FilterSheetButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        iconOnly
        icon={SlidersHorizontal}
        aria-label={set === 0 ? 'Filters' : `Filters, ${set} set`}
        aria-pressed={set > 0}
        aria-haspopup="dialog"
        onPointerEnter={preload}
        onClick={() => setOpen(true)}
      />
      {open ? <Suspense>{children(() => setOpen(false))}</Suspense> : null}
    </>
  )
}
