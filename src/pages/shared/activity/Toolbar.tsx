import { Eye, EyeOff, RefreshCw } from 'lucide-react'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { FilterMenu } from '../../../ui/FilterMenu.tsx'
import { FilterRow, FilterSheetButton, ListToolbar } from '../../../ui/ListToolbar.tsx'
import { lazyComponent } from '../../../ui/lazy-component.ts'
import { Select } from '../../../ui/Select.tsx'
import type { Command } from '../../commands.ts'
import { clearFiltersCommand, filterCommands } from '../list-commands.ts'
import { PageCommands } from '../PageCommands.tsx'
import { type FilterId, filterCount, filterNames, isNarrowed, timeLabels, times } from './activity-view.ts'
import type { FilterOptions } from './rows.ts'
import type { ActivityViewState } from './use-activity-view.ts'

const FilterSheet = lazyComponent(() => import('./FilterSheet.tsx').then(({ FilterSheet }) => FilterSheet))

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

export const timeOptions = times.map((time) => ({ value: time, label: timeLabels[time] }))

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

function actionsOf(props: ToolbarProps): readonly Command[] {
  const { state, refreshing, onRefresh } = props
  const { view, setTime, showReads, clear } = state
  const time = {
    label: 'Time',
    options: timeOptions.filter(({ value }) => value !== 'all'),
    chosen: [view.time],
    onChange: (chosen: string[]) => setTime(times.find((one) => one === chosen.at(-1)) ?? 'all'),
  }
  return [
    {
      label: 'Refresh',
      icon: RefreshCw,
      run: onRefresh,
      keywords: 'reload',
      disabledReason: refreshing ? 'It is under way.' : undefined,
    },
    clearFiltersCommand(isNarrowed(view), clear),
    view.reads
      ? { label: 'Hide reads', icon: EyeOff, run: () => showReads(false) }
      : { label: 'Show reads', icon: Eye, run: () => showReads(true) },
    ...filterCommands([...groupsOf(props), time]),
  ]
}

const Filters = (props: ToolbarProps) => (
  <FilterRow>
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
  </FilterRow>
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
      <PageCommands commands={actionsOf(props)} />
      {narrow ? (
        <FilterSheetButton set={filterCount(view) + (view.reads ? 1 : 0)} preload={FilterSheet.preload}>
          {(close) => <FilterSheet {...props} onClose={close} />}
        </FilterSheetButton>
      ) : (
        <Filters {...props} />
      )}
    </ListToolbar>
  )
}
