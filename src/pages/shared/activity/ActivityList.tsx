import { Eye, EyeOff, History, RefreshCw } from 'lucide-react'
import { useCallback, useDeferredValue, useMemo } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { LiveRegion } from '../../../ui/LiveRegion.tsx'
import type { Command } from '../../commands.ts'
import { useEntryState } from '../../entry-state.ts'
import { ListBody } from '../list/ListBody.tsx'
import { formatResults, ListControls, type ListFilterGroup } from '../list/ListControls.tsx'
import { clearFiltersCommand, filterCommands } from '../list/list-commands.ts'
import { isFiltered } from '../list/list-view.ts'
import { PageCommands } from '../PageCommands.tsx'
import { useNarrow } from '../use-narrow.ts'
import { useNow } from '../use-now.ts'
import { ActivityCards } from './ActivityCards.tsx'
import { ActivitySettings, ActivitySheetSettings } from './ActivitySettings.tsx'
import { ActivityTable, TableSkeleton } from './ActivityTable.tsx'
import { ListEnd, UnreadBanner } from './AuditLogStates.tsx'
import {
  type ActivityViewState,
  activeFilters,
  type FilterId,
  filterIds,
  filterLabels,
  sinceOf,
  timeLabels,
  times,
} from './activity-view.ts'
import { filterOptions, filterReads, filterRows, indexKeys, prepareRows } from './rows.ts'
import type { Activity } from './use-activity.ts'

interface ActivityListProps {
  activity: Activity
  state: ActivityViewState
  /** Those that events may be about, for their names. */
  keys: readonly KmsKey[]
  /** All is about one key, which then has no column and no filter. */
  ownKey?: boolean
}

const ownKeyFilters: readonly FilterId[] = filterIds.filter((id) => id !== 'key')

function emptyTitle({ unread, loadMore }: Activity): string {
  if (unread.length > 0) return 'Nothing in this visit yet'
  return loadMore ? 'Nothing has happened lately' : 'Nothing has happened yet'
}

/** Ids of the rows whose details are shown. */
function useOpened() {
  const [opened, setOpened] = useEntryState<ReadonlySet<string>>('opened-events', new Set())
  const toggle = useCallback(
    (id: string) =>
      setOpened((before) =>
        before.has(id) ? new Set([...before].filter((one) => one !== id)) : before.union(new Set([id])),
      ),
    [setOpened],
  )
  return [opened, toggle] as const
}

function commandsOf(state: ActivityViewState, activity: Activity, groups: readonly ListFilterGroup[]): Command[] {
  const { view, show, clear } = state
  const time = {
    label: 'Time',
    options: times.filter((one) => one !== 'all').map((value) => ({ value, label: timeLabels[value] })),
    chosen: [view.time],
    onChange: (chosen: string[]) => show({ ...view, time: times.find((one) => one === chosen.at(-1)) ?? 'all' }),
  }
  return [
    {
      label: 'Refresh',
      icon: RefreshCw,
      run: activity.refresh,
      keywords: 'reload',
      disabledReason: activity.refreshing ? 'It is under way.' : undefined,
    },
    clearFiltersCommand(isFiltered(view.search, activeFilters(view)), clear),
    view.reads
      ? { label: 'Hide reads', icon: EyeOff, run: () => show({ ...view, reads: false }) }
      : { label: 'Show reads', icon: Eye, run: () => show({ ...view, reads: true }) },
    ...filterCommands([...groups, time]),
  ]
}

/** Activity of all keys or of one: banner of unread logs, controls and the list. */
export function ActivityList({ activity, state, keys, ownKey = false }: ActivityListProps) {
  const now = useNow()
  const narrow = useNarrow()
  const [opened, onToggle] = useOpened()
  const view = useDeferredValue(state.view)
  const index = useMemo(() => indexKeys(keys), [keys])
  const prepared = useMemo(() => prepareRows(activity.events, index), [activity.events, index])
  const listed = useMemo(() => filterReads(prepared, view.reads), [prepared, view.reads])
  const rows = useMemo(() => filterRows(listed, view, now), [listed, view, now])
  const options = useMemo(() => filterOptions(listed, view.filters, index), [listed, view.filters, index])

  const label = ownKey ? 'Activity of this key' : 'Activity'
  const list = {
    noun: 'event',
    search: view.search,
    active: activeFilters(view),
    shown: rows.length,
    total: listed.length,
    onClear: state.clear,
  }
  const groups = (ownKey ? ownKeyFilters : filterIds)
    .filter((id) => options[id].length > 0)
    .map((id) => ({
      label: filterLabels[id],
      options: options[id],
      chosen: state.view.filters[id],
      onChange: (values: readonly string[]) => state.filter(id, values),
    }))
  const hasOlder = activity.loadMore || activity.loadingMore || activity.moreError
  const rowProps = { label, rows, now, opened, onToggle, ownKey }

  return (
    <>
      <UnreadBanner activity={activity} />
      <PageCommands commands={commandsOf(state, activity, groups)} />
      <ListControls
        {...list}
        search={state.view.search}
        active={activeFilters(state.view)}
        searchField={{
          label: 'Search activity',
          placeholder: 'Search action, key, id',
          className: 'w-52 max-[1100px]:w-44',
        }}
        onSearch={state.search}
        narrow={narrow}
        groups={groups}
        settings={{
          set: state.view.reads ? 1 : 0,
          inRow: <ActivitySettings state={state} />,
          onSheet: <ActivitySheetSettings state={state} />,
        }}
        refreshing={activity.refreshing}
        onRefresh={activity.refresh}
      />
      <LiveRegion>{activity.pending ? '' : formatResults(list)}</LiveRegion>
      <div className="-mx-(--gutter)">
        <ListBody
          list={list}
          label={label}
          narrow={narrow}
          pending={activity.pending}
          unreadable={activity.unreadable}
          skeleton={{
            card: { className: 'h-32', lines: [260, 220] },
            table: <TableSkeleton label={label} ownKey={ownKey} />,
          }}
          empty={
            <EmptyState icon={History} title={emptyTitle(activity)}>
              What is done {ownKey ? 'with this key' : 'with keys'} is listed here, the latest first.
            </EmptyState>
          }
        >
          {narrow ? <ActivityCards {...rowProps} /> : <ActivityTable {...rowProps} />}
        </ListBody>
        {!activity.pending && (rows.length > 0 || hasOlder) ? (
          <ListEnd activity={activity} beyond={activity.readBackTo < sinceOf(view, now)} />
        ) : null}
      </div>
    </>
  )
}
