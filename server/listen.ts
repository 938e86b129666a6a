import { lookup } from 'node:dns/promises'
import { type IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { answerHealth, type Health } from './health.ts'
import { bracketed, isLoopback, isWildcard } from './host.ts'
import { StartError } from './start-error.ts'

export interface Listening {
  /** URL for a browser: loopback if the server listens on every address. */
  readonly url: string
  /** Whether other machines may reach it. */
  readonly isOpen: boolean
  readonly port: number
  close(): Promise<void>
}

/** Connection of a request, for faults that break it. */
export interface Connection {
  /** Aborted when the client disconnects or the server stops. */
  readonly closed: AbortSignal
  /** Resolves when the answer has been sent or the connection has ended. */
  readonly answered: Promise<void>
  /** Breaks the connection with a TCP reset. Returns a placeholder for the answer. */
  reset(): Response
  /** Announces the whole answer, sends the first bytes of its body and ends the connection. Returns like `reset`. */
  cut(answer: { status: number; headers: Headers; body: Uint8Array }, bytes: number): Response
}

/** Limits of one server; times are in milliseconds. */
export const serverLimits = {
  /** Balancers keep a connection for 60 s: here it lives longer, so that none is reused while it ends. */
  keepAliveTimeout: 75_000,
  /**
   * From the first byte, or the opening of the connection, to the end of the head and of the body. A body of 1 MiB arrives in
   * time at 280 kbit/s. Connections that are kept alive between two requests don't count.
   */
  headersTimeout: 30_000,
  requestTimeout: 30_000,
  /** How often Node looks for requests that are too late. */
  connectionsCheckingInterval: 2_000,
  /** Far below the files that a process may open on common systems; a browser opens six. */
  maxConnections: 1_000,
  /** Spreads kept connections anew over the servers behind a balancer. */
  maxRequestsPerSocket: 1_000,
}

interface ListenOptions extends Partial<Pick<Health, 'ready' | 'warnings'>> {
  /** `target` is the request target as sent, while the request's URL is normalised; `client` is an IP address. */
  readonly fetch: (request: Request, target: string, client: string, connection: Connection) => Promise<Response>
  /** IP address or name as browsers write it, without brackets. */
  readonly host: string
  /** What to do if other machines would reach the server, as sentences; absent where they may. */
  readonly onlyLoopback?: string | undefined
  /** 0 for any free port. */
  readonly port: number
  /** Variable to change if the port is unavailable. */
  readonly variable: string
  /** Other limits than `serverLimits`, for tests. */
  readonly limits?: Partial<typeof serverLimits>
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is in use',
  EACCES: 'this user has no permission to open it',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'this machine has no such address',
}

/** Milliseconds for running requests to end. */
const grace = 3000

/** A target may be a whole URL (RFC 9112, section 3.2.2): its host then takes the place of the header's. */
const useOriginForm = (incoming: IncomingMessage): void => {
  const [, host, rest = ''] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(incoming.url ?? '') ?? []
  if (host === undefined) return
  incoming.url = rest.startsWith('/') ? rest : `/${rest}`
  incoming.headers.host = host
  const { rawHeaders } = incoming
  const others = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 && name.toLowerCase() !== 'host' ? [name, rawHeaders[at + 1] ?? ''] : [],
  )
  rawHeaders.splice(0, rawHeaders.length, 'Host', host, ...others)
}

type Bindings = HttpBindings | Http2Bindings

const connectionOf = ({ incoming, outgoing }: Bindings, request: Request, stopping: AbortSignal): Connection => ({
  get closed() {
    return AbortSignal.any([request.signal, stopping])
  },
  get answered() {
    if (outgoing.destroyed) return Promise.resolve()
    return new Promise<void>((resolve) => void outgoing.once('close', resolve))
  },
  reset() {
    incoming.socket.resetAndDestroy()
    return RESPONSE_ALREADY_SENT
  },
  cut({ status, headers, body }, bytes) {
    // HTTP/1 only, as there is no certificate: HTTP/2 has no connection per request.
    if (outgoing instanceof ServerResponse) {
      // An answer without a body, as to HEAD, is complete, but its client must not reuse the connection.
      outgoing.writeHead(status, {
        ...Object.fromEntries(headers),
        'content-length': body.length,
        connection: 'close',
      })
      outgoing.flushHeaders()
      if (bytes > 0) outgoing.write(body.subarray(0, bytes))
    }
    incoming.socket.destroySoon()
    return RESPONSE_ALREADY_SENT
  },
})

/** @throws StartError for an unavailable port or address, and for one that other machines reach with `onlyLoopback` */
export const listen = async ({
  fetch,
  ready = async () => true,
  warnings = () => [],
  host,
  onlyLoopback,
  port,
  variable,
  limits,
}: ListenOptions): Promise<Listening> => {
  const cant = (reason: string, remedy: string) =>
    new StartError(`Can't listen on port ${port} of ${host}: ${reason}. ${remedy}`)
  const unavailable = ({ code = '', message }: NodeJS.ErrnoException) =>
    cant(reasons[code] ?? message, `Set ${variable} (0 for any free port) or HOST.`)
  // Looked up once, so that the address that is judged is the one that is used.
  const { address } = await lookup(host).catch((error: NodeJS.ErrnoException) => {
    throw unavailable(error)
  })
  const isOpen = !isLoopback(address)
  if (isOpen && onlyLoopback !== undefined) throw cant('other machines would reach it', onlyLoopback)
  const stopping = new AbortController()
  const { maxConnections, maxRequestsPerSocket, ...serverOptions } = { ...serverLimits, ...limits }
  const server = createAdaptorServer({
    serverOptions,
    fetch: async (request, bindings) => {
      const { url = '/', socket } = bindings.incoming
      const health = await answerHealth(request.method, url, { ready, warnings, stopping: stopping.signal })
      return health ?? fetch(request, url, socket.remoteAddress ?? '', connectionOf(bindings, request, stopping.signal))
    },
  })
  server.prependListener('request', useOriginForm)
  server.maxConnections = maxConnections
  if ('maxRequestsPerSocket' in server) server.maxRequestsPerSocket = maxRequestsPerSocket
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(unavailable(error)))
    server.listen(port, address, resolve)
  })
  const { port: actual } = server.address() as AddressInfo
  const shown = isWildcard(host) ? (host === '::' ? '::1' : '127.0.0.1') : host
  return {
    url: `http://${bracketed(shown)}:${actual}`,
    isOpen,
    port: actual,
    close: () =>
      new Promise((resolve) => {
        stopping.abort()
        server.close(() => resolve())
        if ('closeIdleConnections' in server) {
          server.closeIdleConnections()
          setTimeout(() => server.closeAllConnections(), grace).unref()
        }
      }),
  }
}
