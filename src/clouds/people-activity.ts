/** The clouds' records joined with the console's own log, which has who acted with the gateway's credentials. */
import { defined } from '../lib/defined.ts'
import { activityLabels, isActivityKind } from './activity-vocabulary.ts'
import { type ActivityEvent, agree, latestFirst, type Result, SAME_CALL } from './audit-activity.ts'
import type { AuditEvent } from './gateway/audit.ts'
import type { CloudId, Instant } from './model.ts'
import { isCloudId } from './registry.ts'

/** Labels of what happens at the console alone, by the operation in its log. */
export const consoleLabels: Readonly<Record<string, string>> = {
  'sign-in': 'Sign in',
  'sign-out': 'Sign out',
  ask: 'Ask for approval',
  approve: 'Approve',
  decline: 'Decline',
  withdraw: 'Withdraw request',
}

export interface Logs {
  /** Whether an event is by the credential that the gateway itself uses. */
  readonly isOwn: (event: ActivityEvent) => boolean
  /** From when on a cloud's log is read: negative infinity where all of it is, or where none can be read. */
  readonly readSince: (cloud: CloudId) => Instant
}

const results: Readonly<Record<AuditEvent['outcome'], Result>> = {
  ok: 'ok',
  refused: 'failed',
  failed: 'failed',
  unknown: 'unknown',
}

/** Whether the call may be in the cloud's log: a refusal of the gateway, and what concerns the console alone, is not. */
const mayBeAtCloud = ({ provider, status, outcome }: AuditEvent) =>
  provider !== undefined && (status !== undefined || outcome === 'failed' || outcome === 'unknown')

const cloudOf = ({ provider }: AuditEvent): CloudId | undefined =>
  provider !== undefined && isCloudId(provider) ? provider : undefined

const isSame = (a: unknown, b: unknown) => a === undefined || b === undefined || a === b

/** Whether a cloud's record and the console's are of one call, as far as operation, key, outcome and time tell. */
const isSameCall = (event: ActivityEvent, { key, location, outcome, status, at }: AuditEvent): boolean =>
  Math.abs(event.at - at) <= SAME_CALL &&
  (key === undefined || key === event.key || key === event.keyName) &&
  isSame(location, event.location) &&
  isSame(status, event.status) &&
  agree(event.result, results[outcome])

/** Number of a span of time: records of one call are in the same or in neighbours. */
const spanOf = (at: Instant) => Math.floor(at / SAME_CALL)

/** Name and value of what the console's log adds. */
function factsOf(event: AuditEvent): [string, string][] {
  const { subject, client, provider, reason, approval, request, seq } = event
  const facts: [string, string | undefined][] = [
    ['Person’s id', subject],
    ['Person’s address', client],
    ['Cloud', cloudOf(event) === undefined ? provider : undefined],
    ['Reason', reason],
    ['Approval id', approval],
    ['Gateway request', request],
    ['Console entry', String(seq)],
  ]
  return facts.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))
}

const withPerson = (event: ActivityEvent, by: AuditEvent): ActivityEvent => ({
  ...event,
  person: by.subject,
  personName: by.name,
  details: [...event.details, ...factsOf(by)],
})

/** A row of its own, for what no cloud's record shows. */
function rowOf(event: AuditEvent): ActivityEvent {
  const { seq, at, operation, location, key, outcome, status, subject, name } = event
  const deed = isActivityKind(operation) ? operation : undefined
  return defined<ActivityEvent>({
    id: `console ${seq}`,
    cloud: cloudOf(event),
    location,
    at,
    deed,
    action: deed === undefined ? (consoleLabels[operation] ?? 'Other') : activityLabels[deed],
    rawAction: operation,
    key,
    person: subject,
    personName: name,
    consoleOnly: true,
    refused: outcome === 'refused' && !mayBeAtCloud(event) ? true : undefined,
    result: results[outcome],
    status,
    readOnly: false,
    details: factsOf(event),
  })
}

/**
 * Events of the clouds' logs with the people of the console's log, and rows for what only the latter has; the latest first. Joined
 * by the request's id where the cloud's log has it, else by cloud, operation, key, outcome and time, each record once. What the
 * gateway sent to a cloud gets no row of its own before the cloud's log is read so far.
 */
export function withPeople(
  events: readonly ActivityEvent[],
  people: readonly AuditEvent[],
  { isOwn, readSince }: Logs,
): ActivityEvent[] {
  const open = new Set(people.filter(mayBeAtCloud))
  const byRequest = new Map(
    [...open].flatMap((one) =>
      one.upstreamRequest === undefined ? [] : [[`${one.provider} ${one.upstreamRequest}`, one] as const],
    ),
  )
  const found = new Map<ActivityEvent, AuditEvent>()
  const take = (event: ActivityEvent, by: AuditEvent | undefined) => {
    if (by === undefined) return
    open.delete(by)
    found.set(event, by)
  }
  for (const event of events)
    if (event.request !== undefined) take(event, byRequest.get(`${event.cloud} ${event.request}`))
  const groups = Map.groupBy(open, ({ provider, operation, at }) => `${provider} ${operation} ${spanOf(at)}`)
  for (const event of events) {
    if (found.has(event) || !isOwn(event)) continue
    const span = spanOf(event.at)
    const near = [span + 1, span, span - 1].flatMap((one) => groups.get(`${event.cloud} ${event.deed} ${one}`) ?? [])
    take(
      event,
      near.find((one) => open.has(one) && isSameCall(event, one)),
    )
  }
  const isShown = (one: AuditEvent) => {
    if (!mayBeAtCloud(one)) return true
    const cloud = cloudOf(one)
    return open.has(one) && (cloud === undefined || one.at - SAME_CALL > readSince(cloud))
  }
  return [
    ...events.map((event) => {
      const by = found.get(event)
      return by === undefined ? event : withPerson(event, by)
    }),
    ...people.filter(isShown).map(rowOf),
  ].sort(latestFirst)
}
