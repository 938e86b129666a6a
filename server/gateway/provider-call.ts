/** A call of a provider: found in the endpoint table, checked, and sent with the provider's credentials. */

import type { Meter } from '../ops/meter.ts'
import type { AllowedRequest } from './allow-list.ts'
import type { Connection } from './connection.ts'
import { pick } from './pick.ts'
import { ProblemError } from './problem.ts'
import { type Answer, call } from './upstream.ts'

export interface ProviderCall {
  readonly connection: Connection
  readonly row: AllowedRequest
  /** Path after `/api/ID`, percent-encoded, with its leading slash. */
  readonly path: string
  readonly location: string | undefined
  /** As the call names it. */
  readonly project: string | undefined
  /** Identifier of the key that the call is about. */
  readonly key: string | undefined
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** Empty for none. */
  readonly body: Uint8Array
}

/** What a client sends. */
export interface CallRequest {
  readonly method: string
  /** Path after `/api/ID`, percent-encoded, with its leading slash. */
  readonly path: string
  /** Without the question mark. */
  readonly query: string
  /** @param name in lower case */
  readonly header: (name: string) => string | undefined
}

export interface SendOptions {
  /** Milliseconds. */
  readonly timeout: number
  /** `User-Agent` of requests. */
  readonly agent: string
  /** Calls back when the client disconnects, which ends the call. */
  readonly onGone?: (callback: () => void) => void
  /** Counts failures; absent where nobody reads them. */
  readonly meter?: Pick<Meter, 'upstreamFailed'> | undefined
}

/** Forwarded request headers; all others are dropped, such as cookies, `Authorization` and those of proxies. */
const forwardedHeaders = ['content-type', 'accept']

interface Found {
  readonly row: AllowedRequest
  readonly parameters: Readonly<Record<string, string>>
}

const findAllowed = ({ allowList, name: cloud }: Connection, method: string, path: string): Found => {
  for (const row of allowList) {
    const match = row.method === method ? row.pattern.exec(path) : null
    if (match) return { row, parameters: match.groups ?? {} }
  }
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

const noBody = new Uint8Array()

/**
 * The call without its body, which is read once the call is known to be allowed.
 * @throws ProblemError for one that the console never makes
 */
export function planCall(connection: Connection, request: CallRequest): ProviderCall {
  const { method, path, query, header } = request
  const place = connection.locate(path)
  if ('slug' in place) throw new ProblemError(place)
  const { row, parameters } = findAllowed(connection, method, place.path)
  const url = new URL(place.base + place.path)
  if (row.query !== undefined)
    for (const [name, value] of new URLSearchParams(query)) {
      if (row.query.includes(name)) url.searchParams.append(name, value)
    }
  const headers: Record<string, string> = {}
  for (const name of [...forwardedHeaders, ...(connection.forwardedHeaders ?? [])]) {
    const value = header(name)
    if (value !== undefined) headers[name] = value
  }
  return {
    connection,
    row,
    path,
    location: place.location ?? parameters.location,
    project: connection.describe().project ?? header('x-project-identity'),
    key: parameters.key,
    url,
    headers,
    body: noBody,
  }
}

/**
 * Value of the body; undefined for none.
 * @throws ProblemError for a body that is no JSON
 */
export function jsonOf({ connection, body }: ProviderCall): unknown {
  if (body.length === 0) return undefined
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    throw new ProblemError({ slug: 'body-not-json', detail: 'A request’s body must be JSON.', cloud: connection.name })
  }
}

/**
 * The call with its body as `jsonOf` reads it: of two members with one name, a provider may take another than the gateway.
 * @throws ProblemError for a body that is no JSON
 */
export function withBodyAsRead(planned: ProviderCall): ProviderCall {
  const body = jsonOf(planned)
  return body === undefined ? planned : { ...planned, body: Buffer.from(JSON.stringify(body)) }
}

/**
 * Member of the body that decides whether the call is allowed; undefined where there is none.
 * @throws ProblemError for a body that is no JSON, or has the name in other letter case, which some providers read as this one
 */
export function decidingMember(planned: ProviderCall, name: string): unknown {
  const body = jsonOf(planned)
  if (typeof body !== 'object' || body === null) return undefined
  const anyCase = new RegExp(`^${name}$`, 'iu')
  const alike = Object.keys(body).find((key) => key !== name && anyCase.test(key))
  if (alike === undefined) return pick(body, [name])[name]
  throw new ProblemError({
    slug: 'invalid-request',
    detail: `${alike}: write this member as ${name}.`,
    cloud: planned.connection.name,
  })
}

/** The call that reads the key of a call; undefined for a call that is about none. */
export function keyCallOf({ connection, row, path, key, headers }: ProviderCall): ProviderCall | undefined {
  if (key === undefined) return undefined
  const [, below = ''] = row.path.split('/:key')
  const header = (name: string) => (name === 'content-type' ? undefined : headers[name])
  return planCall(connection, { method: 'GET', path: path.slice(0, path.length - below.length), query: '', header })
}

/** What failed, for metrics; undefined for an answer that says nothing about the provider. */
const failureKind = (status: number): string | undefined =>
  status >= 500 ? '5xx' : status === 401 || status === 429 ? String(status) : undefined

/** @throws ProblemError for a provider that is down, slow, or gives no usable answer; ClientGoneError */
export async function sendCall(planned: ProviderCall, options: SendOptions): Promise<Answer> {
  const { connection } = planned
  try {
    const answer = await sendPlanned(planned, options)
    const kind = failureKind(answer.status)
    if (kind !== undefined) options.meter?.upstreamFailed(connection.id, kind)
    return answer
  } catch (error) {
    if (error instanceof ProblemError)
      options.meter?.upstreamFailed(connection.id, error.problem.slug.replace('upstream-', ''))
    throw error
  }
}

async function sendPlanned(planned: ProviderCall, { timeout, agent, onGone }: SendOptions): Promise<Answer> {
  const { connection, row, url, body } = planned
  const { method } = row
  const { 'content-type': type, ...headers } = planned.headers
  const common = {
    'accept-encoding': 'identity',
    'user-agent': agent,
    ...headers,
    ...(type !== undefined && body.length > 0 && { 'content-type': type }),
  }
  const options = {
    upstream: connection.upstream,
    name: connection.name,
    timeout,
    limits: row.limits,
    ...(onGone && { onGone }),
  }
  const credentials = async () => (row.anonymous ? {} : connection.authorize({ method, url, body }))
  const send = (added: Readonly<Record<string, string>>) =>
    call(options, { method, url, headers: { ...common, ...added }, body })
  const first = await credentials()
  const answer = await send(first)
  return answer.status === 401 && connection.renew(first) ? send(await credentials()) : answer
}
