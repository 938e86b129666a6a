/** Verification of EXO2-HMAC-SHA256 signatures: known key, these exact bytes, not expired. */
import { createHmac, timingSafeEqual } from 'node:crypto'

const SCHEME = /^EXO2-HMAC-SHA256 +(.*)$/s
/** Seconds of tolerance, because some of the vendor's clients use the current second as expiry. */
const LEEWAY_SECONDS = 60
/** Longest validity in seconds, because a captured request can be sent again until it expires. Clients use 600. */
const LONGEST_SECONDS = 3600

export interface SignedRequest {
  /** Upper case. */
  readonly method: string
  /** As sent: percent-encoded, with every prefix, without the query. */
  readonly path: string
  /** As sent, without the question mark; empty for none. */
  readonly query: string
  readonly body: Uint8Array
}

/** Claims of an `Authorization` header. */
interface Claim {
  readonly expires: string
  readonly signature: string
  readonly signedArguments: readonly string[]
}

interface Admitted {
  /** API key that the request claims to be signed with. */
  readonly credential: string
  readonly claim: Claim
  readonly secret: string
}

export const WRONG_SIGNATURE = 'Invalid request signature'
export const UNKNOWN_API_KEY = 'Invalid API key'

/** Values by name; undefined if a pair has no name or a name occurs twice. Values may contain `=`. */
function readPairs(text: string): ReadonlyMap<string, string> | undefined {
  const pairs = new Map<string, string>()
  for (const pair of text.split(',')) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair.trim()) ?? []
    if (name === undefined || value === undefined || pairs.has(name)) return undefined
    pairs.set(name, value)
  }
  return pairs
}

/**
 * Parses the header, finds the secret and checks the expiry. Needs no body, so that unknown callers are refused before
 * their body is read.
 * @param now milliseconds since the epoch
 */
export function admit(
  header: string | undefined,
  secretOf: (key: string) => string | undefined,
  now: number,
): Admitted | { readonly refusal: string } {
  const [, text] = SCHEME.exec(header ?? '') ?? []
  if (text === undefined) return { refusal: 'Missing authentication' }
  const pairs = readPairs(text)
  const credential = pairs?.get('credential')
  const expires = pairs?.get('expires')
  const signature = pairs?.get('signature')
  if (credential === undefined || signature === undefined || expires === undefined || !/^\d{1,15}$/.test(expires))
    return { refusal: WRONG_SIGNATURE }
  const secret = secretOf(credential)
  if (secret === undefined) return { refusal: UNKNOWN_API_KEY }
  if (Number(expires) + LEEWAY_SECONDS < now / 1000) return { refusal: 'Request expired' }
  if (Number(expires) > now / 1000 + LONGEST_SECONDS + LEEWAY_SECONDS)
    return { refusal: `Request expires too far ahead: at most ${LONGEST_SECONDS} seconds from now` }
  const names = pairs?.get('signed-query-args') ?? ''
  return { credential, claim: { expires, signature, signedArguments: names === '' ? [] : names.split(';') }, secret }
}

/** Bytes as latin1, like header values, so that no byte is lost in any encoding. */
const percentDecoded = (text: string): string =>
  text.replaceAll('+', ' ').replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Decoded values by decoded name, both as latin1. */
export function readQuery(query: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>()
  for (const pair of query.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = percentDecoded(at < 0 ? pair : pair.slice(0, at))
    const value = at < 0 ? '' : percentDecoded(pair.slice(at + 1))
    values.set(name, [...(values.get(name) ?? []), value])
  }
  return values
}

/** Signed query parameters, as latin1: only unique names, because the vendor's clients handle repeated ones differently. */
function signedValues(query: string, names: readonly string[]): string {
  if (names.length === 0) return ''
  const values = readQuery(query)
  const counted = names.flatMap((name) => {
    const found = values.get(name)
    return found?.length === 1 ? found : []
  })
  return counted.join('')
}

/** Whether the signature is valid for this request, in constant time. */
export function isSigned({ claim, secret }: Admitted, request: SignedRequest): boolean {
  const expected = createHmac('sha256', secret)
    .update(`${request.method} ${request.path}\n`, 'latin1')
    .update(request.body)
    .update(`\n${signedValues(request.query, claim.signedArguments)}\n\n${claim.expires}`, 'latin1')
    .digest('base64')
  const given = Buffer.from(claim.signature, 'latin1')
  const right = Buffer.from(expected, 'latin1')
  return given.length === right.length && timingSafeEqual(given, right)
}
