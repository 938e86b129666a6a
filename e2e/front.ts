/** Reverse proxy in front of a console that fails some paths on request. */
import { request as callUpstream, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Front {
  readonly url: string
  /** From now on, paths that match are answered with this status and no body. */
  readonly answer: (path: RegExp, status: number) => void
  /** From now on, the connection of calls to paths that match is closed without an answer. */
  readonly drop: (path: RegExp) => void
  readonly heal: () => void
  readonly stop: () => Promise<void>
}

/** @param console base URL of the console that serves every other path */
export async function startFront(console: string): Promise<Front> {
  let faults: readonly { readonly path: RegExp; readonly status?: number }[] = []
  const server = createServer((incoming, outgoing) => {
    const { method, url: path = '/', headers } = incoming
    const fault = faults.find((one) => one.path.test(path))
    if (fault?.status !== undefined) return outgoing.writeHead(fault.status).end()
    if (fault) return outgoing.destroy()
    const { host } = new URL(console)
    const passed = callUpstream(console + path, { method, headers: { ...headers, host } }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(outgoing)
    })
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const add = (fault: (typeof faults)[number]) => {
    faults = [fault, ...faults]
  }
  return {
    url: `http://127.0.0.1:${port}`,
    answer: (path, status) => add({ path, status }),
    drop: (path) => add({ path }),
    heal: () => {
      faults = []
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
