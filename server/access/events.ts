/** Events of the audit log, from calls and from people who sign in. */
import type { AuditEvent } from '../../src/clouds/gateway/audit.ts'
import { ProblemError } from '../gateway/problem.ts'
import type { ProviderCall } from '../gateway/provider-call.ts'
import type { HttpAnswer } from '../http/exchange.ts'
import type { NewEvent } from '../records/audit-log.ts'
import type { Person } from '../sign-in/person.ts'

/** Somebody who makes a request. */
export interface Actor {
  readonly person: Person
  /** IP address. */
  readonly client: string | undefined
  /** Identifier of the request at the gateway. */
  readonly request: string
}

export type Outcome = Pick<AuditEvent, 'outcome' | 'status' | 'upstreamRequest'>

type Details = Partial<Omit<NewEvent, 'at' | 'subject' | 'name' | 'by' | 'client' | 'request' | 'operation'>>

export const eventOf = (
  { person, client, request }: Actor,
  at: number,
  operation: string,
  details: Details = {},
): NewEvent => ({
  at,
  subject: person.subject,
  name: person.name,
  by: person.by,
  client,
  operation,
  outcome: 'ok',
  ...details,
  request,
})

export const factsOf = ({ connection, location, project, key }: ProviderCall): Details => ({
  provider: connection.id,
  location,
  project,
  key,
})

/** Name of what a call does, for the log. */
export const operationOf = ({ row }: ProviderCall): string => row.activity ?? `${row.method} ${row.path}`

/** Answers of the gateway in a provider's place: the call may have been carried out. */
const lost: ReadonlySet<string> = new Set(['upstream-timeout', 'upstream-unreachable', 'upstream-not-json'])

/** Outcome by the answer, or by the error in its place. */
export function outcomeOf({ row }: ProviderCall, answer: HttpAnswer | undefined, error?: unknown): Outcome {
  if (answer === undefined) {
    const isLost = !(error instanceof ProblemError) || lost.has(error.problem.slug)
    return { outcome: isLost && row.effect === 'change' ? 'unknown' : 'failed' }
  }
  const { status, headers } = answer
  const upstreamRequest = headers['x-request-id']
  const ids = upstreamRequest === undefined ? {} : { upstreamRequest }
  if (status < 400) return { outcome: 'ok', status, ...ids }
  if (status === 401 || status === 403) return { outcome: 'refused', status, ...ids }
  return { outcome: status >= 500 && row.effect === 'change' ? 'unknown' : 'failed', status, ...ids }
}
