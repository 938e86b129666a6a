/** Exoscale's event log, read into the neutral model. */

import { currentTime } from '../../lib/current-time.ts'
import { DAY, parseTime } from '../../lib/dates.ts'
import { defined } from '../../lib/defined.ts'
import { List, type Listed, readItems } from '../answer.ts'
import type { AuditEvent, AuditPage, AuditQuery } from '../cloud.ts'
import { type Call, send } from '../http.ts'
import { transportOf } from './connection.ts'
import { scheduledMessages } from './endpoints.ts'
import { defaultZone } from './rules.ts'
import { Event } from './wire-organisation.ts'

/**
 * The log is not paged and may be long, so each page reads its own span of time, further
 * back than the one before. Days before now.
 */
const reach = [7, 30, 90]

/** Displayed parameters of a call; all others may be payload. */
const parameters = [
  'name',
  'usage',
  'multi-zone',
  'rotation-period',
  'delay-days',
  'zone',
  'key-spec',
  'bytes-count',
  'source.key',
  'destination.key',
  'role-id',
  'editable',
]

/** Member of a body, nested or under its dotted path. */
function parameterOf(body: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(body, name)) return body[name]
  const [outer = '', inner] = name.split('.')
  const nested = inner === undefined ? undefined : body[outer]
  return typeof nested === 'object' && nested !== null ? new Map(Object.entries(nested)).get(inner ?? '') : undefined
}

const textOf = (value: unknown): string | undefined =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined

const isAbout = /\/(kms-key|api-key|iam-role|iam-organization-policy)\b/
const isKnown = /kms-key|api-key|iam-|^(encrypt|decrypt|re-encrypt|generate-data-key)$/

/** Filter, because the organisation's log contains events of all services. */
const concernsKeys = ({ handler = '', uri = '' }: Event) => isKnown.test(handler) || isAbout.test(uri)

function keyOf({ handler = '', uri = '', 'path-params': path }: Event): string | undefined {
  const inPath = /\/kms-key\/([^/?]+)/.exec(uri)?.[1]
  if (inPath !== undefined) return inPath
  return uri === '' && handler.endsWith('kms-key') ? textOf(path?.id) : undefined
}

function factsOf(event: Event): [string, string][] {
  const body = event['body-params'] ?? {}
  const facts: [string, unknown][] = [
    ...parameters.map((name): [string, unknown] => [name, parameterOf(body, name)]),
    ['message', event.message],
    ['status', event.status],
    ['role', event['iam-role']?.name ?? event['iam-role']?.id],
    ['source-ip', event['source-ip']],
    ['uri', event.uri],
    ['elapsed-ms', event['elapsed-ms']],
  ]
  return facts.flatMap(([name, value]): [string, string][] => {
    const text = textOf(value)
    return text === undefined ? [] : [[name, text]]
  })
}

function readEvent(event: Event): AuditEvent {
  const { handler = '', message, status, zone, timestamp = '' } = event
  const { 'iam-api-key': apiKey, 'iam-user': user } = event
  const actor = apiKey?.key ?? user?.email ?? user?.id
  const key = keyOf(event)
  const scheduled = actor === undefined && message !== undefined && Object.hasOwn(scheduledMessages, message)
  return defined<AuditEvent>({
    id: event['request-id'] ?? [timestamp, handler, key].filter(Boolean).join(' '),
    cloud: 'exoscale',
    request: event['request-id'],
    at: parseTime(timestamp) ?? Number.NaN,
    action: scheduled ? message : handler,
    facts: factsOf(event),
    actor,
    actorName: apiKey?.name,
    key,
    keyName: handler === 'create-kms-key' ? textOf(event['body-params']?.name) : undefined,
    location: zone,
    status,
    succeeded: status === undefined ? undefined : status < 400,
  })
}

const eventReader = { schema: Event, id: 'request-id', name: 'handler', read: (event: Event) => event }

const timeForOrder = (at: number) => (Number.isNaN(at) ? 0 : at)

/** Events about keys and access management, or about one key; newest first. */
export function readEvents(events: readonly unknown[] | null, key?: string): Listed<AuditEvent> {
  const { items, unreadable } = readItems(events, eventReader)
  const read = items.filter(concernsKeys).map(readEvent)
  return {
    items: read
      .filter((event) => key === undefined || event.key === key)
      .sort((a, b) => timeForOrder(b.at) - timeForOrder(a.at)),
    // Which key it was about may be what can't be read.
    unreadable: key === undefined ? unreadable.filter(({ name = '' }) => name === '' || isKnown.test(name)) : [],
  }
}

const midnight = (now: number, daysAgo: number) => Math.floor(now / DAY) * DAY - daysAgo * DAY
const startOf = (page: number, now: number) => midnight(now, reach[page - 1] ?? 0)

/** Span between two midnights, so that pages read at different times meet; the first has no end. `now` in milliseconds. */
export function spanOf(page: number, now: number): URLSearchParams {
  const to = page === 1 ? now + DAY : startOf(page - 1, now)
  return new URLSearchParams({
    from: new Date(startOf(page, now)).toISOString(),
    to: new Date(to).toISOString(),
  })
}

/** Any zone answers for the whole organisation. */
export async function audit({ page, key }: AuditQuery, signal?: AbortSignal): Promise<AuditPage> {
  const now = currentTime()
  const call: Call = { method: 'GET', path: `/v2/event?${spanOf(page, now)}` }
  const answer = await send(transportOf(defaultZone), call, List, signal)
  return { events: readEvents(answer, key), page, pages: reach.length, from: startOf(page, now) }
}
