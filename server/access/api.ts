/** The gateway's own API for people: the audit log, and approvals. */
import * as z from 'zod'
import { type ApprovalPage, approvalStates } from '../../src/clouds/gateway/approvals.ts'
import type { AuditPage } from '../../src/clouds/gateway/audit.ts'
import { ProblemError } from '../gateway/problem.ts'
import type { ProviderCall } from '../gateway/provider-call.ts'
import { type HttpAnswer, type HttpRequest, jsonAnswer, queryOf } from '../http/exchange.ts'
import type { AuditLog } from '../records/audit-log.ts'
import type { Approvals } from './approvals.ts'
import type { Actor } from './events.ts'

interface ApiOptions {
  readonly auditLog: AuditLog
  readonly approvals: Approvals
  /** @throws ProblemError for a call that the console never makes, or the person may not */
  readonly plan: (asked: AskedCall, actor: Actor) => Promise<ProviderCall>
}

/** Answer to a path below `/api/`; undefined for one that is no part of it. */
export type ApiAnswer = (request: HttpRequest, path: string, actor: Actor) => Promise<HttpAnswer> | undefined

/** Bytes of a body. */
const LONGEST_BODY = 65_536
/** Events of a page. */
const MOST_EVENTS = 500
const PAGE = 100

const ReasonText = z
  .string()
  .trim()
  .min(3, 'say why, in 3 to 1000 characters')
  .max(1000, 'say why, in 3 to 1000 characters')

const AskedCall = z.strictObject({
  provider: z.string(),
  method: z.string(),
  /** After `/api/PROVIDER`. */
  path: z.string().startsWith('/').max(2000),
  project: z.string().optional(),
  body: z.record(z.string(), z.unknown()).optional(),
  reason: ReasonText,
})
export type AskedCall = z.output<typeof AskedCall>

const Decided = z.strictObject({
  decision: z.enum(['approve', 'decline', 'withdraw']),
  note: z.string().trim().max(1000).optional(),
})

const place = z.coerce.number().int().min(1)
const time = z.coerce.number().int().min(0)

const AuditQuery = z.strictObject({
  subject: z.string().optional(),
  provider: z.string().optional(),
  key: z.string().optional(),
  upstreamRequest: z.string().optional(),
  before: place.optional(),
  from: time.optional(),
  to: time.optional(),
  limit: place.max(MOST_EVENTS).default(PAGE),
})

const openStates = ['waiting', 'approved', 'running'] as const
const ApprovalQuery = z.strictObject({ state: z.enum(['open', 'all']).default('all') })

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const found = schema.safeParse(value)
  if (found.success) return found.data
  const detail = found.error.issues.map(({ path, message }) => `${path.join('.') || 'The body'}: ${message}`).join('; ')
  throw new ProblemError({ slug: 'invalid-request', detail: `${detail}.` })
}

async function bodyOf<Schema extends z.ZodType>(request: HttpRequest, schema: Schema): Promise<z.output<Schema>> {
  const bytes = await request.body(LONGEST_BODY)
  if (!bytes)
    throw new ProblemError({ slug: 'body-too-large', detail: `A body here may hold at most ${LONGEST_BODY} bytes.` })
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new ProblemError({ slug: 'body-not-json', detail: 'A request’s body must be JSON.' })
  }
  return checked(schema, value)
}

const queryIn = (request: HttpRequest) => Object.fromEntries(new URLSearchParams(queryOf(request.target)))

export function openApi({ auditLog, approvals, plan }: ApiOptions): ApiAnswer {
  async function readAudit(request: HttpRequest): Promise<HttpAnswer> {
    const { limit, ...filter } = checked(AuditQuery, queryIn(request))
    const events = await auditLog.read(filter, limit)
    const last = events.at(-1)
    const next = last !== undefined && last.seq > 1 && events.length === limit ? { next: last.seq } : {}
    return jsonAnswer({ events: [...events], ...next } satisfies AuditPage)
  }

  async function readApprovals(request: HttpRequest): Promise<HttpAnswer> {
    const { state } = checked(ApprovalQuery, queryIn(request))
    const found = await approvals.list(state === 'open' ? openStates : approvalStates)
    return jsonAnswer({ approvals: [...found] } satisfies ApprovalPage)
  }

  async function ask(request: HttpRequest, actor: Actor): Promise<HttpAnswer> {
    const asked = await bodyOf(request, AskedCall)
    return jsonAnswer(await approvals.ask(await plan(asked, actor), actor, asked.reason), 201)
  }

  async function decide(request: HttpRequest, id: string, actor: Actor): Promise<HttpAnswer> {
    const { decision, note } = await bodyOf(request, Decided)
    return jsonAnswer(await approvals.decide(id, decision, actor, note))
  }

  const notAllowed = (allow: string) =>
    new ProblemError({ slug: 'method-not-allowed', detail: `Only ${allow} is known here.`, headers: { allow } })

  async function answer(request: HttpRequest, path: string, actor: Actor): Promise<HttpAnswer> {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (path === '/api/audit') {
      if (isRead) return readAudit(request)
      throw notAllowed('GET')
    }
    const id = path.slice('/api/approvals/'.length)
    if (isRead) return id === '' ? readApprovals(request) : jsonAnswer(await approvals.find(id))
    if (request.method !== 'POST') throw notAllowed('GET, POST')
    return id === '' ? ask(request, actor) : decide(request, id, actor)
  }

  return (request, path, actor) =>
    /^\/api\/(audit|approvals(\/[\w-]{1,64})?)$/.test(path) ? answer(request, path, actor) : undefined
}
