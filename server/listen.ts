import { lookup } from 'node:dns/promises'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerHealth, type Health, isHealth } from './health.ts'
import { bracketed, isLoopback, isWildcard } from './host.ts'
import { atEndOfTurn } from './http/at-end-of-turn.ts'
import { http, https } from './http/node-http.ts'
import { type Answering, answering, type NodeHandler, send } from './http/over-node.ts'
import { StartError } from './start-error.ts'
import { followTls, readTls, type TlsFiles } from './tls-files.ts'

export interface Listening {
  /** URL for a browser: loopback if the server listens on every address. */
  readonly url: string
  /** Whether other machines may reach it. */
  readonly isOpen: boolean
  readonly port: number
  /** From now on `/readyz` says that the server stops, so that no more requests are sent to it. */
  announceStop(): void
  close(): Promise<void>
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
  readonly answer: Answering
  /** IP address or name as browsers write it, without brackets. */
  readonly host: string
  /** What to do if other machines would reach the server, as sentences; absent where they may. */
  readonly onlyLoopback?: string | undefined
  /** 0 for any free port. */
  readonly port: number
  /** Variable to change if the port is unavailable. */
  readonly variable: string
  /** Variable to change if the address is unavailable. */
  readonly hostVariable?: string
  /** Milliseconds that running requests have when the server closes; then they are cut. */
  readonly grace?: number
  /** Other limits than `serverLimits`, for tests. */
  readonly limits?: Partial<typeof serverLimits>
  /** Certificate and key, with which the server speaks https. */
  readonly tls?: TlsFiles | undefined
  /** Called with sentences about replaced certificates. */
  readonly report?: (text: string) => void
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is in use',
  EACCES: 'this user has no permission to open it',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'this machine has no such address',
}

/** Milliseconds between two looks for connections without a request while the server closes. */
const LOOK = 50

/** A target may be a whole URL (RFC 9112, section 3.2.2): its host then takes the place of the header's. */
const useOriginForm = (incoming: IncomingMessage): void => {
  if (incoming.url?.startsWith('/')) return
  const [, host, rest = ''] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(incoming.url ?? '') ?? []
  if (host === undefined) return
  incoming.url = rest.startsWith('/') ? rest : `/${rest}`
  incoming.headers.host = host
}

/**
 * @throws StartError for an unavailable port or address, for one that other machines reach with `onlyLoopback`, and for
 * certificate files that can't be used
 */
export const listen = async ({
  answer,
  ready = async () => true,
  warnings = () => [],
  host,
  onlyLoopback,
  port,
  variable,
  hostVariable = 'HOST',
  grace = 3000,
  limits,
  tls,
  report = () => {},
}: ListenOptions): Promise<Listening> => {
  const cant = (reason: string, remedy: string) =>
    new StartError(`Can't listen on port ${port} of ${host}: ${reason}. ${remedy}`)
  const unavailable = ({ code = '', message }: NodeJS.ErrnoException) =>
    cant(reasons[code] ?? message, `Set ${variable} (0 for any free port) or ${hostVariable}.`)
  // Looked up once, so that the address that is judged is the one that is used.
  const { address } = await lookup(host).catch((error: NodeJS.ErrnoException) => {
    throw unavailable(error)
  })
  const isOpen = !isLoopback(address)
  if (isOpen && onlyLoopback !== undefined) throw cant('other machines would reach it', onlyLoopback)
  const stopping = new AbortController()
  const { maxConnections, maxRequestsPerSocket, ...serverOptions } = { ...serverLimits, ...limits }
  const handle = answering(answer, stopping.signal)
  const onRequest: NodeHandler = (incoming, outgoing) => {
    useOriginForm(incoming)
    const { method = '', url = '' } = incoming
    if (!isHealth(url)) return handle(incoming, outgoing)
    const health = answerHealth(method, url, { ready, warnings, stopping: stopping.signal })
    void health.then((given) => send(incoming, outgoing, given))
  }
  const handler = atEndOfTurn(onRequest)
  const secured = tls && https().createServer({ ...serverOptions, ...readTls(tls) }, handler)
  const server = secured ?? http.createServer(serverOptions, handler)
  server.maxConnections = maxConnections
  server.maxRequestsPerSocket = maxRequestsPerSocket
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(unavailable(error)))
    server.listen(port, address, resolve)
  })
  const { port: actual } = server.address() as AddressInfo
  const endFollowing = secured && tls ? followTls(secured, tls, report) : undefined
  const shown = isWildcard(host) ? (host === '::' ? '::1' : '127.0.0.1') : host
  return {
    url: `${tls ? 'https' : 'http'}://${bracketed(shown)}:${actual}`,
    isOpen,
    port: actual,
    announceStop: () => stopping.abort(),
    close: () =>
      new Promise((resolve) => {
        stopping.abort()
        endFollowing?.()
        // A connection whose request ends now would be kept for the next one, which nobody answers.
        const closing = setInterval(() => server.closeIdleConnections(), LOOK).unref()
        server.close(() => {
          clearInterval(closing)
          resolve()
        })
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), grace).unref()
      }),
  }
}
