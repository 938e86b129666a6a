/** Forwards a request of the console to its provider, with the provider's credentials and without the browser's headers. */
import { isReadOnly } from '../../src/clouds/endpoint.ts'
import { type HttpAnswer, type HttpRequest, queryOf } from '../http/exchange.ts'
import { withBody } from './compress.ts'
import type { Connection } from './connection.ts'
import { ProblemError } from './problem.ts'
import { type ProviderCall, planCall, type SendOptions, sendCall } from './provider-call.ts'
import type { Answer } from './upstream.ts'

export interface ForwardOptions extends Pick<SendOptions, 'timeout' | 'agent' | 'meter'> {
  /** Limit of a request's body in bytes. */
  readonly bodyLimit: number
  readonly readOnly: boolean
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

const responseHeaders = ['retry-after']
const requestIds = ['x-request-id', 'x-correlation-id', 'x-trace-id']

const readBody = async (request: HttpRequest, limit: number): Promise<Uint8Array> => {
  const isTooLong = Number(request.header('content-length') ?? 0) > limit
  const body = isTooLong ? undefined : await request.body(limit)
  if (body) return body
  throw new ProblemError({ slug: 'body-too-large', detail: `A request’s body may hold at most ${limit} bytes.` })
}

/** Pages of other sites can't send this type without asking first. */
const requireJson = (type: string | undefined) => {
  if (/^application\/json\s*(;|$)/i.test(type ?? '')) return
  throw new ProblemError({
    slug: 'body-not-json',
    detail: 'A request’s body must be JSON. Send it with the header Content-Type: application/json.',
  })
}

/** Seconds; smaller differences come from the network and from the resolution of `Date`. */
const NOTABLE_DIFFERENCE = 30

/**
 * Difference between this clock and the provider's in whole seconds, positive if this one is ahead; undefined if it
 * is small or unknown.
 * @param date the answer's `Date` header
 * @param now milliseconds since the epoch
 */
export const clockDifference = (date: string | undefined, now: number): number | undefined => {
  const seconds = Math.round((now - Date.parse(date ?? '')) / 1000)
  return Math.abs(seconds) >= NOTABLE_DIFFERENCE ? seconds : undefined
}

/** @param duration milliseconds until the provider's answer */
const answerFor = (request: HttpRequest, answer: Answer, now: number, duration: number): HttpAnswer => {
  const { status, headers } = answer
  const down: Record<string, string> = { 'server-timing': `upstream;dur=${duration.toFixed(1)}` }
  for (const name of responseHeaders) {
    const value = headers[name]
    if (value !== undefined) down[name] = String(value)
  }
  const id = requestIds.map((name) => headers[name]).find((value) => value)
  if (id) down['x-request-id'] = String(id)
  const { date } = headers
  if (date !== undefined) down['x-upstream-date'] = date
  // A wrong clock is a possible cause of a refused signature or token.
  const apart = status === 401 || status === 403 ? clockDifference(date, now) : undefined
  if (apart !== undefined) down['x-clock-difference'] = String(apart)
  if (answer.length === 0) return { status, headers: down }
  const type = headers['content-type'] ?? ''
  // The body is JSON: a browser must not treat it as a page, regardless of the provider's content type.
  down['content-type'] = /^application\/([\w.-]+\+)?json\b/i.test(type) ? type : 'application/json'
  return withBody(request, answer, down)
}

/**
 * Refuses what a gateway that only reads does not forward.
 * @throws ProblemError
 */
export const refuseChange = ({ row }: ProviderCall): void => {
  if (isReadOnly(row)) return
  throw new ProblemError({
    slug: 'read-only',
    detail:
      'This console is read-only: it changes nothing, and returns no key material, plaintext, signature or new secret.',
  })
}

/** Carries out a call, or refuses it; records what people did. */
export type Supervise = (
  planned: ProviderCall,
  send: (planned: ProviderCall) => Promise<HttpAnswer>,
) => Promise<HttpAnswer>

/**
 * @param path path after `/api/CLOUD`, percent-encoded
 * @param supervise absent where everybody may do everything
 */
export const forward = async (
  request: HttpRequest,
  connection: Connection,
  path: string,
  { timeout, bodyLimit, readOnly, agent, meter, now }: ForwardOptions,
  supervise: Supervise = (planned, send) => send(planned),
): Promise<HttpAnswer> => {
  const { method } = request
  const header = (name: string) => request.header(name)
  const found = planCall(connection, { method, path, query: queryOf(request.target), header })
  if (readOnly) refuseChange(found)
  const planned = method === 'GET' ? found : { ...found, body: await readBody(request, bodyLimit) }
  if (planned.body.length > 0) requireJson(request.header('content-type'))
  const onGone = (callback: () => void) => request.onGone(callback)
  return supervise(planned, async (allowed) => {
    const start = performance.now()
    const answer = await sendCall(allowed, { timeout, agent, onGone, meter })
    return answerFor(request, answer, now(), performance.now() - start)
  })
}
