/** Call to a provider within limits of time and size; every failure becomes a problem with the provider's name. */
import { createJsonCheck } from './json-check.ts'
import { type Problem, ProblemError } from './problem.ts'

/** Destination of requests: the network, or the local KMS in this process. */
export interface Upstream {
  /** @param signal ends the call; never a signal of the request, which Node loses when it collects garbage */
  fetch(request: Request, signal: AbortSignal): Promise<Response>
  /** Proxy of calls to the URL, without user and password; absent or undefined for a direct connection. */
  via?(url: string): string | undefined
}

/** Deadline of one call to a provider in milliseconds. */
export const defaultTimeout = 10_000

/** Network transport. Redirects aren't followed, so that credentials reach only the configured address. */
export const network: Upstream = { fetch: (request, signal) => fetch(request, { redirect: 'manual', signal }) }

export interface Answer {
  readonly ok: boolean
  readonly status: number
  readonly headers: Headers
  /** JSON in blocks: joining megabytes would block other requests. Empty for an empty answer. */
  readonly body: readonly Uint8Array<ArrayBuffer>[]
  /** Bytes. */
  readonly length: number
}

export interface AnswerLimits {
  /** Bytes of the body. */
  readonly bytes: number
  /** Duration of the whole call, as a multiple of the timeout. */
  readonly timeouts: number
}

/** A list of 100,000 keys has 57 MB; no other answer has a tenth of a megabyte. */
export const answerLimits = {
  list: { bytes: 256 << 20, timeouts: 6 },
  other: { bytes: 8 << 20, timeouts: 2 },
} as const satisfies Record<string, AnswerLimits>

export interface CallOptions {
  readonly upstream: Upstream
  /** Display name of the provider. */
  readonly name: string
  /** Milliseconds until the head of the answer, and between two chunks of its body. */
  readonly timeout: number
  readonly limits: AnswerLimits
  /** Ends the call early when the client has disconnected. */
  readonly signal?: AbortSignal
}

/** The client has disconnected: no answer is possible. */
export class ClientGoneError extends Error {
  override readonly name = 'GoneError'
}

/** Codes of certificates that no known authority has issued. */
const untrusted =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE).*)$/

/** What failed in the network, without address and header: `(ECONNREFUSED).` */
const reasonOf = (error: unknown): string => {
  for (let at = error; at instanceof Error; at = at.cause) {
    const refused = /^Proxy response \((\d+)\)/.exec(at.message)?.[1]
    if (refused !== undefined) return `: its proxy answered ${refused}.`
    if (!('code' in at) || typeof at.code !== 'string') continue
    const advice = untrusted.test(at.code)
      ? ' Its certificate is not trusted: EXTRA_CA_FILE names authorities that are.'
      : ''
    return ` (${at.code}).${advice}`
  }
  return '.'
}

/** Reason to refuse an answer by its head. */
const refusalOf = ({ status, headers }: Response): string | undefined => {
  if (status < 200 || status > 599) return `answered ${status}, which is not a valid HTTP status.`
  if (status >= 300 && status < 400)
    return `answered ${status}, a redirect, which its API never does. Check the endpoint.`
  // fetch inflates: a few kilobytes can become gigabytes.
  const encoding = headers.get('content-encoding') ?? ''
  const isPlain = encoding.split(',').every((one) => /^\s*(identity)?\s*$/i.test(one))
  return isPlain ? undefined : 'compressed its answer, which was not asked for.'
}

/** Bytes of a block. */
const BLOCK = 64 << 10

/** Joins short chunks to blocks: a chunk of one byte, kept as it is, takes a hundred times its size. */
function createBlocks() {
  const blocks: Uint8Array<ArrayBuffer>[] = []
  const open = new Uint8Array(BLOCK)
  let used = 0
  const close = () => {
    if (used > 0) blocks.push(open.slice(0, used))
    used = 0
  }
  return {
    add(chunk: Uint8Array<ArrayBuffer>) {
      if (used + chunk.length > BLOCK) close()
      if (chunk.length > BLOCK / 2) {
        close()
        blocks.push(chunk)
        return
      }
      open.set(chunk, used)
      used += chunk.length
    },
    end(): readonly Uint8Array<ArrayBuffer>[] {
      close()
      return blocks
    },
  }
}

/** Ends a call from outside. The wait ends even if the call never notices its signal. */
function createEnding() {
  const aborting = new AbortController()
  const { promise, reject } = Promise.withResolvers<never>()
  return {
    signal: aborting.signal,
    ended: promise,
    end(reason: Error) {
      reject(reason)
      aborting.abort()
    },
  }
}

/**
 * Sends the request and reads the whole answer.
 * @throws ProblemError for a provider that is down, slow, or answers no JSON or too much; ClientGoneError if `signal` ended the call
 */
export const call = async (
  { upstream, name, timeout, limits, signal }: CallOptions,
  request: Request,
): Promise<Answer> => {
  const fail = (slug: Problem['slug'], detail: string) =>
    new ProblemError({ slug, detail: `${name} ${detail}`, cloud: name })
  const { signal: stopped, ended, end } = createEnding()
  const proxy = upstream.via?.(request.url)
  const route = proxy === undefined ? '' : ` Calls to it go through the proxy ${proxy}.`

  const exchange = async (): Promise<Answer> => {
    const response = await upstream.fetch(request, stopped)
    silence.refresh()
    const refused = (detail: string) => fail('upstream-not-json', detail)
    const reason = refusalOf(response)
    if (reason !== undefined) throw refused(reason)
    const { ok, status, headers } = response
    const notJson = () => refused(`answered ${status} with something that isn’t JSON.`)
    const body = createBlocks()
    let length = 0
    const check = createJsonCheck()
    for await (const chunk of response.body ?? []) {
      stopped.throwIfAborted()
      silence.refresh()
      if (chunk.length === 0) continue
      length += chunk.length
      if (length > limits.bytes)
        throw refused(`answered with more than ${limits.bytes} bytes, which no such answer of its API has.`)
      if (!check.add(chunk)) throw notJson()
      body.add(chunk)
    }
    if (length > 0 && !check.isComplete()) throw notJson()
    return { ok, status, headers, body: body.end(), length }
  }

  const tooSlow = (detail: string) => () => end(fail('upstream-timeout', `${detail}${route}`))
  const longest = timeout * limits.timeouts
  const silence = setTimeout(tooSlow(`didn’t answer within ${timeout / 1000} seconds.`), timeout)
  const whole = setTimeout(tooSlow(`didn’t finish its answer within ${longest / 1000} seconds.`), longest)
  const gone = () => end(new ClientGoneError())
  signal?.addEventListener('abort', gone)
  if (signal?.aborted) gone()
  try {
    return await Promise.race([exchange(), ended])
  } catch (error) {
    const known =
      error instanceof ProblemError || error instanceof ClientGoneError
        ? error
        : fail('upstream-unreachable', `can’t be reached${reasonOf(error)}${route}`)
    // Closes the connection of a refused answer.
    end(known)
    throw known
  } finally {
    clearTimeout(silence)
    clearTimeout(whole)
    signal?.removeEventListener('abort', gone)
  }
}
