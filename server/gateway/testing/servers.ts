/** Peers of the gateway in tests: a client that sends raw requests, and a provider with given answers. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { listen } from '../../listen.ts'
import { createLogger } from '../../log.ts'
import { createGateway, type GatewayOptions } from '../gateway.ts'
import { ownHosts } from '../guard.ts'

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface SendOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** Unlike fetch, sends any header, including `Host` and `Cookie`, and adds none. */
export const send = (
  url: string,
  { method = 'GET', headers = {}, body }: SendOptions = {},
  /** Raw path, which a URL would normalise. */
  path?: string,
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const options = { method, headers, agent: false, ...(path === undefined ? {} : { path }) }
    const call = request(url, options, (answer) => {
      const { statusCode: status = 0, headers } = answer
      readAll(answer).then((body) => resolve({ status, headers, text: body.toString() }), reject)
    })
    call.on('error', reject)
    call.end(body)
  })

export const readAll = async (stream: IncomingMessage): Promise<Buffer> => Buffer.concat(await stream.toArray())

export interface ReceivedRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export type Responder = (seen: ReceivedRequest, response: ServerResponse) => void

export const json =
  (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Responder =>
  (_seen, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }

/** Provider on its own port; `seen` collects its requests. */
export const startUpstream = async (answering: Responder) => {
  const seen: ReceivedRequest[] = []
  const receive = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = await readAll(incoming)
    const one = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body }
    seen.push(one)
    answering(one, response)
  }
  const server = createServer((incoming, response) => {
    receive(incoming, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Gateway on its own port; returns its base URL. */
export const startGateway = async (options: Partial<GatewayOptions>): Promise<string> => {
  let port = 0
  const answer = createGateway({
    version: '1.2.3',
    connections: [],
    readOnly: false,
    log: createLogger('silent'),
    hosts: () => ownHosts({ host: '127.0.0.1', port }),
    ...options,
  })
  const listening = await listen({ answer, host: '127.0.0.1', port: 0, variable: 'PORT' })
  onTestFinished(listening.close)
  port = listening.port
  return listening.url
}
