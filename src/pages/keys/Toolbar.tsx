import { Plus } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { Link } from 'react-router'
import { buttonClass } from '../../ui/button-class.ts'
import { fetchAhead } from '../../ui/fetch-ahead.ts'
import { Icon } from '../../ui/Icon.tsx'
import { FilterRow, FilterSheetButton, ListToolbar } from '../../ui/ListToolbar.tsx'
import { part } from '../../ui/part.ts'
import { useLinks } from '../use-project.ts'
import type { FilterOptions } from './key-options.ts'
import { filterCount, filterIds, filterNames, isNarrowed } from './keys-view.ts'
import type { KeysViewState } from './use-keys-view.ts'

const Filters = part(() => import('./Filters.tsx').then(({ Filters }) => Filters), { missing: () => comingFilters })
const FilterSheet = part(() => import('./FilterSheet.tsx').then(({ FilterSheet }) => FilterSheet))

const prefetchWizard = () => fetchAhead(() => import('../create-key/CreateKeyPage.tsx'))

export function CreateKeyLink() {
  const links = useLinks()
  return (
    <Link
      to={links.createKey()}
      onPointerEnter={prefetchWizard}
      onFocus={prefetchWizard}
      className={buttonClass({ variant: 'primary', className: 'ml-1 max-sm:ml-0 max-sm:w-11 max-sm:px-0' })}
    >
      <Icon of={Plus} />
      <span className="max-sm:sr-only">Create key</span>
    </Link>
  )
}

interface ToolbarProps {
  state: KeysViewState
  /** Undefined while they are counted for the first time. */
  options: FilterOptions | undefined
  narrow: boolean
  /** The first keys are on their way. */
  waiting: boolean
  shown: number
  total: number
  /** How many are shown, as words. */
  shownWords: string
  /** Before the page's own act. */
  end: ReactNode
  refreshing: boolean
  onRefresh: () => void
}

/** Buttons of the filters' shape while their menus are on their way. */
const comingFilters = filterIds.map((id) => (
  <span
    key={id}
    aria-hidden="true"
    className="inline-flex h-(--control-md) items-center rounded-md border border-line-strong pr-6 pl-2.5 font-medium text-fg-muted text-sm"
  >
    {filterNames[id]}
  </span>
))

export function Toolbar(props: ToolbarProps) {
  const { state, options, narrow, waiting, shown, total, shownWords, end, refreshing, onRefresh } = props
  const { view } = state
  const filters = options && { options, chosen: view.filters, onChange: state.filter }
  return (
    <ListToolbar
      search={{
        label: 'Search keys',
        placeholder: 'Search name, id, label',
        value: view.search,
        onChange: state.search,
      }}
      narrowed={isNarrowed(view)}
      shown={shown}
      total={total}
      onClear={state.clear}
      refreshing={refreshing}
      onRefresh={onRefresh}
      end={
        <>
          {end}
          <CreateKeyLink />
        </>
      }
    >
      {narrow ? (
        <FilterSheetButton set={filterCount(view)} preload={FilterSheet.preload}>
          {(close) =>
            filters && (
              <FilterSheet
                {...filters}
                shown={shownWords}
                sort={view.sort}
                onSort={state.setSort}
                onClear={state.clear}
                onClose={close}
              />
            )
          }
        </FilterSheetButton>
      ) : (
        <FilterRow>
          {waiting || (total > 0 && !filters) ? comingFilters : null}
          {total > 0 && filters ? (
            <Suspense fallback={comingFilters}>
              <Filters {...filters} />
            </Suspense>
          ) : null}
        </FilterRow>
      )}
    </ListToolbar>
  )
}
