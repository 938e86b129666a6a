import fc from 'fast-check'
import { expect, test } from 'vitest'
import { admit, isSigned, type SignedRequest } from './signature.ts'
import { sign } from './testing/server.ts'

/** The published examples of the vendor's algorithm; made-up credentials. */
const credential = { key: 'EXO0123456789abcdef01234567', secret: 'not-a-real-secret_for-test-vectors-only-012' }
const expires = 1_767_226_200
const now = (expires - 600) * 1000
const key = '/v2/kms-key/019eef1b-c320-7416-89a2-8f65eb889ad1'
const policy =
  '{"default-service-strategy":"deny","services":{"kms":{"type":"rules","rules":[{"action":"allow","expression":"operation in [\'encrypt\', \'decrypt\'] // clé"}]}}}'

const vectors: ReadonlyArray<readonly [method: string, target: string, body: string, rest: string]> = [
  ['GET', '/v2/kms-key', '', 'expires=1767226200,signature=DjyA1Lgf08X6mgp5rqpfSj2Z5AoDTiV00eLeQE9oD/U='],
  [
    'POST',
    '/v2/kms-key',
    '{"name":"app-key","description":"payments","multi-zone":true}',
    'expires=1767226200,signature=TEX0BOP5TRgqrnvkXUR0skbUZlYR5Oh16aBzxKV8rsw=',
  ],
  ['POST', `${key}/rotate`, '', 'expires=1767226200,signature=O8i/c4Zo7MeGekV90RCXzedcF3oy7G6bI1vQo+AE5RI='],
  [
    'POST',
    `${key}/encrypt`,
    '{"plaintext":"aGVsbG8=","encryption-context":"dGVuYW50PTQy"}',
    'expires=1767226200,signature=pp21e3N1iMfH4EyZjx0SxjCsuqqIbWacZErvy4j1vGI=',
  ],
  [
    'GET',
    '/v2/event?to=2026-01-31&from=2026-01-01%2000%3A00',
    '',
    'signed-query-args=from;to,expires=1767226200,signature=pYmiLIa8vJHV1+O9bSpj3z2iLLK4k5Lrudw5tCJHLEs=',
  ],
  [
    'GET',
    '/v2/event?a=1&b=2&a=3',
    '',
    'signed-query-args=b,expires=1767226200,signature=5yDSIzQizKvTS8HB5LINYmjXVSjPI4dFd7mNfywqRnc=',
  ],
  [
    'PUT',
    '/v2/iam-role/3f2b7a52-6c1e-4f0e-9b54-0d7c1f6a9e11:policy',
    policy,
    'expires=1767226200,signature=0QHa5rKjCzVjSPE+xEn29hhNubCVLWAYjlUVv9Wu8Fo=',
  ],
  [
    'DELETE',
    '/v2/api-key/EXO89abcdef0123456789abcdef',
    '',
    'expires=1767226200,signature=zGWrYn2EdmizJiPro2nt0XC6bllc1+yD5n6kmsibchQ=',
  ],
]

const prefix = `EXO2-HMAC-SHA256 credential=${credential.key},`

const requestOf = (method: string, target: string, body: string): SignedRequest => {
  const [path = '', query = ''] = target.split('?')
  return { method, path, query, body: Buffer.from(body) }
}

/** Reason of the refusal; undefined if accepted. */
function refusal(header: string | undefined, request: SignedRequest, at = now): string | undefined {
  const secretOf = (name: string) => (name === credential.key ? credential.secret : undefined)
  const admission = admit(header, secretOf, at)
  if ('refusal' in admission) return admission.refusal
  return isSigned(admission, request) ? undefined : 'Invalid request signature'
}

test.each(vectors)('accepts the published example %s %s', (method, target, body, rest) => {
  expect(refusal(prefix + rest, requestOf(method, target, body))).toBeUndefined()
})

test.each(vectors)('the client of the tests signs the published example %s %s', async (method, target, body, rest) => {
  expect(await sign({ method, target, body, credential, expires })).toBe(prefix + rest)
})

const first = requestOf('GET', '/v2/kms-key', '')
const signature = 'signature=DjyA1Lgf08X6mgp5rqpfSj2Z5AoDTiV00eLeQE9oD/U='
const repeated = requestOf('GET', '/v2/event?a=1&b=2&a=3', '')

test.each([
  ['pairs in another order', `EXO2-HMAC-SHA256 ${signature},expires=${expires},credential=${credential.key}`, first],
  [
    'spaces after the commas',
    `EXO2-HMAC-SHA256  credential=${credential.key}, expires=${expires}, ${signature}`,
    first,
  ],
  [
    'a client that lists a repeated argument',
    `${prefix}signed-query-args=a;b,expires=1767226200,signature=5yDSIzQizKvTS8HB5LINYmjXVSjPI4dFd7mNfywqRnc=`,
    repeated,
  ],
  ['a client that signs no argument', `${prefix}expires=${expires},${signature}`, { ...first, query: 'unsigned=1' }],
])('accepts %s', (_, header, request) => {
  expect(refusal(header, request)).toBeUndefined()
})

