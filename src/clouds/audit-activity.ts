/** The clouds' audit logs as one list of operations. */
import { defined } from '../lib/defined.ts'
import {
  activityLabels,
  activityOfAction,
  activityOfCall,
  auditFactLabel,
  isAutomatic,
  isReadActivity,
} from './activity-vocabulary.ts'
import type { AuditEvent } from './cloud.ts'
import type { ActivityKind } from './endpoint.ts'
import type { CloudId, Instant } from './model.ts'

export type Result = 'ok' | 'failed' | 'unknown'

export interface ActivityEvent {
  readonly id: string
  /** Absent for what concerns none, such as a sign-in to this console. */
  readonly cloud?: CloudId
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
  readonly keyName?: string
  readonly keyVersion?: number
  readonly actor?: string
  readonly actorName?: string
  /** Subject and name of the person who did it through this console; absent where its own log does not tell. */
  readonly person?: string
  readonly personName?: string
  /** Only the console's own log has it. */
  readonly consoleOnly?: true
  /** The gateway refused it, so that it reached no cloud. */
  readonly refused?: true
  /** Identifier of the request at the cloud, where its log has it. */
  readonly request?: string
  readonly result: Result
  /** HTTP status, where known. */
  readonly status?: number
  /** Only looked at something, and so is of interest mostly when it failed. */
  readonly readOnly: boolean
  /** Name and value of further facts, as the log has them. */
  readonly details: readonly (readonly [string, string])[]
}

/** Actor of what a provider does without a caller. */
export const SYSTEM = 'System'

/** Time between two records of one call, in milliseconds at most. */
export const SAME_CALL = 5_000

/** `POST …/encrypt`, `DELETE …/keys/…`: enough to know the request by; the whole path is among the facts. */
function shortCall(method: string, path: string, key: string | undefined): string {
  const [before, last = ''] = path.split('/').slice(-2)
  return last === key ? `${method} …/${before}/…` : `${method} …/${last}`
}

function readEvent(event: AuditEvent): ActivityEvent {
  const { cloud, action, path, actor, succeeded, request } = event
  const told = path === undefined ? {} : activityOfCall(cloud, action, path)
  const named = activityOfAction(cloud, action)
  const deed = named ?? told.activity
  const automatic = deed !== undefined && isAutomatic(deed)
  return defined<ActivityEvent>({
    id: `${cloud} ${event.id}`,
    cloud,
    at: event.at,
    action: deed === undefined ? 'Other' : activityLabels[deed],
    rawAction: path === undefined || named ? action : shortCall(action, path, told.key),
    result: succeeded === undefined ? 'unknown' : succeeded ? 'ok' : 'failed',
    readOnly: action === 'GET' || (deed !== undefined && isReadActivity(deed)),
    details: [
      ...event.facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => [auditFactLabel(cloud, name), value] as const),
      ...(actor === undefined ? [] : [['Actor id', actor] as const]),
      ['Event id', event.id],
    ],
    deed,
    location: event.location ?? told.location,
    key: event.key ?? told.key,
    keyName: event.keyName,
    keyVersion: event.keyVersion,
    actor: automatic ? SYSTEM : actor,
    actorName: automatic ? SYSTEM : event.actorName,
    status: event.status,
    request,
  })
}

/** Whether the entry is the record of an HTTP call, beside which the cloud may keep one of the operation. */
const isHttpRecord = ({ cloud, action, path }: AuditEvent) =>
  path !== undefined && activityOfAction(cloud, action) === undefined

/** An operation with the facts of its HTTP call that it does not have itself. */
function withHttpRecord(operation: ActivityEvent, http: ActivityEvent): ActivityEvent {
  const known = new Set(operation.details.map(([name, value]) => `${name} ${value}`))
  const further = http.details
    .map(([name, value]) => [name === 'Event id' ? 'HTTP event id' : name, value] as const)
    .filter(([name, value]) => !known.has(`${name} ${value}`))
  return defined<ActivityEvent>({
    ...operation,
    result: operation.result === 'unknown' ? http.result : operation.result,
    status: operation.status ?? http.status,
    details: [...operation.details, ...further],
  })
}

/** Same operation, key and caller. */
const traits = ({ cloud, deed, key, actor }: ActivityEvent) => JSON.stringify([cloud, deed, key, actor])

export const agree = (a: Result, b: Result) => a === b || a === 'unknown' || b === 'unknown'

const timeOf = ({ at }: ActivityEvent) => (Number.isNaN(at) ? 0 : at)

export const latestFirst = (a: ActivityEvent, b: ActivityEvent): number => timeOf(b) - timeOf(a)

/**
 * Operations of the logs, the latest first. An entry that stands on two pages, because newer ones pushed it on meanwhile, is
 * taken once; the record of an HTTP call becomes a part of the operation that it called.
 */
export function activityOf(entries: readonly AuditEvent[]): ActivityEvent[] {
  const operations: ActivityEvent[] = []
  const records: ActivityEvent[] = []
  for (const entry of new Map(entries.map((one) => [`${one.cloud} ${one.id}`, one])).values())
    (isHttpRecord(entry) ? records : operations).push(readEvent(entry))
  operations.sort(latestFirst)
  const ids = new Map(
    operations.flatMap(({ cloud, location, key, keyName }) =>
      key === undefined || keyName === undefined ? [] : [[`${cloud} ${location} ${keyName}`, key] as const],
    ),
  )
  const open = Map.groupBy(records, (record) => {
    const id = ids.get(`${record.cloud} ${record.location} ${record.key}`)
    return traits(id === undefined ? record : { ...record, key: id })
  })
  for (const group of open.values()) group.sort(latestFirst)
  const merged = operations.map((operation) => {
    const group = open.get(traits(operation)) ?? []
    const place = group.findIndex(
      ({ at, result }) => Math.abs(at - operation.at) <= SAME_CALL && agree(result, operation.result),
    )
    const [http] = place === -1 ? [] : group.splice(place, 1)
    return http ? withHttpRecord(operation, http) : operation
  })
  return [...merged, ...[...open.values()].flat()].sort(latestFirst)
}
