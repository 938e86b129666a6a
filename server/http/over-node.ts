/** Requests and answers over a socket, by `node:http`. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { ReadOptions } from '../limited-body.ts'
import type { HttpAnswer, HttpRequest } from './exchange.ts'

/** Connection of a request, for faults that break it. */
export interface Connection {
  /** Aborted when the client disconnects or the server stops. */
  readonly closed: AbortSignal
  /** Resolves when the answer has been sent or the connection has ended. */
  readonly answered: Promise<void>
  /** Breaks the connection with a TCP reset. */
  reset(): void
  /** Announces the whole answer, sends the first bytes of its body and ends the connection. */
  cut(answer: CutAnswer, bytes: number): void
}

type CutAnswer = HttpAnswer & { readonly body: Uint8Array }

/** Answers a request; undefined if it has broken the connection. */
export type Answering = (request: HttpRequest, connection: Connection) => Promise<HttpAnswer | undefined>

export type NodeHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => void

class NodeRequest implements HttpRequest {
  readonly method: string
  readonly target: string
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  #signal: AbortSignal | undefined

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.method = incoming.method ?? ''
    this.target = incoming.url ?? ''
    this.#incoming = incoming
    this.#outgoing = outgoing
  }

  get origin(): string {
    return new URL(`http://${this.#incoming.headers.host}`).origin
  }

  get client(): string {
    return this.#incoming.socket.remoteAddress ?? ''
  }

  /** Made when it is asked for: most calls end before anybody looks at it. */
  get signal(): AbortSignal {
    if (this.#signal === undefined) {
      const gone = new AbortController()
      this.#signal = gone.signal
      this.onGone(() => gone.abort())
    }
    return this.#signal
  }

  onGone(callback: () => void): void {
    const outgoing = this.#outgoing
    const onClose = () => {
      if (!outgoing.writableFinished) callback()
    }
    if (outgoing.destroyed) onClose()
    else outgoing.once('close', onClose)
  }

  header(name: string): string | undefined {
    const value = this.#incoming.headers[name]
    return typeof value === 'string' ? value : value?.join(', ')
  }

  body(limit: number, { drain = false }: ReadOptions = {}): Promise<Buffer | undefined> {
    const incoming = this.#incoming
    return new Promise((resolve, reject) => {
      if (incoming.destroyed || incoming.readableEnded) return reject(new Error('the body can no longer be read'))
      const chunks: Buffer[] = []
      let length = 0
      incoming.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length <= limit) chunks.push(chunk)
        else if (!drain) resolve(undefined)
      })
      incoming.on('end', () => {
        const [first, ...more] = chunks
        resolve(length > limit ? undefined : first && more.length === 0 ? first : Buffer.concat(chunks))
      })
      incoming.on('error', reject)
    })
  }
}

class NodeConnection implements Connection {
  readonly #request: HttpRequest
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  readonly #stopping: AbortSignal

  constructor(request: HttpRequest, incoming: IncomingMessage, outgoing: ServerResponse, stopping: AbortSignal) {
    this.#request = request
    this.#incoming = incoming
    this.#outgoing = outgoing
    this.#stopping = stopping
  }

  get closed(): AbortSignal {
    return AbortSignal.any([this.#request.signal, this.#stopping])
  }

  get answered(): Promise<void> {
    if (this.#outgoing.destroyed) return Promise.resolve()
    return new Promise((resolve) => void this.#outgoing.once('close', resolve))
  }

  reset(): void {
    this.#incoming.socket.resetAndDestroy()
  }

  cut({ status, headers, body }: CutAnswer, bytes: number): void {
    const outgoing = this.#outgoing
    // An answer without a body, as to HEAD, is complete, but its client must not reuse the connection.
    outgoing.writeHead(status, { ...headers, 'content-length': body.length, connection: 'close' })
    outgoing.flushHeaders()
    if (bytes > 0) outgoing.write(body.subarray(0, bytes))
    this.#incoming.socket.destroySoon()
  }
}

/** Sends an answer; without its body to HEAD. */
export function send(incoming: IncomingMessage, outgoing: ServerResponse, answer: HttpAnswer): void {
  const { status, headers, cookies, body } = answer
  if (cookies) outgoing.setHeader('set-cookie', cookies)
  if (typeof body === 'string' || body instanceof Uint8Array) {
    const length = Buffer.byteLength(body)
    const list = ['content-length', String(length)]
    for (const name of Object.keys(headers)) list.push(name, headers[name] ?? '')
    outgoing.writeHead(status, list)
    // A text with as many bytes as characters is ASCII, which need not be converted.
    outgoing.end(body, length === body.length ? 'latin1' : 'utf8')
    return
  }
  outgoing.writeHead(status, headers)
  if (!body || incoming.method === 'HEAD') {
    outgoing.end()
    // Ends the reading of what is not sent.
    void body?.[Symbol.asyncIterator]().return?.()
    return
  }
  // A failure ends the connection within the body, which tells the client that something is missing.
  pipeline(body, outgoing).catch(() => outgoing.destroy())
}

const isHost = (host: string) => /^[^\s/?#@\\]+$/.test(host) && URL.canParse(`http://${host}`)

const badRequest: HttpAnswer = { status: 400, headers: {} }
const failed: HttpAnswer = { status: 500, headers: {} }

/**
 * Handler that refuses a target that is no path, and a host that no URL can have.
 * @param stopping aborted when the server stops
 */
export function answering(answer: Answering, stopping: AbortSignal): NodeHandler {
  // Most requests name the same one.
  let lastHost: string | undefined
  const isUsable = ({ url = '', headers: { host = '' } }: IncomingMessage): boolean => {
    if (!url.startsWith('/')) return false
    if (host === lastHost) return true
    if (!isHost(host)) return false
    lastHost = host
    return true
  }
  return (incoming, outgoing) => {
    if (!isUsable(incoming)) return send(incoming, outgoing, badRequest)
    const request = new NodeRequest(incoming, outgoing)
    const deliver = (given: HttpAnswer | undefined) => {
      if (!given) return
      try {
        send(incoming, outgoing, given)
      } catch {
        // An answer that can't be sent, such as one with a header that HTTP does not allow.
        outgoing.destroy()
      }
    }
    const connection = new NodeConnection(request, incoming, outgoing, stopping)
    answer(request, connection).then(deliver, () => deliver(failed))
  }
}
