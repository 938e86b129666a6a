/** Thalassa's audit log, read into the neutral model. */

import * as z from 'zod/mini'
import { parseTime } from '../../lib/dates.ts'
import { defined } from '../../lib/defined.ts'
import { List, readItems } from '../answer.ts'
import type { AuditEvent, AuditPage, AuditQuery } from '../cloud.ts'
import { type Call, send } from '../http.ts'
import { transport } from './connection.ts'
import { AuditEntry, Memberships, AuditPage as WirePage } from './wire.ts'

const PAGE_SIZE = 100

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined

/** Outcome: a word in KMS entries, an HTTP status in generic ones. */
function outcomeOf(context: Readonly<Record<string, unknown>>): boolean | undefined {
  if (context.outcome === 'success') return true
  if (context.outcome === 'failure') return false
  const status = Number(context.status ?? Number.NaN)
  return Number.isFinite(status) ? status < 400 : undefined
}

/** Caller's name: users have a name or an address, service accounts a name; no member is guaranteed. */
function nameOf(entry: AuditEntry): string | undefined {
  const { name, email } = entry.user ?? entry.serviceAccount ?? {}
  return textOf(name) ?? textOf(email)
}

function readEntry(entry: AuditEntry): AuditEvent {
  const context = entry.context ?? {}
  const status = Number(context.status ?? Number.NaN)
  const keyVersion = Number(context.keyVersion ?? Number.NaN)
  const facts = Object.entries(context).flatMap(([name, value]): [string, string][] => {
    const text = textOf(value)
    return text === undefined ? [] : [[name, text]]
  })
  return defined<AuditEvent>({
    id: entry.eventID ?? `${entry.createdAt} ${entry.action} ${entry.resourceIdentity ?? ''}`,
    cloud: 'thalassa',
    at: parseTime(entry.createdAt) ?? Number.NaN,
    action: entry.action,
    facts,
    actor: entry.userIdentity ?? entry.serviceAccountIdentity,
    actorName: nameOf(entry),
    key: entry.resourceIdentity,
    keyName: textOf(context.keySlug),
    location: textOf(context.region),
    keyVersion: Number.isInteger(keyVersion) ? keyVersion : undefined,
    path: textOf(context.path),
    status: Number.isInteger(status) ? status : undefined,
    succeeded: outcomeOf(context),
  })
}

const PageAnswer = z.extend(WirePage, { items: z.optional(List) })
const entryReader = { schema: AuditEntry, id: 'eventID', name: 'action', read: readEntry }

/** Entries of keys; the log has no time filter. */
export async function audit(query: AuditQuery, signal?: AbortSignal): Promise<AuditPage> {
  const search = new URLSearchParams({ page: String(query.page), limit: String(PAGE_SIZE), resourceType: 'kms_key' })
  if (query.key !== undefined) search.set('resourceIdentity', query.key)
  if (query.actions !== undefined) search.set('action', query.actions.join(','))
  const call: Call = { method: 'GET', path: `/v1/audit?${search}`, project: query.project }
  const answer = await send(transport, call, PageAnswer, signal)
  return { events: readItems(answer.items, entryReader), page: answer.page, pages: answer.totalPages }
}

/** User of the gateway's credential. */
export async function caller(signal?: AbortSignal): Promise<string | undefined> {
  const path = '/v1/me/organisation-memberships'
  const [membership] = (await send(transport, { method: 'GET', path }, Memberships, signal)) ?? []
  return membership?.user?.name ?? membership?.user?.email
}
