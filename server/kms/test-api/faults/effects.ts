/** Effects of faults on answers. */
import { STATUS_CODES } from 'node:http'
import type { Connection } from '../../../listen.ts'
import type { Rule } from './rules.ts'

export interface Effects {
  readonly rule: Rule
  /** Seconds, for who is over a rate limit. */
  readonly retryIn: number
  /** Time that the answer states, in milliseconds. */
  readonly now: number
}

const TOO_MANY = 429

function retryAfter({ rule: { rateLimit }, retryIn, now }: Effects): string {
  return rateLimit?.retryAfter === 'date' ? new Date(now + retryIn * 1000).toUTCString() : String(retryIn)
}

/** The answer that the rule gives itself; undefined where the real one is wanted. */
function ownAnswer(effects: Effects): Response | undefined {
  const { rule } = effects
  const status = rule.rateLimit ? TOO_MANY : rule.status
  if (status === undefined) return undefined
  const headers = new Headers({ 'content-type': 'application/json' })
  if (rule.rateLimit) headers.set('retry-after', retryAfter(effects))
  for (const [name, value] of Object.entries(rule.headers ?? {})) headers.set(name, value)
  const hasBody = ![204, 205, 304].includes(status)
  const body = rule.body ?? JSON.stringify({ message: STATUS_CODES[status] ?? `status ${status}` })
  return new Response(hasBody ? body : null, { status, headers })
}

/** At least one byte is missing, where there is any. */
function bytesBefore(cut: NonNullable<Rule['cutBody']>, length: number): number {
  const wanted = 'bytes' in cut ? cut.bytes : Math.floor(cut.fraction * length)
  return Math.min(wanted, Math.max(0, length - 1))
}

/** Carries the call out or not, and answers as the rule says. */
export async function respond(
  effects: Effects,
  connection: Connection,
  carryOut: () => Promise<Response>,
): Promise<Response> {
  const { rule } = effects
  if (rule.reset === 'before') return connection.reset()
  const own = ownAnswer(effects)
  const real = own && !rule.carryOut ? undefined : await carryOut()
  const answer = own ?? real
  if (rule.reset === 'after' || answer === undefined) return connection.reset()
  const headers = new Headers(answer.headers)
  if (rule.contentType !== undefined) headers.set('content-type', rule.contentType)
  if (rule.clockSkew !== undefined) headers.set('date', new Date(effects.now).toUTCString())
  const { status } = answer
  if (!rule.cutBody) return new Response(answer.body, { status, headers })
  const body = new Uint8Array(await answer.arrayBuffer())
  return connection.cut({ status, headers, body }, bytesBefore(rule.cutBody, body.length))
}
