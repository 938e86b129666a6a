/** The local KMS in this process as destination of requests: no network, and no copy of the body. */
import type { HttpAnswer, HttpRequest } from '../http/exchange.ts'
import type { LocalKms } from '../kms/kms.ts'
import type { Receiver, Upstream, UpstreamRequest } from './upstream.ts'

/** Base URL of the local KMS, whose name can't be resolved. */
export const LOCAL_KMS = 'http://kms.local'

const requestOf = ({ method, url, headers, body }: UpstreamRequest, gone: AbortController): HttpRequest => ({
  method,
  target: url.pathname + url.search,
  origin: url.origin,
  client: undefined,
  // An AbortController makes its signal when it is asked for.
  get signal() {
    return gone.signal
  },
  onGone: (callback) => gone.signal.addEventListener('abort', callback, { once: true }),
  header: (name) => headers[name],
  body: async (limit) => (body.length > limit ? undefined : Buffer.from(body.buffer, body.byteOffset, body.byteLength)),
})

const deliver = async (body: HttpAnswer['body'], receiver: Receiver, gone: AbortController) => {
  if (typeof body === 'string') receiver.chunk(Buffer.from(body))
  else if (body instanceof Uint8Array) receiver.chunk(body)
  else
    for await (const chunk of body ?? []) {
      if (gone.signal.aborted) return
      receiver.chunk(chunk)
    }
}

export const localUpstream = (kms: Pick<LocalKms, 'answer'>): Upstream => ({
  send(request, receiver) {
    const gone = new AbortController()
    const exchange = async () => {
      const answer = await kms.answer(requestOf(request, gone))
      if (answer === undefined) throw new Error('The local KMS broke off')
      receiver.head(answer.status, answer.headers)
      await deliver(answer.body, receiver, gone)
      receiver.end()
    }
    exchange().catch(receiver.fail)
    return () => gone.abort()
  },
})
