import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { locate } from '../../kms/exoscale/request.ts'
import { admit, isSigned } from '../../kms/exoscale/signature.ts'
import { openTestServer, type TestServer } from '../../kms/exoscale/testing/server.ts'
import type { Connection } from '../connection.ts'
import { network } from '../testing/connections.ts'
import { answerLimits, call } from '../upstream.ts'
import { connectExoscale } from './connection.ts'
import { signatureHeader } from './signature.ts'

const credential = { key: 'EXO0123456789abcdef01234567', secret: 'not-a-real-secret_for-test-vectors-only-012' }
const expires = 1_767_226_200
const now = (expires - 600) * 1000

/** Request of the gateway. */
interface Made {
  readonly method: string
  /** Target with its query, in any spelling; the URL is sent. */
  readonly url: URL
  readonly body: Uint8Array
}

const signed = ({ method, url, body }: Made, signer = credential) =>
  signatureHeader({ method, url, body }, signer, expires)

/** Reason of the local KMS's refusal; undefined if it accepts. */
function refusal(header: string, { method, url, body }: Made): string | undefined {
  const admission = admit(header, (key) => (key === credential.key ? credential.secret : undefined), now)
  if ('refusal' in admission) return admission.refusal
  const request = { method, path: url.pathname, query: url.search.slice(1), body }
  return isSigned(admission, request) ? undefined : 'Invalid request signature'
}

const anyText = fc.string({ unit: 'grapheme', maxLength: 12 })

/** Path segments: percent-encoded, with colons, letters outside ASCII and characters that a URL keeps. */
const segment = fc.oneof(
  anyText.map(encodeURIComponent),
  fc.constantFrom(
    'kms-key',
    '019eef1b-c320-7416-89a2-8f65eb889ad1:policy',
    '%2F',
    '%2f',
    'a%3Ab',
    'clé',
    '@!$&()*+,;=',
  ),
)
const path = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((segments) => `/zone/ch-gva-2/v2/${segments.join('/')}`)

/** Query argument in all spellings: percent-encoded, form-encoded with plus signs, empty, and without a value. */
const name = fc.oneof(
  fc.constantFrom('from', 'to', 'a'),
  anyText.filter((text) => text.isWellFormed()),
)
const pair = fc
  .tuple(name, anyText, fc.constantFrom('encoded', 'form', 'blank', 'bare'))
  .map(([key, value, spelling]) => {
    if (spelling === 'form') return new URLSearchParams([[key, value]]).toString()
    if (spelling === 'bare') return encodeURIComponent(key)
    return `${encodeURIComponent(key)}=${spelling === 'blank' ? '' : encodeURIComponent(value)}`
  })
const query = fc.array(pair, { maxLength: 5 }).map((pairs) => (pairs.length === 0 ? '' : `?${pairs.join('&')}`))

const request = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
    path,
    query,
    body: fc.oneof(
      fc.constant(new Uint8Array()),
      fc.uint8Array({ maxLength: 64 }),
      fc.json().map((text) => new TextEncoder().encode(text)),
    ),
  })
  .map(({ method, path, query, body }): Made => ({ method, url: new URL(path + query, 'https://a.test'), body }))

test('any request that the gateway signs is accepted', () => {
  fc.assert(
    fc.property(request, (made) => {
      expect(refusal(signed(made), made)).toBeUndefined()
    }),
    { numRuns: 2000 },
  )
})

/** Text with one byte replaced by another that a URL and a header keep. */
const changed = (text: string, at: number, by: string) => {
  const index = at % text.length
  return text[index] === by ? undefined : text.slice(0, index) + by + text.slice(index + 1)
}
const plain = fc.constantFrom(...'abcxyzABCXYZ0189-_~')

