import { Plus, RefreshCw, Search } from 'lucide-react'
import { clearFiltersCommand, filterCommands, sortCommands } from '../shared/list/list-commands.ts'
import { isFiltered, sortAfter } from '../shared/list/list-view.ts'
import { PageCommands } from '../shared/PageCommands.tsx'
import { useLinks } from '../use-project.ts'
import { filterGroups } from './filter-groups.tsx'
import type { FilterOptions } from './key-options.ts'
import { activeFilters, type KeysViewState, namedColumns } from './keys-view.ts'

const focusSearch = () => document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus()

interface KeysActionsProps {
  state: KeysViewState
  /** Undefined while they are counted for the first time. */
  options: FilterOptions | undefined
  onRefresh: () => void
}

/** What the list offers beside its buttons: in the palette and by shortcuts. */
export function KeysCommands({ state, options, onRefresh }: KeysActionsProps) {
  const { view, show, filter, clear } = state
  const links = useLinks()
  return (
    <PageCommands
      level="page"
      commands={[
        { label: 'Create key', icon: Plus, run: links.createKey(), shortcut: 'c', keywords: 'new import' },
        { label: 'Search keys', icon: Search, run: focusSearch, keywords: 'find', shortcutHint: ['/'] },
        { label: 'Refresh', icon: RefreshCw, run: onRefresh, keywords: 'reload' },
        clearFiltersCommand(isFiltered(view.search, activeFilters(view.filters)), clear),
        ...(options ? filterCommands(filterGroups({ options, chosen: view.filters, onChange: filter })) : []),
        ...sortCommands(namedColumns, view.sort, (column) => show({ ...view, sort: sortAfter(view.sort, column) })),
      ]}
    />
  )
}
