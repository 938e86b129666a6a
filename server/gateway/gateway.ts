/** Handler between browser and providers, the same in development and production. */
import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Session } from '../../src/clouds/gateway/wire.ts'
import type { Access } from '../access/access.ts'
import { withoutRecords } from '../access/without-records.ts'
import { type HttpAnswer, type HttpRequest, isNavigation, jsonAnswer, pathOf } from '../http/exchange.ts'
import type { Meter } from '../ops/meter.ts'
import { DatabaseUnavailableError } from '../records/database.ts'
import type { Person } from '../sign-in/person.ts'
import type { StartToken } from '../sign-in/start-token.ts'
import { clientNetwork } from './client-address.ts'
import type { Connection } from './connection.ts'
import { forward, type Supervise } from './forward.ts'
import { type Hosts, refuse, refuseHost, refuseOrigin } from './guard.ts'
import { ProblemError, problemAnswer, problemPage } from './problem.ts'
import type { RateLimit } from './rate-limit.ts'
import { httpsOnly, securityHeaders } from './security-headers.ts'
import { ClientGoneError, defaultTimeout } from './upstream.ts'

export interface GatewayOptions {
  readonly version: string
  readonly connections: readonly Connection[]
  /** Accepted values of `Host`; called for each request, because the port may be unknown at first. */
  readonly hosts: () => Hosts
  /** Address that people open where it is not the server's own; its path ends with a slash. */
  readonly publicUrl?: URL | undefined
  /** Of the server's own address. */
  readonly scheme?: 'http' | 'https'
  readonly readOnly: boolean
  /** Local KMS of the session; called for each request, because its address may be unknown at first. */
  readonly localKms?: () => Session['localKms']
  readonly log: Logger
  /** Sign-in, roles and records of people; absent where everybody may do everything. */
  readonly access?: Access | undefined
  /** Token that a console without a sign-in asks for. */
  readonly startToken?: StartToken | undefined
  /** IP address of the client, past proxies that are trusted. */
  readonly clientOf?: (request: HttpRequest) => string | undefined
  /** Identifier of a request, for the log and the records. */
  readonly idOf?: (request: HttpRequest) => string
  /** For people and programs that sign in. */
  readonly rateLimit?: RateLimit | undefined
  readonly meter?: Meter | undefined
  /** Handler outside `/api`; without it, all such paths are 404. */
  readonly pages?: (request: HttpRequest, path: string) => HttpAnswer
  /** Deadline of one call to a provider in milliseconds. */
  readonly timeout?: number
  /** Limit of a request's body in bytes. */
  readonly bodyLimit?: number
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

/** Status of a request that its client closed, as in nginx's log. */
const clientClosedRequest = 499

const unknownPath = (path: string) => new ProblemError({ slug: 'unknown-path', detail: `No page or file at ${path}.` })

const noStartToken = () =>
  new ProblemError({
    slug: 'signed-out',
    detail: 'This console asks for the token of its start. Open the address with the token that it printed.',
    signIn: 'token',
    headers: { 'www-authenticate': 'Bearer' },
  })

/** Route of a path, from a fixed set: metrics have no paths. */
const routeOf = (path: string, isCloud: (id: string) => boolean): string => {
  if (path === '/api/session' || path === '/api/audit') return path
  const [, area = '', next = ''] = /^\/([^/]*)\/([^/]*)/.exec(path) ?? []
  if (area === 'api') return next === 'approvals' || isCloud(next) ? `/api/${next}/*` : '/api/*'
  return area === 'auth' || area === 'assets' ? `/${area}/*` : '/*'
}

/** A request on its way to an answer. */
interface Exchange {
  /** Below the console's own path. */
  readonly path: string
  readonly id: string
  /** Pattern of the path, for metrics. */
  route: string
}

const noRole = () =>
  new ProblemError({ slug: 'not-allowed', detail: 'You are signed in, and none of your groups has a role here.' })

const answerTo = (error: unknown, request: HttpRequest): HttpAnswer => {
  if (error instanceof ProblemError)
    return isNavigation(request) ? problemPage(error.problem) : problemAnswer(error.problem)
  // The client may also disconnect while sending its body.
  if (error instanceof ClientGoneError || request.signal.aborted) return { status: clientClosedRequest, headers: {} }
  const problem = {
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    detail: 'The gateway failed. Its log has the reason, under this request’s id.',
  }
  return jsonAnswer(problem, 500, { 'content-type': 'application/problem+json' })
}

/**
 * Function that gives a path of a request below the console's own one: a proxy sends it with that or without. Empty for the
 * console's path without its last slash.
 * @param prefix ends with a slash
 */
const pathWithin =
  (prefix: string) =>
  (path: string): string =>
    prefix === '/' ? path : path.startsWith(prefix) ? path.slice(prefix.length - 1) : `${path}/` === prefix ? '' : path

/** Handler of all requests: a failure too is an answer. */
export const createGateway = (options: GatewayOptions): ((request: HttpRequest) => Promise<HttpAnswer>) => {
  const { version, connections, hosts, readOnly, log, pages, timeout = defaultTimeout, bodyLimit = 1 << 20 } = options
  const { publicUrl, scheme = 'http', access, startToken, clientOf = ({ client }) => client } = options
  const { idOf = () => randomUUID(), rateLimit, meter } = options
  const headersOfAll = publicUrl?.protocol === 'https:' ? { ...securityHeaders, ...httpsOnly } : securityHeaders
  const withinConsole = pathWithin(publicUrl?.pathname ?? '/')
  const forwarding = {
    timeout,
    bodyLimit,
    readOnly,
    agent: `kms-console/${version}`,
    meter,
    now: options.now ?? Date.now,
  }
  const connectionOf = new Map<string, Connection>(connections.map((connection) => [connection.id, connection]))

  const session = (person: Person | undefined): Session => {
    const localKms = options.localKms?.()
    return {
      version,
      readOnly,
      ...(person && access?.describe(person)),
      ...(localKms === undefined ? {} : { localKms }),
      clouds: connections.map((connection) => connection.describe()),
    }
  }

  const isSession = ({ method }: HttpRequest, path: string) =>
    path === '/api/session' && (method === 'GET' || method === 'HEAD')

  const forwarded = (request: HttpRequest, exchange: Exchange, supervise?: Supervise): Promise<HttpAnswer> => {
    const { path } = exchange
    const [, id = '', rest = ''] = /^\/api\/([^/]+)(\/.*)$/s.exec(path) ?? []
    const connection = connectionOf.get(id)
    if (connection === undefined) throw unknownPath(path)
    return forward(request, connection, rest, forwarding, (planned, send) => {
      exchange.route = `/api/${id}${planned.row.path}`
      return supervise ? supervise(planned, send) : send(planned)
    })
  }

  /** @throws ProblemError for one request too many */
  const limit = (who: string) => {
    const wait = rateLimit?.take(who) ?? 0
    if (wait === 0) return
    meter?.limited()
    throw new ProblemError({
      slug: 'too-many-requests',
      detail: `These were too many requests at once. Try again in ${wait === 1 ? 'a second' : `${wait} seconds`}.`,
      headers: { 'retry-after': String(wait) },
    })
  }
  const limitAddress = (request: HttpRequest) => limit(`address ${clientNetwork(clientOf(request) ?? '')}`)

  /** Answer to a request of a person or a program. */
  const routeFor = async (request: HttpRequest, exchange: Exchange, access: Access): Promise<HttpAnswer> => {
    const { path, id } = exchange
    const { person, renewal } = await access.signIn.authenticate(request).catch((error: unknown) => {
      if (error instanceof ProblemError && error.problem.slug === 'signed-out') limitAddress(request)
      throw error
    })
    limit(`person ${person.subject}`)
    const actor = { person, client: clientOf(request), request: id }
    if (!isSession(request, path) && person.grants.length === 0) throw noRole()
    const answer = isSession(request, path)
      ? jsonAnswer(session(person))
      : await (access.api(request, path, actor) ?? forwarded(request, exchange, access.supervise(actor)))
    return renewal === undefined ? answer : { ...answer, cookies: [...(answer.cookies ?? []), renewal] }
  }

  const route = async (request: HttpRequest, exchange: Exchange): Promise<HttpAnswer> => {
    const { path, id } = exchange
    refuse(refuseHost(request, hosts()))
    if (path === '') return { status: 308, headers: { location: publicUrl?.pathname ?? '/' } }
    const isApi = path.startsWith('/api/')
    if (isApi || (path.startsWith('/auth/') && !access?.signIn.isOpenToSites(path)))
      refuse(refuseOrigin(request, { scheme, publicUrl }))
    if (isApi) {
      if (access) return routeFor(request, exchange, access)
      if (startToken && !startToken.admits(request)) throw noStartToken()
      return isSession(request, path) ? jsonAnswer(session(undefined)) : forwarded(request, exchange)
    }
    const entering = startToken?.enter(request)
    if (entering) return entering
    if (access && path.startsWith('/auth/')) limitAddress(request)
    const signingIn = access?.signIn.answer(request, path, id)
    if (signingIn !== undefined) return signingIn
    if (pages === undefined || path === '/api') throw unknownPath(path)
    return pages(request, path)
  }

  const record = (line: Readonly<Record<string, unknown>>, path: string, failure: unknown) => {
    if (line.status === 500 && failure instanceof Error) {
      // The message of an unexpected error may quote the request: only its name and stack are logged.
      const at = failure.stack?.split('\n').slice(1, 6)
      log.error({ ...line, error: failure.name, at }, 'request')
    }
    // Files are not logged, because a page loads dozens of them.
    else log[path.startsWith('/assets/') ? 'debug' : 'info'](line, 'request')
  }

  return async (request) => {
    const start = performance.now()
    const path = withinConsole(pathOf(request.target))
    let failure: unknown
    const own = idOf(request)
    const exchange: Exchange = { path, id: own, route: meter ? routeOf(path, (id) => connectionOf.has(id)) : '' }
    const { status, headers, ...content } = await route(request, exchange).catch((error: unknown) => {
      failure = error
      if (error instanceof DatabaseUnavailableError) log.warn({ id: own }, error.message)
      return answerTo(withoutRecords(error), request)
    })
    const id = headers['x-request-id'] ?? own
    const ofApi = path.startsWith('/api/')
      ? // The console corrects a browser's clock by it: proxies may replace `Date`, which has no milliseconds either.
        { 'cache-control': 'no-store', 'x-gateway-time': String(forwarding.now()) }
      : {}
    const duration = performance.now() - start
    meter?.request(request.method, exchange.route, status, duration / 1000)
    const ids = id === own ? { id } : { id: own, upstream: id }
    record({ method: request.method, path, status, duration: Math.round(duration), ...ids }, path, failure)
    return { status, headers: { ...headers, ...headersOfAll, 'x-request-id': id, ...ofApi }, ...content }
  }
}
