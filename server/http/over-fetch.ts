/** Requests and answers of `fetch`, for calls within this process. */
import { readLimited } from '../limited-body.ts'
import type { HttpAnswer, HttpRequest } from './exchange.ts'

/** Request target of an absolute URL. */
const targetOf = (url: string): string => /^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] ?? '/'

/**
 * @param target as sent, if the caller knows it: signatures cover its characters, and a URL is normalised
 * @param client IP address; undefined for a call from this process
 */
export const requestOf = (request: Request, target = targetOf(request.url), client?: string): HttpRequest => ({
  method: request.method,
  target,
  client,
  get origin() {
    return new URL(request.url).origin
  },
  get signal() {
    return request.signal
  },
  onGone(callback) {
    if (request.signal.aborted) callback()
    else request.signal.addEventListener('abort', callback, { once: true })
  },
  header: (name) => request.headers.get(name) ?? undefined,
  body: (limit, options) => readLimited(request.body, limit, options),
})

function bodyOf(body: HttpAnswer['body']) {
  if (body === undefined || typeof body === 'string') return body ?? null
  return body instanceof Uint8Array ? new Uint8Array(body) : ReadableStream.from(body)
}

export const responseOf = ({ status, headers, body }: HttpAnswer): Response =>
  new Response(bodyOf(body), { status, headers })

/** Parameters as those of `requestOf`. */
export type Fetch = (...request: Parameters<typeof requestOf>) => Promise<Response>

/** Handler for `fetch` from one for plain requests. */
export const fetchOf =
  (answer: (request: HttpRequest) => Promise<HttpAnswer>): Fetch =>
  async (...request) => {
    const { body, ...head } = await answer(requestOf(...request))
    const isSent = body !== undefined && request[0].method !== 'HEAD'
    return responseOf(isSent ? { ...head, body } : head)
  }
