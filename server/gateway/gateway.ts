/** Handler between browser and providers, the same in development and production. */
import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Session } from '../../src/clouds/gateway/wire.ts'
import { type HttpAnswer, type HttpRequest, isNavigation, jsonAnswer, pathOf } from '../http/exchange.ts'
import type { Connection } from './connection.ts'
import { forward } from './forward.ts'
import { type Hosts, refuse, refuseHost, refuseOrigin } from './guard.ts'
import { ProblemError, problemAnswer, problemPage } from './problem.ts'
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
  const { publicUrl, scheme = 'http' } = options
  const headersOfAll = publicUrl?.protocol === 'https:' ? { ...securityHeaders, ...httpsOnly } : securityHeaders
  const withinConsole = pathWithin(publicUrl?.pathname ?? '/')
  const forwarding = { timeout, bodyLimit, readOnly, agent: `kms-console/${version}`, now: options.now ?? Date.now }
  const connectionOf = new Map<string, Connection>(connections.map((connection) => [connection.id, connection]))

  const session = (): Session => {
    const localKms = options.localKms?.()
    return {
      version,
      readOnly,
      ...(localKms === undefined ? {} : { localKms }),
      clouds: connections.map((connection) => connection.describe()),
    }
  }

  const route = async (request: HttpRequest, path: string): Promise<HttpAnswer> => {
    const { method } = request
    refuse(refuseHost(request, hosts()))
    if (path === '') return { status: 308, headers: { location: publicUrl?.pathname ?? '/' } }
    if (!path.startsWith('/api/')) {
      if (pages === undefined || path === '/api') throw unknownPath(path)
      return pages(request, path)
    }
    refuse(refuseOrigin(request, { scheme, publicUrl }))
    if (path === '/api/session' && (method === 'GET' || method === 'HEAD')) return jsonAnswer(session())
    const [, id = '', rest = ''] = /^\/api\/([^/]+)(\/.*)$/s.exec(path) ?? []
    const connection = connectionOf.get(id)
    if (connection === undefined) throw unknownPath(path)
    return forward(request, connection, rest, forwarding)
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
    const { status, headers, ...content } = await route(request, path).catch((error: unknown) => {
      failure = error
      return answerTo(error, request)
    })
    const id = headers['x-request-id'] ?? randomUUID()
    const ofApi = path.startsWith('/api/')
      ? // The console corrects a browser's clock by it: proxies may replace `Date`, which has no milliseconds either.
        { 'cache-control': 'no-store', 'x-gateway-time': String(forwarding.now()) }
      : {}
    const duration = Math.round(performance.now() - start)
    record({ method: request.method, path, status, duration, id }, path, failure)
    return { status, headers: { ...headers, ...headersOfAll, 'x-request-id': id, ...ofApi }, ...content }
  }
}
