import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { AuditPage, AuditQuery } from '../../../clouds/cloud.ts'
import type { CloudConnection } from '../../../clouds/gateway/wire.ts'
import type { CloudId, KeyAddress } from '../../../clouds/model.ts'
import { queries } from '../../../clouds/queries.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { loggedCalls, onLoggedCall } from '../../../clouds/request-log.ts'
import { useEntryState } from '../../entry-state.ts'
import { useConnections } from '../../use-keys.ts'
import { type UnreadableItem, unreadableIn } from '../list/unreadable.ts'
import { type ActivityEvent, mergeActivity } from './events.ts'

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
  /** When the oldest entry that was read happened; infinite while none is. */
  readonly readBackTo: number
}

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

/** Calls `refresh` when this visit did something that a log may have noted since. */
function useRefreshAfterChanges(refresh: () => void) {
  const calls = useSyncExternalStore(onLoggedCall, loggedCalls)
  const latest = calls.findLast(({ method }) => method !== 'GET')?.id
  const seen = useRef(latest)
  useEffect(() => {
    if (seen.current === latest) return
    seen.current = latest
    refresh()
  }, [latest, refresh])
  return calls
}

/** What the queries of all pages say together; `pages` in their order. */
const combine = (results: readonly UseQueryResult<AuditPage>[]) => ({
  read: results.flatMap(({ data }) => data?.events.items ?? []),
  lists: results.map(({ data }) => data?.events),
  pages: results.map(({ data, error, isPending }) => ({ error: data ? null : error, isPending, of: data?.pages })),
  refreshing: results.some(({ isFetching }) => isFetching),
  refresh: () => {
    for (const { refetch } of results) void refetch()
  },
})

const oldest = (times: readonly number[]) => times.reduce((least, at) => (at < least ? at : least), Infinity)

/** What happened, to all keys or to one: the clouds' audit logs by pages, and this visit's requests. */
export function useActivity(key?: KeyAddress): Activity {
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
  const calls = useRefreshAfterChanges(refresh)
  const events = useMemo(() => mergeActivity(read, calls), [read, calls])
  const readBackTo = useMemo(() => oldest(read.map(({ at }) => at)), [read])

  const states = asked.flatMap((one, index) => (pages[index] ? [{ ...one, ...pages[index] }] : []))
  const [first, older] = [states.filter(({ page }) => page === 1), states.filter(({ page }) => page > 1)]
  const moreError = older.find(({ error }) => error)?.error ?? undefined
  const further = logs.filter((cloud) => {
    const last = states.findLast((state) => state.cloud === cloud)
    return last?.of !== undefined && last.page < last.of
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
    loadMore: further.length > 0 ? () => deepen(further) : undefined,
    readBackTo,
  }
}
