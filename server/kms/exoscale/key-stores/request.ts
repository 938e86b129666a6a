/** One request to a proxy: to a checked address, without redirects, within a deadline and a limit of the answer. */
import type { IncomingMessage } from 'node:http'
import type { LookupFunction } from 'node:net'
import { http, https } from '../../../http/node-http.ts'
import { readLimited } from '../../../limited-body.ts'
import { type Address, type AddressRules, addressesOf, EndpointError } from './addresses.ts'
import { ProxyFailure } from './failure.ts'
import { type ProxyCredential, signedHeaders } from './signature.ts'

/** Limit of an answer in bytes; the longest one holds a plaintext. */
const MAX_ANSWER = 65_536

export interface RequestOptions extends AddressRules {
  /** Milliseconds from the first look-up to the last byte. */
  readonly deadline: number
}

export interface ProxyAnswer {
  readonly status: number
  readonly type: string
  readonly body: Buffer
}

/** Connects to the addresses that were checked, whatever the name says by then. */
const only =
  (addresses: readonly Address[]): LookupFunction =>
  (_host, { all }, callback) => {
    const [first] = addresses
    if (all) callback(null, [...addresses])
    else if (first) callback(null, first.address, first.family)
  }

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'no answer')

/**
 * Runs calls of a proxy within the deadline.
 * @throws ProxyFailure for whatever goes wrong
 */
export async function guarded<T>({ deadline }: RequestOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(deadline)
  // A look-up of a name can't be aborted.
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })
  // Nobody waits for it once the work has ended.
  ended.catch(() => {})
  try {
    return await Promise.race([work(signal), ended])
  } catch (error) {
    if (error instanceof ProxyFailure) throw error
    if (error instanceof EndpointError) throw new ProxyFailure('endpoint', error.message)
    if (signal.aborted) throw new ProxyFailure('unreachable', `it did not answer within ${deadline} ms`)
    throw new ProxyFailure('unreachable', `it can't be reached: ${codeOf(error)}`)
  }
}

/** Posts a body to a checked address of the URL. */
export async function post(
  url: URL,
  body: Buffer,
  credential: ProxyCredential,
  { signal, ...rules }: AddressRules & { readonly signal: AbortSignal },
): Promise<ProxyAnswer> {
  const addresses = await addressesOf(url, rules)
  const { request } = url.protocol === 'http:' ? http : https()
  const headers = {
    // The proxy compares the time with its own, so it is never that of a test.
    ...signedHeaders(url, body, credential, Date.now()),
    'content-type': 'application/json',
    'content-length': body.length,
  }
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent: false, lookup: only(addresses), signal, headers }, resolve)
    sent.on('error', reject)
    sent.end(body)
  })
  const read = await readLimited(answer, MAX_ANSWER)
  if (!read) throw new ProxyFailure('invalid-answer', `its answer is longer than ${MAX_ANSWER} bytes`)
  return { status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', body: read }
}
