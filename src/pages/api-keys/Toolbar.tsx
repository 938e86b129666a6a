import { Plus, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { type AccessView, isNarrowed } from './access-view.ts'

interface CreateButtonProps {
  /** Why none can be made now. */
  reason: string | undefined
  onCreate: () => void
}

export const CreateButton = ({ reason, onCreate }: CreateButtonProps) => (
  <Button
    variant="primary"
    icon={Plus}
    aria-haspopup="dialog"
    reason={reason}
    onClick={onCreate}
    className="max-sm:w-11 max-sm:px-0"
  >
    <span className="max-sm:sr-only">Create API key</span>
  </Button>
)

interface ToolbarProps {
  view: AccessView
  label: string
  placeholder: string
  onSearch: (text: string) => void
  onClear: () => void
  /** Of the rows, how many are shown. */
  shown: number
  total: number
  /** Filters, after the search. */
  children?: ReactNode
  refreshing: boolean
  onRefresh: () => void
  create: CreateButtonProps
}

/** Search, filters, and what concerns the list as a whole. */
export function Toolbar(props: ToolbarProps) {
  const { view, label, placeholder, onSearch, onClear, shown, total, children, refreshing, onRefresh, create } = props
  return (
    <div className="flex items-center gap-2 py-3">
      <SearchField
        slash
        label={label}
        placeholder={placeholder}
        value={view.search}
        onChange={onSearch}
        className="w-62 max-sm:min-w-0 max-sm:flex-1"
      />
      {children}
      <div className="ml-auto flex items-center gap-2">
        {isNarrowed(view) ? (
          <>
            <span aria-hidden="true" className="whitespace-nowrap text-fg-subtle tabular-nums max-sm:hidden">
              {formatNumber(shown)} of {formatNumber(total)}
            </span>
            <Button variant="ghost" onClick={onClear} className="max-sm:hidden">
              Clear filters
            </Button>
          </>
        ) : null}
        <Button
          iconOnly
          variant="ghost"
          icon={RefreshCw}
          aria-label="Refresh"
          busy={refreshing}
          onClick={onRefresh}
          className="max-sm:hidden"
        />
        <CreateButton {...create} />
      </div>
    </div>
  )
}
