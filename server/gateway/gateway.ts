/** Handler between browser and providers, the same in development and production. */
import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Session } from '../../src/clouds/gateway/wire.ts'
import { type HttpAnswer, type HttpRequest, jsonAnswer, pathOf } from '../http/exchange.ts'
import type { Connection } from './connection.ts'
import { forward } from './forward.ts'
import { refuse, refuseHost, refuseOrigin } from './guard.ts'
import { ProblemError, problemAnswer } from './problem.ts'
import { securityHeaders } from './security-headers.ts'
import { ClientGoneError, defaultTimeout } from './upstream.ts'

export interface GatewayOptions {
  readonly version: string
  readonly connections: readonly Connection[]
  /** Accepted values of `Host`; called for each request, because the port may be unknown at first. */
  readonly hosts: () => ReadonlySet<string>
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

const answerTo = (error: unknown, { signal }: HttpRequest): HttpAnswer => {
  if (error instanceof ProblemError) return problemAnswer(error.problem)
  // The client may also disconnect while sending its body.
  if (error instanceof ClientGoneError || signal.aborted) return { status: clientClosedRequest, headers: {} }
  const problem = {
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    detail: 'The gateway failed. Its log has the reason, under this request’s id.',
  }
  return jsonAnswer(problem, 500, { 'content-type': 'application/problem+json' })
}

/** Handler of all requests: a failure too is an answer. */
export const createGateway = (options: GatewayOptions): ((request: HttpRequest) => Promise<HttpAnswer>) => {
  const { version, connections, hosts, readOnly, log, pages, timeout = defaultTimeout, bodyLimit = 1 << 20 } = options
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
    if (!path.startsWith('/api/')) {
      if (pages === undefined || path === '/api') throw unknownPath(path)
      return pages(request, path)
    }
    refuse(refuseOrigin(request))
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
    const path = pathOf(request.target)
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
    return { status, headers: { ...headers, ...securityHeaders, 'x-request-id': id, ...ofApi }, ...content }
  }
}
