/** One call to a cloud: with a deadline, and with every way to fail turned into a problem that names the cloud. */
import { ProblemError } from './problem.ts'

/** Destination of requests: the network, or the local KMS in this process. */
export interface Upstream {
  fetch(request: Request): Promise<Response>
}

/** Milliseconds for one call to a cloud. */
export const defaultTimeout = 10_000

/** The network. Redirects aren't followed: credentials go to the configured address and nowhere else. */
export const network: Upstream = { fetch: (request) => fetch(request, { redirect: 'manual' }) }

export interface Answer {
  readonly ok: boolean
  readonly status: number
  readonly headers: Headers
  /** Chunks as they arrived: joining megabytes would block other requests. */
  readonly body: readonly Uint8Array<ArrayBuffer>[]
  /** Bytes. */
  readonly length: number
  /** The body read as JSON; undefined for an empty one, and for one of megabytes. */
  readonly json: unknown
}

export interface CallOptions {
  readonly upstream: Upstream
  /** Name of the provider, for people. */
  readonly name: string
  /** Milliseconds that may pass without anything of the answer; the whole of a long answer may take six times as long. */
  readonly timeout: number
  /** Ends the call early, when whoever asked has gone. */
  readonly signal?: AbortSignal
  /** Bytes that an answer may have. */
  readonly limit?: number
}

class TooLongError extends Error {}

/** The person who asked has gone: there is nobody to tell. */
export class ClientGoneError extends Error {
  override readonly name = 'GoneError'
}

/** The network's own word for what went wrong (`ECONNREFUSED`), which holds neither address nor header. */
const codeOf = (error: unknown): string => {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return ` (${at.code})`
  }
  return ''
}

/** Bytes from which an answer is taken for JSON by its two ends: to read megabytes would hold up everybody else. */
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
 * Sends the request that `request` makes and reads the whole answer.
 * @throws ProblemError for a cloud that is down, slow, or answers no JSON or too much; GoneError when `signal` ended the call
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
