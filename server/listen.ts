import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { StartError } from './start-error.ts'

export interface Listening {
  /** As a person can open it: loopback where the server listens on every address. */
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

interface ListenOptions {
  /** `target` is the request target as it came over the wire, while the URL of the request is a normalised one; `client` an IP address. */
  readonly fetch: (request: Request, target: string, client: string) => Promise<Response>
  /** IP address or name, without brackets. */
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** The variable to change when the port can't be had. */
  readonly variable: string
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is in use',
  EACCES: 'this user may not open it',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'this machine has no such address',
}

/** Milliseconds that requests under way get to end. */
const grace = 3000

/** @throws StartError for a port or address that can't be had */
export const listen = async ({ fetch, host, port, variable }: ListenOptions): Promise<Listening> => {
  const server = createAdaptorServer({
    fetch: (request, { incoming }) => fetch(request, incoming.url ?? '/', incoming.socket.remoteAddress ?? ''),
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = reasons[error.code ?? ''] ?? error.message
      reject(
        new StartError(
          `Can't listen on port ${port} of ${host}: ${reason}. Set ${variable} (0 for any free port) or HOST.`,
        ),
      )
    })
    server.listen(port, host, resolve)
  })
  const { port: actual } = server.address() as AddressInfo
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return {
    url: `http://${shown.includes(':') ? `[${shown}]` : shown}:${actual}`,
    port: actual,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeIdleConnections' in server) {
          server.closeIdleConnections()
          setTimeout(() => server.closeAllConnections(), grace).unref()
        }
      }),
  }
}
