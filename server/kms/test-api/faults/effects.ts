/** Effects of faults on answers. */

import type { HttpAnswer, HttpBody } from '../../../http/exchange.ts'
import { http } from '../../../http/node-http.ts'
import type { Connection } from '../../../http/over-node.ts'
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
function ownAnswer(effects: Effects): HttpAnswer | undefined {
  const { rule } = effects
  const status = rule.rateLimit ? TOO_MANY : rule.status
  if (status === undefined) return undefined
  const given = Object.entries(rule.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
  const headers = {
    'content-type': 'application/json',
    ...(rule.rateLimit && { 'retry-after': retryAfter(effects) }),
    ...Object.fromEntries(given),
  }
  if ([204, 205, 304].includes(status)) return { status, headers }
  return {
    status,
    headers,
    body: rule.body ?? JSON.stringify({ message: http.STATUS_CODES[status] ?? `status ${status}` }),
  }
}

/** Number of bytes that are sent: at least one less than all. */
function bytesBefore(cut: NonNullable<Rule['cutBody']>, length: number): number {
  const wanted = 'bytes' in cut ? cut.bytes : Math.floor(cut.fraction * length)
  return Math.min(wanted, Math.max(0, length - 1))
}

async function bytesOf(body: HttpBody | undefined): Promise<Buffer> {
  if (body === undefined || typeof body === 'string') return Buffer.from(body ?? '')
  return body instanceof Uint8Array ? Buffer.from(body) : Buffer.concat(await Array.fromAsync(body))
}

/**
 * Applies a rule to a call: runs the call if the rule says so, and returns the answer with the rule's effects, or breaks the
 * connection.
 */
export async function respond(
  effects: Effects,
  connection: Connection,
  carryOut: () => Promise<HttpAnswer>,
): Promise<HttpAnswer | undefined> {
  const { rule } = effects
  const own = rule.reset === 'before' ? undefined : ownAnswer(effects)
  const real = rule.reset === 'before' || (own && !rule.carryOut) ? undefined : await carryOut()
  const answer = own ?? real
  if (rule.reset || answer === undefined) {
    connection.reset()
    return undefined
  }
  const headers = {
    ...answer.headers,
    ...(rule.contentType !== undefined && { 'content-type': rule.contentType }),
    ...(rule.clockSkew !== undefined && { date: new Date(effects.now).toUTCString() }),
  }
  if (!rule.cutBody) return { ...answer, headers }
  const body = await bytesOf(answer.body)
  connection.cut({ status: answer.status, headers, body }, bytesBefore(rule.cutBody, body.length))
  return undefined
}