test.each([
  ['no header', undefined, 'Missing authentication'],
  ['an empty header', '', 'Missing authentication'],
  ['another scheme', 'Bearer abc', 'Missing authentication'],
  ['the scheme alone', 'EXO2-HMAC-SHA256', 'Missing authentication'],
  ['nothing after the scheme', 'EXO2-HMAC-SHA256 ', 'Invalid request signature'],
  ['words that are no pairs', 'EXO2-HMAC-SHA256 abc', 'Invalid request signature'],
  ['no signature', `${prefix}expires=${expires}`, 'Invalid request signature'],
  ['no expiry', prefix + signature, 'Invalid request signature'],
  ['no credential', `EXO2-HMAC-SHA256 expires=${expires},${signature}`, 'Invalid request signature'],
  ['an expiry that is no number', `${prefix}expires=soon,${signature}`, 'Invalid request signature'],
  ['a pair given twice', `${prefix}expires=${expires},expires=${expires},${signature}`, 'Invalid request signature'],
  ['an unknown key', `EXO2-HMAC-SHA256 credential=EXO0,expires=${expires},${signature}`, 'Invalid API key'],
  ['an empty signature', `${prefix}expires=${expires},signature=`, 'Invalid request signature'],
])('refuses %s', (_, header, reason) => {
  expect(refusal(header, first)).toBe(reason)
})

test('an expiry is accepted up to sixty seconds late', () => {
  const header = `${prefix}expires=${expires},${signature}`
  expect(refusal(header, first, (expires + 60) * 1000)).toBeUndefined()
  expect(refusal(header, first, (expires + 60) * 1000 + 1)).toBe('Request expired')
})

test('an expiry is accepted up to an hour ahead, and sixty seconds for a wrong clock', () => {
  const header = `${prefix}expires=${expires},${signature}`
  const earliest = (expires - 3660) * 1000
  expect(refusal(header, first, earliest)).toBeUndefined()
  expect(refusal(header, first, earliest - 1)).toBe('Request expires too far ahead: at most 3600 seconds from now')
  expect(refusal(header.replace(String(expires), '9'.repeat(15)), first)).toContain('too far ahead')
})

test.each(['/v2/a%20b', '/v2/a:b', '/v2/a%3Ab', '/v2/%C3%A9', '/v2/./x', '/v2//'])(
  'the path is verified as sent: %s',
  async (target) => {
    const header = await sign({ method: 'GET', target, credential, expires })
    expect(refusal(header, requestOf('GET', target, ''))).toBeUndefined()
    for (const other of ['/v2/a b', '/v2/a%3ab', '/v2/x', '/v2/', '/v2/é'])
      expect(refusal(header, requestOf('GET', other, ''))).toBe('Invalid request signature')
  },
)

test('values may be any text, in any spelling of the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.stringMatching(/^[a-z-]{1,8}$/), fc.string({ unit: 'grapheme' })),
      async (args) => {
        const query = new URLSearchParams(args).toString()
        const header = await sign({ method: 'GET', target: `/v2/event?${query}`, credential, expires })
        expect(refusal(header, { method: 'GET', path: '/v2/event', query, body: new Uint8Array() })).toBeUndefined()
        const spelled = query.replaceAll('+', '%20')
        expect(
          refusal(header, { method: 'GET', path: '/v2/event', query: spelled, body: new Uint8Array() }),
        ).toBeUndefined()
      },
    ),
  )
})

/** Replaces, removes or inserts one character; undefined if that changes nothing. */
const edit = fc.record({
  kind: fc.constantFrom('replace', 'remove', 'insert'),
  at: fc.nat(),
  character: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
})

function edited(text: string, { kind, at, character }: { kind: string; at: number; character: string }) {
  const index = text.length === 0 ? 0 : at % (kind === 'insert' ? text.length + 1 : text.length)
  const after = kind === 'insert' ? text.slice(index) : text.slice(index + 1)
  const result = text.slice(0, index) + (kind === 'remove' ? '' : character) + after
  return result === text ? undefined : result
}

test('any one-byte change of method, path, body, a signed value, expiry or signature is refused', () => {
  const part = fc.constantFrom('method', 'path', 'body', 'value', 'expires', 'signature')
  fc.assert(
    fc.property(fc.constantFrom(...vectors), part, edit, ([method, target, body, rest], what, change) => {
      const request = requestOf(method, target, body)
      const header = prefix + rest
      const [, digits = '', mac = ''] = /expires=(\d+),signature=(.*)$/.exec(rest) ?? []
      const value = /from=([^&]*)/.exec(target)?.[1] ?? ''
      const before = { method, path: request.path, body, value, expires: digits, signature: mac }[what]
      const after = edited(before, change)
      fc.pre(after !== undefined && (what !== 'value' || (value !== '' && !/[&+=#%]/.test(change.character))))
      const text = after ?? ''
      const attempts = {
        method: () => refusal(header, { ...request, method: text }),
        path: () => refusal(header, { ...request, path: text }),
        body: () => refusal(header, { ...request, body: Buffer.from(text) }),
        value: () => refusal(header, { ...request, query: request.query.replace(value, text) }),
        expires: () => refusal(header.replace(digits, text), request),
        signature: () => refusal(header.replace(mac, text), request),
      }
      const reasons =
        what === 'expires' ? /^(Invalid request signature$|Request expire)/ : /^Invalid request signature$/
      expect(attempts[what]()).toMatch(reasons)
    }),
    { numRuns: 3000 },
  )
})

test('any one-bit change of a binary body is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), fc.nat(7), async (body, at, bit) => {
      const header = await sign({ method: 'POST', target: '/v2/kms-key', body, credential, expires })
      const request = { method: 'POST', path: '/v2/kms-key', query: '', body }
      expect(refusal(header, request)).toBeUndefined()
      const index = at % body.length
      const other = body.with(index, (body[index] ?? 0) ^ (1 << bit))
      expect(refusal(header, { ...request, body: other })).toBe('Invalid request signature')
    }),
  )
})
