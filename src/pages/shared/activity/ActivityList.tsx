import { History, RefreshCw } from 'lucide-react'
import { Suspense, useCallback, useDeferredValue, useMemo } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { formatDateTime } from '../../../lib/dates.ts'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { LiveRegion } from '../../../ui/LiveRegion.tsx'
import { lazyComponent } from '../../../ui/lazy-component.ts'
import { useNarrow } from '../../../ui/use-media.ts'
import type { Command } from '../../commands.ts'
import { useEntryState } from '../../entry-state.ts'
import { ListBody } from '../list/ListBody.tsx'
import { formatResults, ListControls, type ListFilterGroup } from '../list/ListControls.tsx'
import { clearFiltersCommand, filterCommands } from '../list/list-commands.ts'
import { isFiltered } from '../list/list-view.ts'
import { PageCommands } from '../PageCommands.tsx'
import { useNow } from '../use-now.ts'
import { ActivityCards } from './ActivityCards.tsx'
import { ActivitySettings, ActivitySheetSettings } from './ActivitySettings.tsx'
import { ActivityTable, TableSkeleton } from './ActivityTable.tsx'
import { ListEnd, LogNotes, UnreadBanner } from './AuditLogStates.tsx'
import {
  type ActivityView,
  type ActivityViewState,
  activeFilters,
  type FilterId,
  filterIds,
  filterLabels,
  rangeOf,
  timeLabels,
  times,
  withTime,
} from './activity-view.ts'
import { csvOf, jsonOf, missingNote } from './export-events.ts'
import { filterOptions, filterReads, filterRows, indexKeys, prepareRows } from './rows.ts'
import type { Activity } from './use-activity.ts'

const ExportMenu = lazyComponent(() => import('../list/ExportMenu.tsx').then(({ ExportMenu }) => ExportMenu))

interface ActivityListProps {
  activity: Activity
  state: ActivityViewState
  /** Those that events may be about, for their names. */
  keys: readonly KmsKey[]
  /** The keys are on their way. */
  reading?: boolean
  /** Names under which the logs have what is done in this console. */
  callers?: readonly string[]
  /** All is about one key, which then has no column and no filter. */
  ownKey?: boolean
}

/** Rows that are drawn at once: a log of months may have many thousands. */
const ROWS = 500

const ownKeyFilters: readonly FilterId[] = filterIds.filter((id) => id !== 'key')

const emptyTitle = ({ unread, loadMore }: Activity): string =>
  loadMore || unread.length > 0 ? 'No operations found so far' : 'No operations yet'

/** Ids of the rows whose details are shown. */
function useOpened() {
  const [opened, setOpened] = useEntryState<ReadonlySet<string>>('opened-events', new Set())
  const toggle = useCallback(
    (id: string) => setOpened((before) => before.symmetricDifference(new Set([id]))),
    [setOpened],
  )
  return [opened, toggle] as const
}

function commandsOf(
  state: ActivityViewState,
  activity: Activity,
  groups: readonly ListFilterGroup[],
  now: number,
): Command[] {
  const { view, show, clear } = state
  const time = {
    label: 'Time',
    options: times.filter((one) => one !== 'all').map((value) => ({ value, label: timeLabels[value] })),
    chosen: [view.time],
    onChange: (chosen: string[]) => show(withTime(view, times.find((one) => one === chosen.at(-1)) ?? 'all', now)),
  }
  return [
    {
      label: 'Refresh',
      icon: RefreshCw,
      run: activity.refresh,
      keywords: 'reload',
      disabledReason: activity.refreshing ? 'In progress.' : undefined,
    },
    clearFiltersCommand(isFiltered(view.search, activeFilters(view)), clear),
    ...filterCommands([...groups, time]),
  ]
}

/** What search and filters leave, in words: on paper there are no controls that show it. */
function filtersOf(groups: readonly ListFilterGroup[], { search, time, from, to }: ActivityView): string {
  const chosen = groups.map(({ label, options, chosen }) => {
    const labels = options.flatMap(({ value, label }) => (chosen.includes(value) ? [label] : []))
    return labels.length === 0 ? '' : `${label}: ${labels.join(', ')}`
  })
  const period = time === 'dates' ? `${from} to ${to}` : timeLabels[time]
  const words = [...chosen, `Time: ${period}`, search.trim() === '' ? '' : `Search: ${search.trim()}`]
  return words.filter(Boolean).join('. ')
}

/** Activity of all keys or of one: banner of unread logs, controls and the list. */
export function ActivityList(props: ActivityListProps) {
  const { activity, state, keys, reading = false, callers = [], ownKey = false } = props
  const now = useNow()
  const narrow = useNarrow()
  const [opened, onToggle] = useOpened()
  const [limit, setLimit] = useEntryState('activity-rows', ROWS)
  const view = useDeferredValue(state.view)
  const index = useMemo(() => indexKeys(keys), [keys])
  const prepared = useMemo(() => prepareRows(activity.events, index), [activity.events, index])
  const { since, until } = rangeOf(view, now)
  const listed = useMemo(() => filterReads(prepared, view.filters), [prepared, view.filters])
  const rows = useMemo(() => filterRows(listed, view, { since, until }), [listed, view, since, until])
  const options = useMemo(
    () => filterOptions(listed, view.filters, index, prepared),
    [listed, view.filters, index, prepared],
  )

  const label = ownKey ? 'Activity of this key' : 'Activity'
  const list = {
    noun: 'operation',
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
  const { hasPeople } = activity
  const rowProps = { label, rows: rows.slice(0, limit), now, reading, opened, onToggle, ownKey, hasPeople }

  return (
    <>
      <UnreadBanner activity={activity} />
      <PageCommands commands={commandsOf(state, activity, groups, now)} />
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
          inRow: <ActivitySettings state={state} />,
          onSheet: <ActivitySheetSettings state={state} />,
        }}
        refreshing={activity.refreshing}
        onRefresh={activity.refresh}
        end={
          narrow ? undefined : (
            <Suspense>
              <ExportMenu
                noun={list.noun}
                shown={rows.length}
                fileName="kms-activity"
                contentOf={async (format) => (format === 'csv' ? csvOf : jsonOf)(rows, hasPeople)}
                note={missingNote(activity.completeSince)}
              />
            </Suspense>
          )
        }
      />
      <p className="hidden py-2 print:block">
        {label}, {formatDateTime(now)}: {formatResults(list)}. {filtersOf(groups, state.view)}
      </p>
      <LogNotes callers={callers} without={activity.without} hasPeople={hasPeople} />
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
            table: <TableSkeleton label={label} ownKey={ownKey} hasPeople={hasPeople} />,
          }}
          empty={
            <EmptyState icon={History} title={emptyTitle(activity)}>
              {ownKey ? 'Operations on this key' : 'Operations on keys'} are listed here, latest first.
            </EmptyState>
          }
        >
          {narrow ? <ActivityCards {...rowProps} /> : <ActivityTable {...rowProps} />}
        </ListBody>
        {rows.length > limit ? (
          <div className="grid justify-items-center py-4 print:hidden">
            <Button onClick={() => setLimit(limit + ROWS)}>Show {Math.min(ROWS, rows.length - limit)} more</Button>
          </div>
        ) : !activity.pending && (rows.length > 0 || hasOlder) ? (
          <ListEnd activity={activity} beyond={activity.completeSince < since} />
        ) : null}
      </div>
    </>
  )
}
