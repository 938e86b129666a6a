import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { type ActivityEvent, activityOf } from '../../../clouds/audit-activity.ts'
import type { AuditPage, AuditQuery } from '../../../clouds/cloud.ts'
import type { CloudConnection } from '../../../clouds/gateway/wire.ts'
import type { CloudId, KeyAddress } from '../../../clouds/model.ts'
import { queries } from '../../../clouds/queries.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { loggedCalls, onLoggedCall } from '../../../clouds/request-log.ts'
import { useEntryState } from '../../entry-state.ts'
import { useConnections } from '../../use-keys.ts'
import { type UnreadableItem, unreadableIn } from '../list/unreadable.ts'

export interface UnreadLog {
  readonly cloud: CloudId
  readonly error: Error
}

export interface Activity {
  /** The latest first. */
  readonly events: readonly ActivityEvent[]
  /** Entries of the logs that can't be read. */
  readonly unreadable: readonly UnreadableItem[]
  /** A log is on its way for the first time. */
  readonly pending: boolean
  readonly refreshing: boolean
  /** Logs whose first page could not be read. */
  readonly unread: readonly UnreadLog[]
  /** Why older entries could not be read. */
  readonly moreError: Error | undefined
  readonly loadingMore: boolean
  readonly refresh: () => void
  /** Reads one page more of every log that has one; undefined when all is read. */
  readonly loadMore: (() => void) | undefined
  /** From when on every log is read; infinite while none is, negative where all is. */
  readonly completeSince: number
  /** Connected clouds that keep no audit log, or none that the console can read. */
  readonly without: readonly CloudId[]
}

/** Pages of a log that are read for a range of time without being asked for. */
const AUTOMATIC_PAGES = 10

export const auditQuery = (page: number, key: KeyAddress | undefined): AuditQuery => ({
  page,
  ...(key ? { key: key.key } : {}),
})

/** Providers whose audit log a list of all keys, or of one key alone, reads. */
export const logsOf = (connections: readonly CloudConnection[], key: KeyAddress | undefined): readonly CloudId[] =>
  connections
    .map(({ id }) => id)
    .filter((id) => (key === undefined || key.cloud === id) && cloudOf(id).audit !== undefined)

interface Depth {
  readonly scope: string
  readonly depth: Partial<Record<CloudId, number>>
}

/** How many pages of each log are read; starts anew when the list is about another key. */
function useDepth(scope: string) {
  const [state, setState] = useEntryState<Depth>('audit-pages', { scope, depth: {} })
  const depth = state.scope === scope ? state.depth : {}
  const deepen = (clouds: readonly CloudId[]) =>
    setState({
      scope,
      depth: { ...depth, ...Object.fromEntries(clouds.map((cloud) => [cloud, (depth[cloud] ?? 1) + 1])) },
    })
  return [depth, deepen] as const
}

/** Calls `refresh` when this tab did something that a log may have noted since. */
function useRefreshAfterChanges(refresh: () => void): void {
  const calls = useSyncExternalStore(onLoggedCall, loggedCalls)
  const latest = calls.findLast(({ method }) => method !== 'GET')?.id
  const seen = useRef(latest)
  useEffect(() => {
    if (seen.current === latest) return
    seen.current = latest
    refresh()
  }, [latest, refresh])
}

const oldest = (times: readonly number[]) => times.reduce((least, at) => (at < least ? at : least), Infinity)

/** What the queries of all pages say together; `pages` in their order. */
const combine = (results: readonly UseQueryResult<AuditPage>[]) => ({
  read: results.flatMap(({ data }) => data?.events.items ?? []),
  lists: results.map(({ data }) => data?.events),
  pages: results.map(({ data, error, isPending }) => ({
    error: data ? null : error,
    isPending,
    of: data?.pages,
    // Pages come in order of time, so that the last one read tells how far the log is read.
    since: data?.from ?? oldest(data?.events.items.map(({ at }) => at) ?? []),
  })),
  refreshing: results.some(({ isFetching }) => isFetching),
  refresh: () => {
    for (const { refetch } of results) void refetch()
  },
})

/**
 * What happened, to all keys or to one, by the clouds' audit logs, which are read by pages.
 * @param since start of the time of interest, to which the logs are read; infinite for none
 */
export function useActivity(key?: KeyAddress, since = Number.NEGATIVE_INFINITY): Activity {
  const connections = useConnections()
  const logs = logsOf(connections, key)
  const [depth, deepen] = useDepth(key ? `${key.cloud}/${key.key}` : '')
  const asked = logs.flatMap((cloud) =>
    Array.from({ length: depth[cloud] ?? 1 }, (_, index) => ({ cloud, page: index + 1 })),
  )
  const { read, lists, pages, refreshing, refresh } = useQueries({
    // Something may have happened since the last look, however short ago that was.
    queries: asked.map(({ cloud, page }) => ({
      ...queries.audit(cloud, auditQuery(page, key)),
      refetchOnMount: 'always' as const,
    })),
    combine,
  })
  useRefreshAfterChanges(refresh)
  const events = useMemo(() => activityOf(read), [read])

  const states = asked.flatMap((one, index) => (pages[index] ? [{ ...one, ...pages[index] }] : []))
  const [first, older] = [states.filter(({ page }) => page === 1), states.filter(({ page }) => page > 1)]
  const moreError = older.find(({ error }) => error)?.error ?? undefined
  const last = logs.flatMap((cloud) => states.findLast((state) => state.cloud === cloud) ?? [])
  const open = last.filter(({ page, of, error }) => error || of === undefined || page < of)
  const further = open.filter(({ of, since: back }) => of !== undefined && back >= since)
  const automatic = Number.isFinite(since) ? further.filter(({ page }) => page < AUTOMATIC_PAGES) : []
  useEffect(() => {
    if (automatic.length > 0) deepen(automatic.map(({ cloud }) => cloud))
  })
  return {
    events,
    unreadable: asked.flatMap(({ cloud }, index) => unreadableIn(lists[index], { cloud })),
    pending: first.some(({ isPending }) => isPending),
    refreshing,
    unread: first.flatMap(({ cloud, error }) => (error ? [{ cloud, error }] : [])),
    moreError,
    loadingMore: older.some(({ isPending }) => isPending),
    refresh,
    loadMore: further.length > 0 ? () => deepen(further.map(({ cloud }) => cloud)) : undefined,
    completeSince: open.reduce((latest, { since: back }) => Math.max(latest, back), Number.NEGATIVE_INFINITY),
    without: connections
      .map(({ id }) => id)
      .filter((id) => (key === undefined || key.cloud === id) && cloudOf(id).audit === undefined),
  }
}
