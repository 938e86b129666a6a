import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { AuditEvent, AuditPage, AuditQuery } from '../../../clouds/cloud.ts'
import type { CloudConnection } from '../../../clouds/gateway/wire.ts'
import type { CloudId, KeyAddress } from '../../../clouds/model.ts'
import { queries } from '../../../clouds/queries.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { useEntryState } from '../../entry-state.ts'
import { useConnections } from '../../use-keys.ts'
import { type UnreadableItem, unreadableIn } from '../list/unreadable.ts'

export interface UnreadLog {
  /** Whose log it is, for sentences. */
  readonly of: string
  readonly error: Error
}

/** The clouds' logs, as far as they are read. */
export interface CloudLogs {
  /** Entries in no order. */
  readonly read: readonly AuditEvent[]
  /** Entries that can't be read. */
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
  /** From when on one cloud's log is read; negative infinity where nothing older can be. */
  readonly readSince: (cloud: CloudId) => number
}

/** Pages of a log that are read for a range of time without being asked for. */
export const AUTOMATIC_PAGES = 10

export const auditQuery = (page: number, key: KeyAddress | undefined): AuditQuery => ({
  page,
  ...(key ? { key: key.key } : {}),
})

/**
 * Providers whose audit log a list reads.
 * @param only that of the key which the list is about; undefined for all keys
 */
export const logsOf = (connections: readonly CloudConnection[], only: CloudId | undefined): readonly CloudId[] =>
  connections.map(({ id }) => id).filter((id) => (only === undefined || only === id) && cloudOf(id).audit !== undefined)

interface Depth {
  readonly scope: string
  readonly depth: Partial<Record<CloudId, number>>
}

const firstPages: Depth['depth'] = {}

/** How many pages of each log are read; starts anew when the list is about another key. */
function useDepth(scope: string) {
  const [state, setState] = useEntryState<Depth>('audit-pages', { scope, depth: firstPages })
  const depth = state.scope === scope ? state.depth : firstPages
  const deepen = (clouds: readonly CloudId[]) =>
    setState({
      scope,
      depth: { ...depth, ...Object.fromEntries(clouds.map((cloud) => [cloud, (depth[cloud] ?? 1) + 1])) },
    })
  return [depth, deepen] as const
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

interface PageState {
  readonly page: number
  readonly of: number | undefined
  readonly since: number
  readonly error: Error | null
}

const hasOlder = ({ page, of, error }: PageState) => error !== null || of === undefined || page < of

/** From when on a log is read, by its pages. */
function readSinceOf(pages: readonly PageState[]): number {
  const read = pages.findLast(({ of }) => of !== undefined)
  if (read) return hasOlder(read) ? read.since : Number.NEGATIVE_INFINITY
  return pages.some(({ error }) => error) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/**
 * The audit logs of the clouds about all keys or one, read by pages.
 * @param since start of the time of interest, to which the logs are read; infinite for none
 */
export function useCloudLogs(key: KeyAddress | undefined, since: number): CloudLogs {
  const connections = useConnections()
  const only = key?.cloud
  const logs = useMemo(() => logsOf(connections, only), [connections, only])
  const [depth, deepen] = useDepth(key ? `${key.cloud}/${key.key}` : '')
  const asked = useMemo(
    () =>
      logs.flatMap((cloud) => Array.from({ length: depth[cloud] ?? 1 }, (_, index) => ({ cloud, page: index + 1 }))),
    [logs, depth],
  )
  const { read, lists, pages, refreshing, refresh } = useQueries({
    // Something may have happened since the last look, however short ago that was.
    queries: asked.map(({ cloud, page }) => ({
      ...queries.audit(cloud, auditQuery(page, key)),
      refetchOnMount: 'always' as const,
    })),
    combine,
  })
  const states = useMemo(
    () => asked.flatMap((one, index) => (pages[index] ? [{ ...one, ...pages[index] }] : [])),
    [asked, pages],
  )
  const [first, older] = [states.filter(({ page }) => page === 1), states.filter(({ page }) => page > 1)]
  const moreError = older.find(({ error }) => error)?.error ?? undefined
  const open = logs.flatMap((cloud) => states.findLast((state) => state.cloud === cloud) ?? []).filter(hasOlder)
  const readSince = useMemo(() => {
    const times = new Map(
      Map.groupBy(states, ({ cloud }) => cloud)
        .entries()
        .map(([cloud, read]) => [cloud, readSinceOf(read)]),
    )
    return (cloud: CloudId) => times.get(cloud) ?? Number.NEGATIVE_INFINITY
  }, [states])
  const further = open.filter(({ of, since: back }) => of !== undefined && back >= since)
  const automatic = Number.isFinite(since) ? further.filter(({ page }) => page < AUTOMATIC_PAGES) : []
  useEffect(() => {
    if (automatic.length > 0) deepen(automatic.map(({ cloud }) => cloud))
  })
  return {
    read,
    unreadable: asked.flatMap(({ cloud }, index) => unreadableIn(lists[index], { cloud })),
    pending: first.some(({ isPending }) => isPending),
    refreshing,
    unread: first.flatMap(({ cloud, error }) => (error ? [{ of: cloudOf(cloud).longName, error }] : [])),
    moreError,
    loadingMore: older.some(({ isPending }) => isPending),
    refresh,
    loadMore: further.length > 0 ? () => deepen(further.map(({ cloud }) => cloud)) : undefined,
    completeSince: open.reduce((latest, { since: back }) => Math.max(latest, back), Number.NEGATIVE_INFINITY),
    readSince,
  }
}
