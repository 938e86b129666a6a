/** Call to a provider within limits of time and size; every failure becomes a problem with the provider's name. */
import type { IncomingHttpHeaders } from 'node:http'
import { createBlocks } from './blocks.ts'
import { createJsonCheck } from './json-check.ts'
import { type Problem, ProblemError } from './problem.ts'

/** Request to a provider. */
export interface UpstreamRequest {
  /** Upper case. */
  readonly method: string
  /** Path and query are percent-encoded. */
  readonly url: URL
  /** Names in lower case; without `Host` and `Content-Length`. */
  readonly headers: Readonly<Record<string, string>>
  /** Empty for none. */
  readonly body: Uint8Array
}

/** Takes an answer while it arrives; anything after `end` or `fail` is ignored. */
export interface Receiver {
  /** @param headers names in lower case */
  head(status: number, headers: IncomingHttpHeaders): void
  chunk(bytes: Uint8Array): void
  end(): void
  fail(error: unknown): void
}

/** Destination of requests: the network, or the local KMS in this process. */
export interface Upstream {
  /** Redirects aren't followed. Returns what ends the call, with its connection. */
  send(request: UpstreamRequest, receiver: Receiver): () => void
  /** Proxy of calls to the URL, without user and password; absent or undefined for a direct connection. */
  via?(url: URL): string | undefined
}

/** Deadline of one call to a provider in milliseconds. */
export const defaultTimeout = 10_000

export interface Answer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders
  /** JSON in blocks: joining megabytes would block other requests. Empty for an empty answer. */
  readonly body: readonly Uint8Array[]
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
  /** Calls back when the client disconnects, which ends the call. */
  readonly onGone?: (callback: () => void) => void
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
const refusalOf = (status: number, headers: IncomingHttpHeaders): string | undefined => {
  if (status < 200 || status > 599) return `answered ${status}, which is not a valid HTTP status.`
  if (status >= 300 && status < 400)
    return `answered ${status}, a redirect, which its API never does. Check the endpoint.`
  // A browser would inflate it: a few kilobytes can become gigabytes.
  const encoding = headers['content-encoding'] ?? ''
  const isPlain =
    encoding === '' ||
    [encoding]
      .flat()
      .join()
      .split(',')
      .every((one) => /^\s*(identity)?\s*$/i.test(one))
  return isPlain ? undefined : 'compressed its answer, which was not asked for.'
}

/**
 * Sends the request and reads the whole answer.
 * @throws ProblemError for a provider that is down, slow, or answers no JSON or too much; ClientGoneError if the client disconnects meanwhile
 */
export const call = (
  { upstream, name, timeout, limits, onGone }: CallOptions,
  request: UpstreamRequest,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    let status = 0
    let headers: IncomingHttpHeaders = {}
    let length = 0
    let isSettled = false
    let cancel: (() => void) | undefined
    const body = createBlocks()
    const check = createJsonCheck()

    const settle = () => {
      isSettled = true
      clearTimeout(silence)
      clearTimeout(whole)
    }
    /** Ends the call, and closes its connection. */
    const fail = (error: Error) => {
      if (isSettled) return
      settle()
      reject(error)
      cancel?.()
    }
    const problem = (slug: Problem['slug'], detail: string) =>
      fail(new ProblemError({ slug, detail: `${name} ${detail}`, cloud: name }))
    const route = () => {
      const proxy = upstream.via?.(request.url)
      return proxy === undefined ? '' : ` Calls to it go through the proxy ${proxy}.`
    }
    const refuse = (detail: string) => problem('upstream-not-json', detail)
    const notJson = () => refuse(`answered ${status} with something that isn’t JSON.`)
    const tooSlow = (detail: string) => () => problem('upstream-timeout', `${detail}${route()}`)

    const longest = timeout * limits.timeouts
    const silence = setTimeout(tooSlow(`didn’t answer within ${timeout / 1000} seconds.`), timeout)
    const whole = setTimeout(tooSlow(`didn’t finish its answer within ${longest / 1000} seconds.`), longest)
    onGone?.(() => fail(new ClientGoneError()))
    if (isSettled) return

    cancel = upstream.send(request, {
      head(answered, fields) {
        if (isSettled) return
        silence.refresh()
        ;[status, headers] = [answered, fields]
        const reason = refusalOf(status, headers)
        if (reason !== undefined) refuse(reason)
      },
      chunk(bytes) {
        if (isSettled) return
        silence.refresh()
        if (bytes.length === 0) return
        length += bytes.length
        if (length > limits.bytes)
          return refuse(`answered with more than ${limits.bytes} bytes, which no such answer of its API has.`)
        if (!check.add(bytes)) return notJson()
        body.add(bytes)
      },
      end() {
        if (isSettled) return
        if (length > 0 && !check.isComplete()) return notJson()
        settle()
        resolve({ status, headers, body: body.end(), length })
      },
      fail: (error) => problem('upstream-unreachable', `can’t be reached${reasonOf(error)}${route()}`),
    })
    // The call may have failed before there was a way to end it.
    if (isSettled) cancel()
  })
