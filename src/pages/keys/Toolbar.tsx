import { Plus, RefreshCw, SlidersHorizontal } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { buttonClass } from '../../ui/button-class.ts'
import { Icon } from '../../ui/Icon.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { paths } from '../paths.ts'
import { useProject } from '../use-project.ts'
import type { FilterOptions } from './key-rows.ts'
import { filterCount, filterIds, filterNames, isNarrowed } from './keys-view.ts'
import type { KeysViewState } from './use-keys-view.ts'

const loadFilters = () => import('./Filters.tsx')
const loadSheet = () => import('./FilterSheet.tsx')
const Filters = lazy(() => loadFilters().then((module) => ({ default: module.Filters })))
const FilterSheet = lazy(() => loadSheet().then((module) => ({ default: module.FilterSheet })))

const prefetchWizard = () => void import('../create-key/CreateKeyPage.tsx')

export function CreateKeyLink() {
  const project = useProject()
  return (
    <Link
      to={paths.createKey.to(project)}
      onPointerEnter={prefetchWizard}
      onFocus={prefetchWizard}
      className={buttonClass({ variant: 'primary', className: 'max-sm:w-11 max-sm:px-0' })}
    >
      <Icon of={Plus} />
      <span className="max-sm:sr-only">Create key</span>
    </Link>
  )
}

interface ToolbarProps {
  state: KeysViewState
  options: FilterOptions
  narrow: boolean
  /** The first keys are on their way. */
  waiting: boolean
  shown: number
  total: number
  /** How many are shown, as words. */
  shownWords: string
  refreshing: boolean
  onRefresh: () => void
}

/** Buttons of the filters' shape while their menus are on their way. */
const comingFilters = filterIds.map((id) => (
  <span
    key={id}
    aria-hidden="true"
    className="inline-flex h-(--control-md) items-center rounded-md border border-line-strong pr-7 pl-2.5 font-medium text-fg-muted text-sm"
  >
    {filterNames[id]}
  </span>
))

/** Search, filters, and what concerns the list as a whole. */
export function Toolbar(props: ToolbarProps) {
  const { state, options, narrow, waiting, shown, total, shownWords, refreshing, onRefresh } = props
  const { view } = state
  const [sheet, setSheet] = useState(false)
  const filters = { options, chosen: view.filters, onChange: state.filter }
  const set = filterCount(view)
  return (
    <div className="flex flex-wrap items-center gap-2 py-3 max-sm:flex-nowrap">
      <SearchField
        slash
        label="Search keys"
        placeholder="Search name, id, label"
        value={view.search}
        onChange={state.search}
        className="w-62 max-sm:min-w-0 max-sm:flex-1"
      />
      {narrow ? (
        <Button
          iconOnly
          icon={SlidersHorizontal}
          aria-label={set === 0 ? 'Filters' : `Filters, ${set} set`}
          aria-pressed={set > 0}
          aria-haspopup="dialog"
          onPointerEnter={() => void loadSheet()}
          onClick={() => setSheet(true)}
        />
      ) : (
        <fieldset aria-label="Filters" className="flex min-w-0 flex-wrap gap-1.5">
          {waiting ? comingFilters : null}
          {total > 0 ? (
            <Suspense fallback={comingFilters}>
              <Filters {...filters} />
            </Suspense>
          ) : null}
        </fieldset>
      )}
      <div className="ml-auto flex items-center gap-2">
        {!narrow && isNarrowed(view) ? (
          <>
            <span aria-hidden="true" className="text-fg-subtle tabular-nums">
              {formatNumber(shown)} of {formatNumber(total)}
            </span>
            <Button variant="ghost" onClick={state.clear}>
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
        <CreateKeyLink />
      </div>
      {sheet ? (
        <Suspense>
          <FilterSheet
            {...filters}
            shown={shownWords}
            sort={view.sort}
            onSort={state.setSort}
            onClear={state.clear}
            onClose={() => setSheet(false)}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
