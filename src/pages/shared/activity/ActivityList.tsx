import { History, SearchX } from 'lucide-react'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { CardsSkeleton } from '../../../ui/CardsSkeleton.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { LiveRegion } from '../../../ui/LiveRegion.tsx'
import { useNarrow } from '../use-narrow.ts'
import { useNow } from '../use-now.ts'
import { ActivityCards } from './ActivityCards.tsx'
import { ActivityTable, TableSkeleton } from './ActivityTable.tsx'
import { ListEnd, UnreadBanner } from './AuditLogStates.tsx'
import { type FilterId, filterIds, hiddenBy, isNarrowed, sinceOf } from './activity-view.ts'
import { filterOptions, filterReads, filterRows, indexKeys, prepareRows } from './rows.ts'
import { Toolbar } from './Toolbar.tsx'
import type { Activity } from './use-activity.ts'
import type { ActivityViewState } from './use-activity-view.ts'

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
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const toggle = useCallback(
    (id: string) =>
      setOpened((before) =>
        before.has(id) ? new Set([...before].filter((one) => one !== id)) : before.union(new Set([id])),
      ),
    [],
  )
  return [opened, toggle] as const
}

/** Toolbar, notes and the list with its states. */
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

  const total = listed.length
  const label = ownKey ? 'Activity of this key' : 'Activity'
  const beyond = activity.readBackTo < sinceOf(view, now)
  const results = isNarrowed(view) ? `${formatNumber(rows.length)} of ${count(total, 'event')}` : count(total, 'event')

  const content = () => {
    if (activity.pending)
      return narrow ? (
        <CardsSkeleton label={label} className="h-32" lines={[260, 220]} />
      ) : (
        <TableSkeleton label={label} ownKey={ownKey} />
      )
    const end = <ListEnd activity={activity} beyond={beyond} />
    const further = activity.loadMore || activity.loadingMore || activity.moreError
    if (total === 0)
      return (
        <>
          <EmptyState icon={History} title={emptyTitle(activity)}>
            What is done {ownKey ? 'with this key' : 'with keys'} is listed here, the latest first.
          </EmptyState>
          {further ? end : null}
        </>
      )
    if (rows.length === 0)
      return (
        <>
          <EmptyState icon={SearchX} title="No match" actions={<Button onClick={state.clear}>Clear filters</Button>}>
            {count(total, 'event')} {total === 1 ? 'is' : 'are'} hidden by {hiddenBy(view)}.
          </EmptyState>
          {further ? end : null}
        </>
      )
    const list = { label, rows, now, opened, onToggle, ownKey }
    return (
      <>
        {narrow ? <ActivityCards {...list} /> : <ActivityTable {...list} />}
        {end}
      </>
    )
  }

  return (
    <>
      <UnreadBanner activity={activity} />
      <Toolbar
        state={state}
        options={options}
        filters={ownKey ? ownKeyFilters : filterIds}
        narrow={narrow}
        shown={rows.length}
        total={total}
        refreshing={activity.refreshing}
        onRefresh={activity.refresh}
      />
      <LiveRegion>{activity.pending ? '' : results}</LiveRegion>
      <div className="-mx-(--gutter)">{content()}</div>
    </>
  )
}
