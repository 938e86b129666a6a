import { RefreshCw, SlidersHorizontal } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { FilterMenu } from '../../ui/FilterMenu.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Select } from '../../ui/Select.tsx'
import { type FilterId, filterCount, filterNames, isNarrowed, times, timeWords } from './activity-view.ts'
import type { FilterOptions } from './rows.ts'
import type { ActivityViewState } from './use-activity-view.ts'

const loadSheet = () => import('./FilterSheet.tsx')
const FilterSheet = lazy(() => loadSheet().then((module) => ({ default: module.FilterSheet })))

export interface ToolbarProps {
  state: ActivityViewState
  options: FilterOptions
  /** The filters of this list, in order. */
  filters: readonly FilterId[]
  narrow: boolean
  shown: number
  total: number
  refreshing: boolean
  onRefresh: () => void
}

const timeOptions = times.map((time) => ({ value: time, label: timeWords[time] }))

/** The filters in a row; those that no event could answer are left out. */
const Filters = ({ state, options, filters }: ToolbarProps) => (
  <fieldset aria-label="Filters" className="flex min-w-0 flex-wrap items-center gap-1.5">
    {filters
      .filter((id) => options[id].length > 0)
      .map((id) => (
        <FilterMenu
          key={id}
          label={filterNames[id]}
          options={options[id]}
          chosen={state.view.filters[id]}
          onChange={(values) => state.filter(id, values)}
        />
      ))}
    <Select
      aria-label="Time"
      size="md"
      options={timeOptions}
      value={state.view.time}
      onChange={state.setTime}
      className="w-30"
    />
    <Checkbox checked={state.view.reads} onChange={state.showReads} label="Show reads" className="px-1.5" />
  </fieldset>
)

/** Search, filters, and what concerns the list as a whole. */
export function Toolbar(props: ToolbarProps) {
  const { state, narrow, shown, total, refreshing, onRefresh } = props
  const { view } = state
  const [sheet, setSheet] = useState(false)
  const set = filterCount(view) + (view.reads ? 1 : 0)
  return (
    <div className="flex flex-wrap items-center gap-2 py-3 max-sm:flex-nowrap">
      <SearchField
        slash
        label="Search activity"
        placeholder="Search action, key, id"
        value={view.search}
        onChange={state.search}
        className="w-52 max-[1100px]:w-44 max-sm:w-auto max-sm:min-w-0 max-sm:flex-1"
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
        <Filters {...props} />
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
        <Button iconOnly variant="ghost" icon={RefreshCw} aria-label="Refresh" busy={refreshing} onClick={onRefresh} />
      </div>
      {sheet ? (
        <Suspense>
          <FilterSheet {...props} onClose={() => setSheet(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}
