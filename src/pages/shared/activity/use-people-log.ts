import { useInfiniteQuery, useQueries, useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { ActivityEvent } from '../../../clouds/audit-activity.ts'
import type { AuditEvent } from '../../../clouds/gateway/audit.ts'
import { peopleQuery } from '../../../clouds/gateway/audit-calls.ts'
import type { KeyAddress } from '../../../clouds/model.ts'
import { queries } from '../../../clouds/queries.ts'
import { useConnections } from '../../use-keys.ts'
import { AUTOMATIC_PAGES } from './use-cloud-logs.ts'

/** The console's log of people, read by pages. */
export interface PeopleLog {
  /** The latest first. */
  readonly people: readonly AuditEvent[]
  readonly pending: boolean
  readonly refreshing: boolean
  /** Why its first page could not be read, or a later one. */
  readonly error: Error | undefined
  readonly moreError: Error | undefined
  readonly loadingMore: boolean
  readonly refresh: () => void
  /** Reads one page more; undefined where there is none. */
  readonly loadMore: (() => void) | undefined
  /** From when on it is read; infinite while nothing is, negative where all is. */
  readonly readSince: number
}

/** Whether people sign in to this console. */
export const useSignsIn = (): boolean => useSuspenseQuery(queries.session()).data.person !== undefined

/**
 * Events of the console's log, about all keys or one; undefined where nobody signs in, and nothing is asked then.
 * @param since start of the time of interest, to which the log is read; infinite for none
 * @param wanted false where nothing is to be read
 */
export function usePeopleLog(key: KeyAddress | undefined, since: number, wanted = true): PeopleLog | undefined {
  const signsIn = useSignsIn()
  const enabled = signsIn && wanted
  const of = key ? { provider: key.cloud, key: key.key } : {}
  const log = useInfiniteQuery({ ...peopleQuery(of), enabled, refetchOnMount: 'always' })
  const { data, error, hasNextPage, isFetching, isFetchingNextPage, isFetchNextPageError, fetchNextPage, refetch } = log
  const people = useMemo(() => data?.pages.flatMap(({ events }) => events) ?? [], [data])
  const readSince = data && !hasNextPage ? Number.NEGATIVE_INFINITY : (people.at(-1)?.at ?? Number.POSITIVE_INFINITY)
  const further = hasNextPage && readSince >= since
  const automatic =
    further &&
    Number.isFinite(since) &&
    !isFetching &&
    !isFetchNextPageError &&
    (data?.pages.length ?? 0) < AUTOMATIC_PAGES
  useEffect(() => {
    if (automatic) void fetchNextPage()
  })
  if (!enabled) return undefined
  return {
    people,
    pending: log.isPending,
    refreshing: isFetching,
    error: data === undefined ? (error ?? undefined) : undefined,
    moreError: isFetchNextPageError ? error : undefined,
    loadingMore: isFetchingNextPage,
    refresh: () => void refetch(),
    loadMore: further ? () => void fetchNextPage() : undefined,
    readSince,
  }
}

/** Tells whether an event is by the gateway's own credential; of those whose name nothing tells, all are taken for it. */
export function useIsOwn(): (event: ActivityEvent) => boolean {
  const enabled = useSignsIn()
  const connections = useConnections()
  const names = useQueries({
    queries: connections.map(({ id }) => ({ ...queries.caller(id), retry: false, enabled })),
    combine: (results) => results.map(({ data }) => data ?? undefined),
  })
  return useMemo(() => {
    const own = new Map(connections.map(({ id, apiKey }, index) => [id, { apiKey, name: names[index] }]))
    return ({ cloud, actor, actorName }) => {
      const { apiKey, name } = (cloud !== undefined && own.get(cloud)) || {}
      if (apiKey !== undefined) return actor === apiKey
      return name === undefined || name === (actorName ?? actor)
    }
  }, [connections, names])
}
