import { CircleSlash, Clock, FilterX, Hourglass, Plus, RefreshCw, Search } from 'lucide-react'
import { usePageActions } from '../page-actions.ts'
import { paths } from '../paths.ts'
import { useProject } from '../use-project.ts'
import { isNarrowed } from './keys-view.ts'
import type { KeysViewState } from './use-keys-view.ts'

const focusSearch = () => document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus()

/** What the list offers beside its buttons: in the palette and by shortcuts. */
export function useKeysActions({ view, clear }: KeysViewState, refresh: () => void): void {
  const project = useProject()
  usePageActions('On this page', [
    { label: 'Create key', icon: Plus, act: paths.createKey.to(project), letter: 'c', also: 'new import' },
    { label: 'Search keys', icon: Search, act: focusSearch, also: 'find', keys: ['/'] },
    { label: 'Refresh', icon: RefreshCw, act: refresh, also: 'reload' },
    {
      label: 'Show keys that are overdue for rotation',
      icon: Clock,
      act: paths.keys.to(project, { rotation: 'overdue' }),
      also: 'filter',
    },
    {
      label: 'Show keys whose deletion is scheduled',
      icon: Hourglass,
      act: paths.keys.to(project, { status: 'pending' }),
      also: 'filter pending',
    },
    {
      label: 'Show disabled keys',
      icon: CircleSlash,
      act: paths.keys.to(project, { status: 'disabled' }),
      also: 'filter',
    },
    {
      label: 'Clear filters',
      icon: FilterX,
      act: clear,
      reason: isNarrowed(view) ? undefined : 'No filter is set.',
    },
  ])
}
