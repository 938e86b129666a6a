import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Fault {
  readonly method: string
  /** Tested against the path. */
  readonly path: RegExp
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body: string
  /** How many calls it answers before it is over; every one when left out. */
  readonly times?: number
}

export interface FaultUpstream {
  readonly url: string
  /** From now on, calls that match are answered with the fault; a call takes the first that fits. */
  readonly answerWith: (fault: Fault) => void
  /** From now on, calls that match get no answer, until `heal` passes them on. */
  readonly hang: (path: RegExp) => void
  /** From now on, calls that match find nobody: the connection breaks at once and nothing is passed on. */
  readonly goDown: (path: RegExp) => void
  /** From now on, calls that match are passed on, and the connection breaks in place of their answer. */
  readonly loseAnswer: (method: string, path: RegExp) => void
  /** From now on, calls that match are passed on, and the connection breaks in the middle of their answer. */
  readonly cutAnswer: (method: string, path: RegExp) => void
  readonly heal: () => void
  readonly stop: () => Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

/** A real HTTP server in front of a real upstream, which misbehaves on request and passes all else on unchanged. */
export async function startFaultUpstream(upstream: string): Promise<FaultUpstream> {
  let faults: Fault[] = []
  let hanging: RegExp[] = []
  let waiting: (() => void)[] = []
  let down: RegExp[] = []
  let losing: { method: string; path: RegExp }[] = []
  let cutting: { method: string; path: RegExp }[] = []

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { method = 'GET', url: path = '/', headers } = request
    if (hanging.some((pattern) => pattern.test(path))) await new Promise<void>((resolve) => waiting.push(resolve))
    if (down.some((pattern) => pattern.test(path))) return void response.destroy()
    const fault = faults.find((candidate) => candidate.method === method && candidate.path.test(path))
    if (fault) {
      const { times = Number.POSITIVE_INFINITY } = fault
      faults = faults.flatMap((one) => (one !== fault ? [one] : times > 1 ? [{ ...one, times: times - 1 }] : []))
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(fault.body)
      return
    }
    const body = await bodyOf(request)
    const passed = Object.entries(headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name))
    const reply = await fetch(upstream + path, {
      method,
      headers: passed.map(([name, value]): [string, string] => [name, String(value)]),
      ...(body.length > 0 ? { body } : {}),
    })
    if (losing.some((lost) => lost.method === method && lost.path.test(path))) {
      await reply.arrayBuffer()
      response.destroy()
      return
    }
    const answered = Buffer.from(await reply.arrayBuffer())
    response.writeHead(reply.status, {
      'content-type': reply.headers.get('content-type') ?? 'application/json',
      'content-length': answered.length,
      'x-request-id': reply.headers.get('x-request-id') ?? '',
    })
    if (cutting.some((cut) => cut.method === method && cut.path.test(path))) {
      response.write(answered.subarray(0, Math.ceil(answered.length / 2)), () => response.destroy())
      return
    }
    response.end(answered)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    answerWith: (fault) => {
      faults = [fault, ...faults]
    },
    hang: (path) => {
      hanging = [...hanging, path]
    },
    goDown: (path) => {
      down = [...down, path]
    },
    loseAnswer: (method, path) => {
      losing = [...losing, { method, path }]
    },
    cutAnswer: (method, path) => {
      cutting = [...cutting, { method, path }]
    },
    heal: () => {
      faults = []
      hanging = []
      down = []
      losing = []
      cutting = []
      for (const pass of waiting) pass()
      waiting = []
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
