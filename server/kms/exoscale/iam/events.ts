/** Event log of the organisation: caller, operation, time and outcome of each change or use. Contains no payload. */
import { randomUUID } from 'node:crypto'
import {
  type EndpointId,
  type ExoscaleEndpoint,
  endpoints,
  type ScheduledMessage,
  scheduledMessages,
} from '../../../../src/clouds/exoscale/endpoints.ts'
import { canonicalId, canonicalText } from '../../../../src/clouds/exoscale/evaluation/facts.ts'
import type { ZoneName } from '../../../../src/clouds/exoscale/rules.ts'
import type { Event } from '../../../../src/clouds/exoscale/wire-organisation.ts'
import type { AuditRow } from '../../engine/audit.ts'
import type { StoredKey } from '../../engine/store.ts'
import { isDate, isObject, readTime } from '../../field-rules.ts'
import type { ProviderServices } from '../../provider.ts'
import { decoded } from '../../routes.ts'
import { CLOUD, timestamp } from '../keys.ts'
import { type Answer, answer, Problem } from '../problems.ts'
import { readQuery } from '../signature.ts'
import type { Content } from '../validation.ts'
import type { ApiKey } from './api-keys.ts'
import type { IamOperation } from './operations.ts'
import type { Role } from './roles.ts'

export const ORGANISATION = 'organisation'
const DAY = 86_400_000
/** Limit of free text from callers, in characters. */
const MAX_TEXT = 255
/** Limit of an answer, which is not paged: the newest events. */
const MAX_EVENTS = 10_000

/** Facts of an answered call. */
export interface AuditedCall {
  readonly operation: EndpointId
  readonly method: string
  readonly zone: ZoneName
  /** Path parameter, percent-encoded; empty for none. */
  readonly id: string
  readonly path: string
  readonly content: Content
  readonly caller: ApiKey
  readonly role: Role | undefined
  /** IP address. */
  readonly client: string
  /** Milliseconds. */
  readonly elapsed: number
}

/** Cuts at whole characters: a lone surrogate has no UTF-8 form. */
function cut(text: string): string {
  if (text.length <= MAX_TEXT) return text.toWellFormed()
  const characters = Array.from(text.slice(0, 2 * MAX_TEXT)).slice(0, MAX_TEXT)
  return characters.join('').toWellFormed()
}

function memberAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value
  return isObject(value) && Object.hasOwn(value, name) ? memberAt(value[name], rest) : undefined
}

function bodyParameters({
  operation,
  content: { bytes, members },
}: AuditedCall): Readonly<Record<string, unknown>> | undefined {
  const { logged: names }: ExoscaleEndpoint = endpoints[operation]
  if (!names || bytes.length === 0) return undefined
  if (members instanceof Problem) return {}
  const found = names.flatMap((name) => {
    const path = name.split('.')
    const value = memberAt(members, path)
    if (typeof value === 'string') return [[name, cut(canonicalText(path.at(-1) ?? '', value))]]
    return typeof value === 'number' || typeof value === 'boolean' ? [[name, value]] : []
  })
  return Object.fromEntries(found)
}

/** Reason of a failure, without content of the request. */
function outcome({ status, body }: Answer): string {
  if (status < 400) return 'success'
  if ('title' in body) return String(body.title)
  return 'message' in body ? String(body.message) : 'failure'
}

interface Line {
  readonly now: number
  readonly entry: Event
  readonly action: string
  readonly resource?: string
  readonly apiKey?: string
  readonly status: number
}

const rowOf = ({ now, entry, action, resource = '', apiKey = '', status }: Line): AuditRow => ({
  cloud: CLOUD,
  organisation: ORGANISATION,
  createdAt: now,
  action,
  resourceType: action.includes('iam') || action.includes('api-key') ? 'iam' : 'kms-key',
  resource,
  user: '',
  serviceAccount: apiKey,
  status,
  searchText: [action, resource, apiKey].join(' '),
  entry,
})

/** Event of one call; none for reads, so that reading the log does not extend it. */
export function eventOf(call: AuditedCall, reply: Answer, now: number): AuditRow | undefined {
  if (call.method === 'GET') return undefined
  const { operation, zone, id, path, caller, role, client, elapsed } = call
  const resource = cut(canonicalId(decoded(id)))
  const parameters = bodyParameters(call)
  const entry: Event = {
    timestamp: timestamp(now),
    handler: operation,
    message: outcome(reply),
    status: reply.status,
    'source-ip': client,
    zone,
    uri: cut(path),
    'request-id': randomUUID(),
    'elapsed-ms': elapsed,
    'iam-api-key': { key: caller.key, name: caller.name, 'role-id': caller.roleId },
    ...(role ? { 'iam-role': { id: role.id, name: role.name } } : {}),
    ...(resource === '' ? {} : { 'path-params': { id: resource } }),
    ...(parameters ? { 'body-params': parameters } : {}),
  }
  return rowOf({ now, entry, action: operation, resource, apiKey: caller.key, status: reply.status })
}

/** Entry for a scheduled job. */
export function scheduledRow(message: ScheduledMessage, key: StoredKey, now: number): AuditRow {
  const handler = scheduledMessages[message]
  const entry: Event = {
    timestamp: timestamp(now),
    handler,
    message,
    status: 200,
    zone: key.location,
    'request-id': randomUUID(),
    'path-params': { id: key.id },
  }
  return rowOf({ now, entry, action: handler, resource: key.id, status: 0 })
}

function timeIn(query: string, name: 'from' | 'to'): { time: number; isDate: boolean } | undefined {
  const given = readQuery(query).get(name)?.[0]
  if (given === undefined || given === '') return undefined
  const time = readTime(given)
  if (time !== undefined) return { time, isDate: isDate(given) }
  const detail = 'must be a date or a date and time'
  throw new Problem('bad-request', `${name} ${detail}`, [{ at: [name], detail }])
}

/**
 * Reads the log, newest first, by default of the last 24 hours. `from` and `to` are inclusive;
 * a date for `to` includes the whole day.
 */
export const listEvents =
  ({ audit, clock }: Pick<ProviderServices, 'audit' | 'clock'>): IamOperation =>
  async ({ query }) => {
    const last = timeIn(query, 'to')
    const to = last ? last.time + (last.isDate ? DAY : 1) : clock.now() + 1
    const from = timeIn(query, 'from')?.time ?? to - DAY
    const { rows } = await audit.audit({
      cloud: CLOUD,
      organisation: ORGANISATION,
      from,
      to,
      offset: 0,
      limit: MAX_EVENTS,
    })
    return answer(rows.map(({ entry }) => entry))
  }
