import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { type ActivityEvent, activityOf } from '../../../clouds/audit-activity.ts'
import { creationQuery } from '../../../clouds/gateway/audit-calls.ts'
import type { CloudId, KeyAddress } from '../../../clouds/model.ts'
import { withPeople } from '../../../clouds/people-activity.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { loggedCalls, onLoggedCall } from '../../../clouds/request-log.ts'
import { useConnections } from '../../use-keys.ts'
import { type CloudLogs, useCloudLogs } from './use-cloud-logs.ts'
import { useIsOwn, usePeopleLog } from './use-people-log.ts'

/** The clouds' logs and the console's own as one. */
export interface Activity extends Omit<CloudLogs, 'read' | 'readSince'> {
  /** The latest first. */
  readonly events: readonly ActivityEvent[]
  /** Connected clouds that keep no audit log, or none that the console can read. */
  readonly without: readonly CloudId[]
  /** Whether people sign in here, and events have who it was. */
  readonly hasPeople: boolean
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

/** Calls both; undefined where neither is there. */
const both = (first: (() => void) | undefined, second: (() => void) | undefined) =>
  first || second
    ? () => {
        first?.()
        second?.()
      }
    : undefined

/**
 * What happened, to all keys or to one, by the clouds' audit logs and the console's own, which are read by pages.
 * @param since start of the time of interest, to which the logs are read; infinite for none
 */
export function useActivity(key?: KeyAddress, since = Number.NEGATIVE_INFINITY): Activity {
  const connections = useConnections()
  const logs = useCloudLogs(key, since)
  const log = usePeopleLog(key, since)
  const isOwn = useIsOwn()
  const refresh = () => {
    logs.refresh()
    log?.refresh()
  }
  useRefreshAfterChanges(refresh)
  const people = log?.people
  const { read, readSince } = logs
  const activity = useMemo(() => activityOf(read), [read])
  // Among the events of one key, that of its creation does not name it.
  const created = key && activity.find(({ deed, at }) => deed === 'create' && !Number.isNaN(at))
  const { data: creation } = useQuery({
    ...creationQuery(created),
    enabled: people !== undefined && created !== undefined,
  })
  const events = useMemo(
    () =>
      people === undefined ? activity : withPeople(activity, [...people, ...(creation ?? [])], { isOwn, readSince }),
    [activity, readSince, people, creation, isOwn],
  )
  return {
    events,
    unreadable: logs.unreadable,
    pending: logs.pending || log?.pending === true,
    refreshing: logs.refreshing || log?.refreshing === true,
    unread: log?.error ? [...logs.unread, { of: 'this console', error: log.error }] : logs.unread,
    moreError: logs.moreError ?? log?.moreError,
    loadingMore: logs.loadingMore || log?.loadingMore === true,
    refresh,
    loadMore: both(logs.loadMore, log?.loadMore),
    completeSince: Math.max(logs.completeSince, log?.readSince ?? Number.NEGATIVE_INFINITY),
    without: connections
      .map(({ id }) => id)
      .filter((id) => (key === undefined || key.cloud === id) && cloudOf(id).audit === undefined),
    hasPeople: log !== undefined,
  }
}
