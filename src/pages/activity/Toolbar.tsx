import { lazy } from 'react'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { FilterMenu } from '../../ui/FilterMenu.tsx'
import { FilterSheetButton, ListToolbar } from '../../ui/ListToolbar.tsx'
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

export const timeOptions = times.map((time) => ({ value: time, label: timeWords[time] }))

/** Those that no event could answer are left out. */
export const groupsOf = ({ state, options, filters }: ToolbarProps) =>
  filters
    .filter((id) => options[id].length > 0)
    .map((id) => ({
      label: filterNames[id],
      options: options[id],
      chosen: state.view.filters[id],
      onChange: (values: readonly string[]) => state.filter(id, values),
    }))

const Filters = (props: ToolbarProps) => (
  <fieldset aria-label="Filters" className="flex min-w-0 flex-wrap items-center gap-1.5">
    {groupsOf(props).map((group) => (
      <FilterMenu key={group.label} {...group} />
    ))}
    <Select
      aria-label="Time"
      size="md"
      options={timeOptions}
      value={props.state.view.time}
      onChange={props.state.setTime}
      className="w-30"
    />
    <Checkbox checked={props.state.view.reads} onChange={props.state.showReads} label="Show reads" className="px-1.5" />
  </fieldset>
)

export function Toolbar(props: ToolbarProps) {
  const { state, narrow, shown, total, refreshing, onRefresh } = props
  const { view, search, clear } = state
  return (
    <ListToolbar
      search={{
        label: 'Search activity',
        placeholder: 'Search action, key, id',
        value: view.search,
        onChange: search,
        className: 'w-52 max-[1100px]:w-44',
      }}
      narrowed={isNarrowed(view)}
      shown={shown}
      total={total}
      onClear={clear}
      refreshing={refreshing}
      onRefresh={onRefresh}
    >
      {narrow ? (
        <FilterSheetButton set={filterCount(view) + (view.reads ? 1 : 0)} prefetch={() => void loadSheet()}>
          {(close) => <FilterSheet {...props} onClose={close} />}
        </FilterSheetButton>
      ) : (
        <Filters {...props} />
      )}
    </ListToolbar>
  )
}