test('any one-byte change of method, path, signed value, body, expiry, key or signature is refused', () => {
  const part = fc.constantFrom('method', 'path', 'value', 'body', 'expires', 'credential', 'signature')
  fc.assert(
    fc.property(request, part, fc.nat(), plain, fc.integer({ min: 1, max: 255 }), (made, what, at, by, bits) => {
      // Names of arguments are not signed, only values: a value of letters makes every byte significant.
      const url = new URL(made.url)
      url.searchParams.set('signed', 'exactly this')
      const base = { ...made, url }
      const header = signed(base)
      const inHeader = (member: string) => new RegExp(`${member}=([^,]*)`).exec(header)?.[1] ?? ''
      const attempt = (): [string, Made] | undefined => {
        if (what === 'body') {
          if (base.body.length === 0) return [header, { ...base, body: Uint8Array.of(bits) }]
          const index = at % base.body.length
          return [header, { ...base, body: base.body.with(index, (base.body[index] ?? 0) ^ bits) }]
        }
        if (what === 'method') {
          const method = changed(base.method, at, by)
          return method === undefined ? undefined : [header, { ...base, method }]
        }
        if (what === 'path') {
          const other = changed(url.pathname.slice(1), at, by)
          const elsewhere = new URL(url)
          if (other !== undefined) elsewhere.pathname = other
          return elsewhere.pathname === url.pathname ? undefined : [header, { ...base, url: elsewhere }]
        }
        if (what === 'value') {
          const other = changed('exactly this', at, by)
          const elsewhere = new URL(url)
          if (other !== undefined) elsewhere.searchParams.set('signed', other)
          return other === undefined ? undefined : [header, { ...base, url: elsewhere }]
        }
        const other = changed(inHeader(what), at, by)
        return other === undefined ? undefined : [header.replace(`${what}=${inHeader(what)}`, `${what}=${other}`), base]
      }
      const attempted = attempt()
      fc.pre(attempted !== undefined)
      expect(attempted && refusal(...attempted)).toMatch(
        /^(Invalid request signature|Invalid API key|Request expired$|Request expires too far ahead)/,
      )
    }),
    { numRuns: 3000 },
  )
})

test('a signature with another secret is refused for any request', () => {
  fc.assert(
    fc.property(request, fc.string({ minLength: 1, maxLength: 43 }), (made, secret) => {
      fc.pre(secret !== credential.secret)
      expect(refusal(signed(made, { ...credential, secret }), made)).toBe('Invalid request signature')
    }),
  )
})

describe('over HTTP to the local KMS', () => {
  let kms: TestServer
  let connection: Connection
  beforeAll(async () => {
    // The gateway signs by its own clock.
    kms = await openTestServer({ now: Date.now() })
    const endpoint = `${kms.base}/zone/{zone}/v2`
    connection = connectExoscale({
      upstream: network,
      mode: 'live',
      endpoint,
      displayedEndpoint: () => endpoint,
      ...kms.api.credential,
    })
  })
  afterAll(() => kms.close())

  /** Sends to the local KMS, without a body for methods that have none. */
  const sendable = request.map(({ method, url, body }): Made => {
    const there = new URL(url.pathname + url.search, kms.base)
    return { method, url: there, body: method === 'GET' ? new Uint8Array() : body }
  })
  const authorization = async (made: Made) => (await connection.authorize(made)).authorization ?? ''

  test('any request that the gateway signs and sends is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(sendable, async (made) => {
        const { method, url, body } = made
        const headers = { authorization: await authorization(made) }
        const { upstream, name } = connection
        const options = { upstream, name, timeout: 60_000, limits: answerLimits.list }
        const { status } = await call(options, { method, url, headers, body })
        expect([200, 201, 400, 404, 409]).toContain(status)
      }),
      { numRuns: 100 },
    )
  })

  test('a request with one changed byte or another method is refused', async () => {
    const part = fc.constantFrom('method', 'path', 'query', 'body', 'header')
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE')
    await fc.assert(
      fc.asyncProperty(sendable, part, fc.nat(), plain, method, async (made, what, at, by, other) => {
        // Names of arguments are not signed, only values: a value of letters makes every byte significant.
        const base = { ...made, url: new URL(`${made.url.pathname}?signed=exactly+this`, made.url) }
        const sent = {
          method: base.method,
          path: base.url.pathname,
          query: 'exactly+this',
          body: Buffer.from(base.body).toString('latin1'),
          header: await authorization(base),
        }
        const after = what === 'method' ? other : changed(sent[what] || ' ', what === 'path' ? at || 1 : at, by)
        fc.pre(after !== undefined && after !== sent[what] && (what !== 'path' || after.startsWith('/')))
        const wire = { ...sent, [what]: after }
        const reply = await kms.raw({
          method: wire.method,
          target: `${wire.path}?signed=${wire.query}`,
          headers: { authorization: wire.header },
          ...(wire.body === '' ? {} : { body: Buffer.from(wire.body, 'latin1') }),
        })
        // A path outside all endpoints is 404 without a check of the signature.
        expect(reply.status).toBe(locate(wire.path) ? 403 : 404)
      }),
      { numRuns: 200 },
    )
  })
})
