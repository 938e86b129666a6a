/** A client for load: HTTP/1.1 with kept connections, one prepared request at a time on each. */
import { connect, type Socket } from 'node:net'

export interface Target {
  readonly port: number
  /** Complete request as sent, repeated unchanged. */
  readonly request: Uint8Array
}

/** A request as it is sent on a kept connection to this machine. */
export function requestBytes(
  port: number,
  { method, path, headers, body }: { method: string; path: string; headers: Record<string, string>; body: string },
): Uint8Array {
  const all = {
    host: `127.0.0.1:${port}`,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}

export interface Load {
  readonly count: number
  /** Calls per second. */
  readonly rate: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

const HEAD_END = Buffer.from('\r\n\r\n')
const LAST_CHUNK = Buffer.from('0\r\n\r\n')

/** Length of the first complete answer in the bytes; undefined if it is not complete. Throws unless its status is 200. */
function answerLength(bytes: Buffer): number | undefined {
  const end = bytes.indexOf(HEAD_END)
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  if (!head.startsWith('HTTP/1.1 200')) throw new Error(`the answer was ${bytes.toString('utf8').slice(0, 400)}`)
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  const start = end + HEAD_END.length
  if (length !== undefined) return bytes.length >= start + Number(length) ? start + Number(length) : undefined
  const last = bytes.indexOf(LAST_CHUNK, start)
  return last < 0 ? undefined : last + LAST_CHUNK.length
}

/** Sends the request again and again on one connection until `until`, and adds the time of each call to `times`. */
function repeat({ port, request }: Target, until: number, times: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let socket: Socket
    let received: Buffer = Buffer.alloc(0)
    let began = 0
    let isOver = false
    const send = () => {
      began = performance.now()
      socket.write(request)
    }
    const open = () => {
      socket = connect({ port, host: '127.0.0.1', noDelay: true })
      socket.once('connect', send)
      socket.once('error', reject)
      // A server asks for a new connection after a number of requests, and leaves it to the client to end the old one.
      socket.once('close', () => (isOver ? resolve() : open()))
      socket.on('data', (chunk: Buffer) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
        try {
          if (answerLength(received) === undefined) return
        } catch (error) {
          isOver = true
          socket.destroy()
          reject(error)
          return
        }
        const isLast = received.indexOf('\r\nConnection: close') >= 0 || received.indexOf('\r\nconnection: close') >= 0
        received = Buffer.alloc(0)
        const now = performance.now()
        times.push(now - began)
        isOver = now >= until
        if (isOver || isLast) socket.destroy()
        else send()
      })
    }
    open()
  })
}

/** Calls a server on so many connections for so many milliseconds; throws at the first answer other than 200. */
export async function load(target: Target, connections: number, span: number): Promise<Load> {
  const times: number[] = []
  const began = performance.now()
  await Promise.all(Array.from({ length: connections }, () => repeat(target, began + span, times)))
  const took = performance.now() - began
  const sorted = Float64Array.from(times).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { count: times.length, rate: (times.length * 1000) / took, p50: at(0.5), p99: at(0.99) }
}
