/** Effects of faults on answers. */
import { STATUS_CODES } from 'node:http'
import type { Connection } from '../../../listen.ts'
import type { Rule } from './rules.ts'

export interface Effects {
  readonly rule: Rule
  /** Seconds until the next window, for a call over the rate limit. */
  readonly retryIn: number
  /** Time of the `Date` header, in milliseconds. */
  readonly now: number
}

const TOO_MANY = 429

function retryAfter({ rule: { rateLimit }, retryIn, now }: Effects): string {
  return rateLimit?.retryAfter === 'date' ? new Date(now + retryIn * 1000).toUTCString() : String(retryIn)
}

/** Answer that the rule defines; undefined if the call gets its real answer. */
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

/** Number of bytes that are sent: at least one less than all. */
function bytesBefore(cut: NonNullable<Rule['cutBody']>, length: number): number {
  const wanted = 'bytes' in cut ? cut.bytes : Math.floor(cut.fraction * length)
  return Math.min(wanted, Math.max(0, length - 1))
}

/** Applies a rule to a call: runs the call if the rule says so, and returns the answer with the rule's effects. */
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
