/** The clouds' audit events and this visit's requests as one list. */

import {
  activityLabels,
  activityOfAction,
  activityOfCall,
  auditFactLabel,
  isReadActivity,
} from '../../../clouds/activity-vocabulary.ts'
import type { AuditEvent } from '../../../clouds/cloud.ts'
import type { ActivityKind } from '../../../clouds/endpoint.ts'
import type { CloudId, Instant } from '../../../clouds/model.ts'
import type { LoggedCall } from '../../../clouds/request-log.ts'
import { formatNumber } from '../../../lib/numbers.ts'

export type Source = 'audit' | 'visit'
export type Result = 'ok' | 'failed' | 'unknown'

export interface ActivityEvent {
  readonly id: string
  readonly source: Source
  readonly cloud: CloudId
  readonly location?: string
  /** NaN where the log's time can't be read. */
  readonly at: Instant
  readonly deed?: ActivityKind
  /** What was done, for people. */
  readonly action: string
  /** The cloud's own word for it. */
  readonly rawAction: string
  /** An id, or a slug where a path has one. */
  readonly key?: string
  readonly keyVersion?: number
  readonly actor?: string
  readonly actorName?: string
  readonly result: Result
  /** HTTP status, where known. */
  readonly status?: number
  /** Only looked at something, and so is of interest mostly when it failed. */
  readonly readOnly: boolean
  readonly details: readonly (readonly [string, string])[]
}

export const THIS_CONSOLE = 'This console'

/** `POST …/encrypt`: enough to know the request by; the whole path is among the facts. */
export const shortCall = (method: string, path: string): string => `${method} …/${path.split('/').at(-1) ?? ''}`

function ofAudit(event: AuditEvent): ActivityEvent {
  const told = event.path === undefined ? {} : activityOfCall(event.cloud, event.action, event.path)
  const deed = activityOfAction(event.cloud, event.action) ?? told.activity
  const { actor, actorName, status, succeeded, path, keyVersion } = event
  const key = event.key ?? told.key
  const location = event.location ?? told.location
  return {
    id: `audit ${event.cloud} ${event.id}`,
    source: 'audit',
    cloud: event.cloud,
    at: event.at,
    action: deed === undefined ? 'Other' : activityLabels[deed],
    rawAction:
      path === undefined || activityOfAction(event.cloud, event.action) ? event.action : shortCall(event.action, path),
    result: succeeded === undefined ? 'unknown' : succeeded ? 'ok' : 'failed',
    readOnly: event.action === 'GET' || (deed !== undefined && isReadActivity(deed)),
    details: [
      ...event.facts.map(([name, value]) => [auditFactLabel(event.cloud, name), value] as const),
      ...(actor === undefined ? [] : [['Actor’s id', actor] as const]),
      ['Event', event.id],
    ],
    ...(deed === undefined ? {} : { deed }),
    ...(location === undefined ? {} : { location }),
    ...(key === undefined ? {} : { key }),
    ...(keyVersion === undefined ? {} : { keyVersion }),
    ...(actor === undefined ? {} : { actor }),
    ...(actorName === undefined ? {} : { actorName }),
    ...(status === undefined ? {} : { status }),
  }
}

const milliseconds = (duration: number) => (duration < 1 ? '< 1 ms' : `${formatNumber(Math.round(duration))} ms`)

function ofVisit(call: LoggedCall): ActivityEvent {
  const { cloud, method, path, status, requestId } = call
  const { activity: deed, key, location = call.location } = activityOfCall(cloud, method, path)
  return {
    id: `visit ${call.id}`,
    source: 'visit',
    cloud,
    at: call.at,
    action: deed === undefined ? 'Other' : activityLabels[deed],
    rawAction: shortCall(method, path),
    actor: THIS_CONSOLE,
    result: status !== undefined && status < 400 ? 'ok' : 'failed',
    readOnly: method === 'GET',
    details: [
      ['Request', `${method} ${path}`],
      ['Status', status === undefined ? 'No answer' : String(status)],
      ['Took', milliseconds(call.duration)],
      ...(requestId === undefined ? [] : [['Request id', requestId] as const]),
    ],
    ...(deed === undefined ? {} : { deed }),
    ...(location === undefined ? {} : { location }),
    ...(key === undefined ? {} : { key }),
    ...(status === undefined ? {} : { status }),
  }
}

const timeOf = ({ at }: ActivityEvent) => (Number.isNaN(at) ? 0 : at)

/**
 * Both lists as one, the latest first. An event that stands on two pages, because newer ones pushed it on meanwhile, is
 * taken once. `calls` come oldest first, `events` latest first.
 */
export function mergeActivity(events: readonly AuditEvent[], calls: readonly LoggedCall[]): ActivityEvent[] {
  const all = [...calls.toReversed().map(ofVisit), ...events.map(ofAudit)]
  const once = new Map(all.map((event) => [event.id, event]))
  return [...once.values()].sort((a, b) => timeOf(b) - timeOf(a))
}
