/** Forwards a request of the console to its provider, with the provider's credentials and without the browser's headers. */
import { isReadOnly } from '../../src/clouds/endpoint.ts'
import { type HttpAnswer, type HttpRequest, queryOf } from '../http/exchange.ts'
import type { AllowedRequest } from './allow-list.ts'
import { withBody } from './compress.ts'
import type { Connection } from './connection.ts'
import { ProblemError } from './problem.ts'
import { type Answer, call } from './upstream.ts'

export interface ForwardOptions {
  /** Milliseconds. */
  readonly timeout: number
  /** Limit of a request's body in bytes. */
  readonly bodyLimit: number
  readonly readOnly: boolean
  /** `User-Agent` of requests. */
  readonly agent: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Forwarded request headers; all others are dropped, such as cookies, `Authorization` and those of proxies. */
const requestHeaders = ['content-type', 'accept']
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

const findAllowed = ({ allowList, name: cloud }: Connection, method: string, path: string): AllowedRequest => {
  const found = allowList.find((row) => row.method === method && row.pattern.test(path))
  if (found !== undefined) return found
  const here = allowList.filter((row) => row.pattern.test(path))
  if (here.length === 0) {
    throw new ProblemError({ slug: 'unknown-path', detail: `The console never calls ${path} of ${cloud}.`, cloud })
  }
  const methods = here.map((known) => known.method).join(', ')
  throw new ProblemError({
    slug: 'method-not-allowed',
    detail: `${method} isn’t known here, only ${methods}.`,
    cloud,
    headers: { allow: methods },
  })
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

/** @param path path after `/api/CLOUD`, percent-encoded */
export const forward = async (
  request: HttpRequest,
  connection: Connection,
  path: string,
  { timeout, bodyLimit, readOnly, agent, now }: ForwardOptions,
): Promise<HttpAnswer> => {
  const { method } = request
  const place = connection.locate(path)
  if ('slug' in place) throw new ProblemError(place)
  const row = findAllowed(connection, method, place.path)
  if (readOnly && !isReadOnly(row)) {
    throw new ProblemError({
      slug: 'read-only',
      detail:
        'This console is read-only: it changes nothing, and returns no key material, plaintext, signature or new secret.',
    })
  }

  const url = new URL(place.base + place.path)
  for (const [name, value] of new URLSearchParams(queryOf(request.target))) {
    if (row.query?.includes(name)) url.searchParams.append(name, value)
  }
  const body = method === 'GET' ? new Uint8Array() : await readBody(request, bodyLimit)
  if (body.length > 0) requireJson(request.header('content-type'))
  const up: Record<string, string> = { 'accept-encoding': 'identity', 'user-agent': agent }
  for (const name of [...requestHeaders, ...(connection.forwardedHeaders ?? [])]) {
    const value = request.header(name)
    if (value !== undefined && (name !== 'content-type' || body.length > 0)) up[name] = value
  }

  const { upstream, name: cloud } = connection
  const credentials = async () => (row.anonymous ? {} : connection.authorize({ method, url, body }))
  const onGone = (callback: () => void) => request.onGone(callback)
  const send = async (added: Readonly<Record<string, string>>) => {
    const start = performance.now()
    const answer = await call(
      { upstream, name: cloud, timeout, limits: row.limits, onGone },
      { method, url, headers: { ...up, ...added }, body },
    )
    return { answer, duration: performance.now() - start }
  }
  const first = await credentials()
  const tried = await send(first)
  const renewed = tried.answer.status === 401 && connection.renew(first)
  const { answer, duration } = renewed ? await send(await credentials()) : tried
  return answerFor(request, answer, now(), duration)
}
