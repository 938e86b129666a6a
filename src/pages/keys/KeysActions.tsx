import { CircleSlash, Clock, Hourglass, Plus, RefreshCw, Search } from 'lucide-react'
import { clearFilters, filterActions, sortActions } from '../parts/filter-actions.ts'
import { PageActions } from '../parts/PageActions.tsx'
import { useLinks } from '../use-project.ts'
import { groupsOf } from './filter-groups.ts'
import type { FilterOptions } from './key-options.ts'
import { isNarrowed, namedColumns } from './keys-view.ts'
import type { KeysViewState } from './use-keys-view.ts'

const focusSearch = () => document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus()

interface KeysActionsProps {
  state: KeysViewState
  /** Undefined while they are counted for the first time. */
  options: FilterOptions | undefined
  onRefresh: () => void
}

/** What the list offers beside its buttons: in the palette and by shortcuts. */
export function KeysActions({ state, options, onRefresh }: KeysActionsProps) {
  const { view, filter, sortBy, clear } = state
  const links = useLinks()
  return (
    <PageActions
      level="page"
      of={[
        { label: 'Create key', icon: Plus, act: links.createKey(), letter: 'c', also: 'new import' },
        { label: 'Search keys', icon: Search, act: focusSearch, also: 'find', keys: ['/'] },
        { label: 'Refresh', icon: RefreshCw, act: onRefresh, also: 'reload' },
        {
          label: 'Show keys that are overdue for rotation',
          icon: Clock,
          act: links.keys({ rotation: 'overdue' }),
          also: 'filter',
        },
        {
          label: 'Show keys whose deletion is scheduled',
          icon: Hourglass,
          act: links.keys({ status: 'pending' }),
          also: 'filter pending',
        },
        {
          label: 'Show disabled keys',
          icon: CircleSlash,
          act: links.keys({ status: 'disabled' }),
          also: 'filter',
        },
        clearFilters(isNarrowed(view), clear),
        ...(options ? filterActions(groupsOf({ options, chosen: view.filters, onChange: filter })) : []),
        ...sortActions(namedColumns, view.sort, sortBy),
      ]}
    />
  )
}
