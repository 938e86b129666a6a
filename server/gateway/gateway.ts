/** Handler between browser and providers, the same in development and production. */
import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import type { Session } from '../../src/clouds/gateway/wire.ts'
import type { Connection } from './connection.ts'
import { forward } from './forward.ts'
import { refuse, refuseHost, refuseOrigin } from './guard.ts'
import { ProblemError, problemResponse } from './problem.ts'
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
  readonly pages?: (request: Request, path: string) => Response
  /** Deadline of one call to a provider in milliseconds. */
  readonly timeout?: number
  /** Limit of a request's body in bytes. */
  readonly bodyLimit?: number
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

/** Status of a request that its client closed, as in nginx's log. */
const clientClosedRequest = 499

const internalError = () =>
  new Response(
    JSON.stringify({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      detail: 'The gateway failed. Its log has the reason, under this request’s id.',
    }),
    { status: 500, headers: { 'content-type': 'application/problem+json' } },
  )

export const createGateway = (options: GatewayOptions): { fetch(request: Request): Promise<Response> } => {
  const { version, connections, hosts, readOnly, log, pages, timeout = defaultTimeout, bodyLimit = 1 << 20 } = options
  const forwarding = { timeout, bodyLimit, readOnly, agent: `kms-console/${version}`, now: options.now ?? Date.now }
  const app = new Hono()

  app.use(async (c, next) => {
    const start = performance.now()
    await next()
    for (const [name, value] of Object.entries(securityHeaders)) c.header(name, value)
    const id = c.res.headers.get('x-request-id') ?? randomUUID()
    c.header('x-request-id', id)
    const { pathname } = new URL(c.req.url)
    if (pathname.startsWith('/api/')) {
      c.header('cache-control', 'no-store')
      // The console corrects a browser's clock by it: proxies may replace `Date`, which has no milliseconds either.
      c.header('x-gateway-time', String(forwarding.now()))
    }
    const duration = Math.round(performance.now() - start)
    const line = { method: c.req.method, path: pathname, status: c.res.status, duration, id }
    // The message of an unexpected error may quote the request: only its name and stack are logged.
    const at = c.error instanceof ProblemError ? undefined : c.error?.stack?.split('\n').slice(1, 6)
    if (c.res.status === 500 && c.error) log.error({ ...line, error: c.error.name, at }, 'request')
    // Files are not logged, because a page loads dozens of them.
    else log[pathname.startsWith('/assets/') ? 'debug' : 'info'](line, 'request')
  })
  app.use(async (c, next) => {
    refuse(refuseHost(c.req.raw.headers, hosts()))
    await next()
  })
  app.use('/api/*', async (c, next) => {
    refuse(refuseOrigin(c.req.raw.headers))
    await next()
  })

  app.get('/api/session', (c) => {
    const localKms = options.localKms?.()
    const session: Session = {
      version,
      readOnly,
      ...(localKms === undefined ? {} : { localKms }),
      clouds: connections.map((connection) => connection.describe()),
    }
    return c.json(session)
  })
  for (const connection of connections) {
    const prefix = `/api/${connection.id}`
    app.all(`${prefix}/*`, (c) => {
      const { pathname } = new URL(c.req.url)
      // URL resolves dots in a path, which may leave the prefix that the router matched.
      if (!pathname.startsWith(`${prefix}/`)) throw new ProblemError(unknownPath(pathname))
      return forward(c, connection, pathname.slice(prefix.length), forwarding)
    })
  }
  app.all('*', (c) => {
    const { pathname } = new URL(c.req.url)
    if (pages === undefined || pathname.startsWith('/api/') || pathname === '/api') {
      throw new ProblemError(unknownPath(pathname))
    }
    return pages(c.req.raw, pathname)
  })

  app.onError((error, c) => {
    if (error instanceof ProblemError) return problemResponse(error.problem)
    // The client may also disconnect while sending its body.
    if (error instanceof ClientGoneError || c.req.raw.signal.aborted)
      return new Response(null, { status: clientClosedRequest })
    return internalError()
  })
  return { fetch: async (request) => app.fetch(request) }
}

const unknownPath = (path: string) => ({ slug: 'unknown-path', detail: `No page or file at ${path}.` }) as const
