import { type ReactNode, Suspense } from 'react'
import { FilterRow, FilterSheetButton, ListToolbar } from '../../ui/ListToolbar.tsx'
import { lazyComponent } from '../../ui/lazy-component.ts'
import { CreateKeyLink } from '../shared/CreateKeyLink.tsx'
import type { FilterOptions } from './key-options.ts'
import { filterCount, filterIds, filterNames, isNarrowed } from './keys-view.ts'
import type { KeysViewState } from './use-keys-view.ts'

const Filters = lazyComponent(() => import('./Filters.tsx').then(({ Filters }) => Filters), {
  fallback: () => comingFilters,
})
const FilterSheet = lazyComponent(() => import('./FilterSheet.tsx').then(({ FilterSheet }) => FilterSheet))

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
          <CreateKeyLink amongTools />
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
