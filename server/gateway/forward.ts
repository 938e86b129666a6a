/** Forwards a request of the console to its provider, with the provider's credentials and without the browser's headers. */
import type { Context } from 'hono'
import { isReadOnly } from '../../src/clouds/endpoint.ts'
import { readLimited } from '../limited-body.ts'
import type { AllowedRequest } from './allow-list.ts'
import { acceptsGzip, answerResponse } from './compress.ts'
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

const readBody = async (request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> => {
  const isTooLong = Number(request.headers.get('content-length') ?? 0) > limit
  const body = isTooLong ? undefined : await readLimited(request.body, limit)
  if (body) return new Uint8Array(body)
  throw new ProblemError({ slug: 'body-too-large', detail: `A request’s body may hold at most ${limit} bytes.` })
}

/** Pages of other sites can't send this type without asking first. */
const requireJson = (type: string | null) => {
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

const findAllowed = (connection: Connection, method: string, path: string): AllowedRequest => {
  const here = connection.allowList.filter((row) => row.pattern.test(path))
  const row = here.find((known) => known.method === method)
  if (row !== undefined) return row
  const { name: cloud } = connection
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
const responseFor = (answer: Answer, request: Request, now: number, duration: number): Response => {
  const { status, headers } = answer
  const down = new Headers({ 'server-timing': `upstream;dur=${duration.toFixed(1)}` })
  for (const name of responseHeaders) {
    const value = headers[name]
    if (value !== undefined) down.set(name, String(value))
  }
  const id = requestIds.map((name) => headers[name]).find((value) => value)
  if (id) down.set('x-request-id', String(id))
  const { date } = headers
  if (date !== undefined) down.set('x-upstream-date', date)
  // A wrong clock is a possible cause of a refused signature or token.
  const apart = status === 401 || status === 403 ? clockDifference(date, now) : undefined
  if (apart !== undefined) down.set('x-clock-difference', String(apart))
  if (answer.length === 0) return new Response(null, { status, headers: down })
  const type = headers['content-type'] ?? ''
  // The body is JSON: a browser must not treat it as a page, regardless of the provider's content type.
  down.set('content-type', /^application\/([\w.-]+\+)?json\b/i.test(type) ? type : 'application/json')
  return answerResponse(answer, down, acceptsGzip(request))
}

/** @param path path after `/api/CLOUD`, percent-encoded */
export const forward = async (
  c: Context,
  connection: Connection,
  path: string,
  { timeout, bodyLimit, readOnly, agent, now }: ForwardOptions,
): Promise<Response> => {
  const { method, signal, headers } = c.req.raw
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
  for (const [name, value] of new URL(c.req.url).searchParams) {
    if (row.query?.includes(name)) url.searchParams.append(name, value)
  }
  const body = method === 'GET' ? new Uint8Array() : await readBody(c.req.raw, bodyLimit)
  if (body.length > 0) requireJson(headers.get('content-type'))
  const up: Record<string, string> = { 'accept-encoding': 'identity', 'user-agent': agent }
  for (const name of [...requestHeaders, ...(connection.forwardedHeaders ?? [])]) {
    const value = headers.get(name)
    if (value !== null && (name !== 'content-type' || body.length > 0)) up[name] = value
  }

  const { upstream, name: cloud } = connection
  const credentials = async () => (row.anonymous ? {} : connection.authorize({ method, url, body }))
  const send = async (added: Readonly<Record<string, string>>) => {
    const start = performance.now()
    const answer = await call(
      { upstream, name: cloud, timeout, limits: row.limits, signal },
      { method, url, headers: { ...up, ...added }, body },
    )
    return { answer, duration: performance.now() - start }
  }
  const first = await credentials()
  const tried = await send(first)
  const renewed = tried.answer.status === 401 && connection.renew(first)
  const { answer, duration } = renewed ? await send(await credentials()) : tried
  return responseFor(answer, c.req.raw, now(), duration)
}
