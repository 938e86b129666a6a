/** Call to a provider with a deadline; every failure becomes a problem with the provider's name. */
import { ProblemError } from './problem.ts'

/** Destination of requests: the network, or the local KMS in this process. */
export interface Upstream {
  fetch(request: Request): Promise<Response>
}

/** Deadline of one call to a provider in milliseconds. */
export const defaultTimeout = 10_000

/** Network transport. Redirects aren't followed, so that credentials reach only the configured address. */
export const network: Upstream = { fetch: (request) => fetch(request, { redirect: 'manual' }) }

export interface Answer {
  readonly ok: boolean
  readonly status: number
  readonly headers: Headers
  /** Chunks as received: joining megabytes would block other requests. */
  readonly body: readonly Uint8Array<ArrayBuffer>[]
  /** Bytes. */
  readonly length: number
  /** Parsed JSON body; undefined for an empty one, and for one of megabytes. */
  readonly json: unknown
}

export interface CallOptions {
  readonly upstream: Upstream
  /** Display name of the provider. */
  readonly name: string
  /** Milliseconds without a chunk of the answer; a complete long answer may take six times as long. */
  readonly timeout: number
  /** Ends the call early when the client has disconnected. */
  readonly signal?: AbortSignal
  /** Limit of an answer in bytes. */
  readonly limit?: number
}

class TooLongError extends Error {}

/** The client has disconnected: no answer is possible. */
export class ClientGoneError extends Error {
  override readonly name = 'GoneError'
}

/** Error code of the network (`ECONNREFUSED`), which contains neither address nor header. */
const codeOf = (error: unknown): string => {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return ` (${at.code})`
  }
  return ''
}

/** Bytes from which only the ends of an answer are checked for JSON, because parsing megabytes blocks other requests. */
const LONG = 4 << 20

type Body = Pick<Answer, 'body' | 'length'>

const endsOf = ({ body }: Body) => String.fromCharCode(body[0]?.[0] ?? 0, body.at(-1)?.at(-1) ?? 0)

function parse(read: Body): unknown {
  if (read.length === 0) return undefined
  if (read.length >= LONG && ['[]', '{}'].includes(endsOf(read))) return undefined
  return JSON.parse(new TextDecoder().decode(Buffer.concat(read.body)))
}

/** Deadline that is extended with each chunk. */
function createDeadline(timeout: number) {
  const ending = new AbortController()
  const end = () => ending.abort()
  const silence = setTimeout(end, timeout)
  const whole = setTimeout(end, timeout * 6)
  return {
    signal: ending.signal,
    heard: () => void silence.refresh(),
    stop() {
      clearTimeout(silence)
      clearTimeout(whole)
    },
  }
}

async function readBody(response: Response, limit: number, heard: () => void): Promise<Body> {
  const body: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    heard()
    if (chunk.length === 0) continue
    length += chunk.length
    if (length > limit) throw new TooLongError()
    body.push(chunk)
  }
  return { body, length }
}

/**
 * Sends the request from `request` and reads the whole answer.
 * @throws ProblemError for a provider that is down, slow, or answers no JSON or too much; GoneError if `signal` ended the call
 */
export const call = async (
  { upstream, name, timeout, signal, limit = 256 << 20 }: CallOptions,
  request: (signal: AbortSignal) => Request,
): Promise<Answer> => {
  const { signal: deadline, heard, stop } = createDeadline(timeout)
  const fail = (slug: 'upstream-unreachable' | 'upstream-not-json' | 'upstream-timeout', detail: string) =>
    new ProblemError({ slug, detail, cloud: name })

  const { response, read } = await (async () => {
    try {
      const response = await upstream.fetch(request(signal ? AbortSignal.any([signal, deadline]) : deadline))
      heard()
      return { response, read: await readBody(response, limit, heard) }
    } catch (error) {
      if (signal?.aborted) throw new ClientGoneError()
      if (error instanceof TooLongError)
        throw fail(
          'upstream-not-json',
          `${name} answered with more than ${limit} bytes, which no answer of its API has.`,
        )
      if (deadline.aborted) throw fail('upstream-timeout', `${name} didn’t answer within ${timeout / 1000} seconds.`)
      throw fail('upstream-unreachable', `${name} can’t be reached${codeOf(error)}.`)
    } finally {
      stop()
    }
  })()

  const { status, ok, headers } = response
  if (status >= 300 && status < 400) {
    throw fail(
      'upstream-not-json',
      `${name} answered ${status}, a redirect, which its API never does. Check the endpoint.`,
    )
  }
  try {
    return { ok, status, headers, ...read, json: parse(read) }
  } catch {
    throw fail('upstream-not-json', `${name} answered ${status} with something that isn’t JSON.`)
  }
}
