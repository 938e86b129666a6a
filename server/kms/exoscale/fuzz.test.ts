import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRsa, keySpecNames, signingAlgorithmNames } from '../../../src/clouds/exoscale/key-specs.ts'
import { runs } from '../../testing/runs.ts'
import { anyCharacter } from '../testing/any-text.ts'
import { revisions } from './testing/expectations.ts'
import { openTestServer, type TestServer } from './testing/server.ts'

const member = fc.constantFrom(
  'name',
  'description',
  'usage',
  'multi-zone',
  'rotation-period',
  'delay-days',
  'plaintext',
  'ciphertext',
  'encryption-context',
  'key-spec',
  'bytes-count',
  'source',
  'destination',
  'zone',
  'xks',
  'encryption-algorithm',
  'message',
  'message-type',
  'signature',
  'signing-algorithm',
  '__proto__',
)
const value = fc.oneof(
  fc.json().map((text): unknown => JSON.parse(text)),
  fc.constantFrom<unknown>(
    '',
    'aGVsbG8=',
    'RVhPSwE=',
    'encrypt-decrypt',
    'sign-verify',
    'digest',
    'RSAES_OAEP_SHA_256',
    'external-key-store',
    ...signingAlgorithmNames,
    ...keySpecNames.filter((spec) => !isRsa(spec)),
    90,
    7,
    -0,
    2 ** 53,
    null,
    true,
    [],
    {},
    '\ud800',
    '\u0000',
  ),
  fc.base64String({ maxLength: 200 }),
  fc.string({ unit: anyCharacter, maxLength: 300 }),
)
const content = fc.oneof(
  { weight: 3, arbitrary: fc.dictionary(member, value).map((body) => Buffer.from(JSON.stringify(body))) },
  fc.json().map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom(
      '',
      '[',
      '{',
      '{}',
      'null',
      '{"name":}',
      '\ufeff{}',
      `${'['.repeat(50_000)}`,
      `{"a":${'['.repeat(50_000)}`,
    )
    .map((text) => Buffer.from(text)),
)
const type = fc.constantFrom('application/json', 'text/plain', '', ';', 'application/json; charset=utf-16')
const operation = fc.constantFrom(
  '',
  '/enable',
  '/disable',
  '/rotate',
  '/enable-key-rotation',
  '/disable-key-rotation',
  '/schedule-deletion',
  '/cancel-deletion',
  '/encrypt',
  '/decrypt',
  '/re-encrypt',
  '/generate-data-key',
  '/sign',
  '/verify',
  '/replicate',
  '/list-key-rotations',
)
const segment = fc.oneof(
  fc.constantFrom(
    'v2',
    'zone',
    'kms-key',
    'ch-gva-2',
    'encrypt',
    '{id}',
    '..',
    '%2e%2e',
    '%',
    '%00',
    '%ff',
    '__proto__',
    '',
  ),
  fc.stringMatching(/^[\x21-\x22\x24-\x2e\x30-\x3e\x40-\x7e]{0,12}$/),
)

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  let key: string
  let keys: readonly string[]
  beforeAll(async () => {
    server = await openTestServer({ revision })
    key = await server.newKey('target')
    const kinds = [
      { usage: 'sign-verify', 'key-spec': 'ECC_NIST_P256' },
      { usage: 'sign-verify', 'key-spec': 'ECC_EDWARDS25519' },
      { usage: 'sign-verify', 'key-spec': 'ML_DSA_65' },
      { usage: 'encrypt-decrypt', 'key-spec': 'RSA_3072' },
    ]
    const others = revision === '2026-11' ? kinds.map((kind) => server.newKeyOf(kind)) : []
    keys = [key, ...(await Promise.all(others))]
  })
  afterAll(() => server.close())

  /** Checks that an answer is JSON and no internal failure. */
  function expectAnswer({ status, text }: { status: number; text: string }) {
    expect(server.failures).toEqual([])
    expect([200, 201, 400, 403, 404, 409, 413]).toContain(status)
    expect(() => JSON.parse(text)).not.toThrow()
  }

  test('no body causes an internal failure', async () => {
    const which = fc.nat({ max: 1000 })
    await fc.assert(
      fc.asyncProperty(
        operation,
        content,
        type,
        fc.boolean(),
        which,
        async (action, body, contentType, create, nth) => {
          const target = create ? '/v2/kms-key' : keys[nth % keys.length] + action
          expectAnswer(await server.call('POST', target, body, { 'content-type': contentType }))
        },
      ),
      { numRuns: runs(300) },
    )
  })

  /** Bodies with every member that signing needs, so that many of them reach the cryptography. */
  test('no message, digest, signature or ciphertext causes an internal failure', async () => {
    const algorithm = fc.constantFrom(...signingAlgorithmNames, 'AES_256', 'RSAES_OAEP_SHA_256')
    const bytes = fc.uint8Array({ maxLength: 600 }).map((one) => Buffer.from(one).toString('base64'))
    const digest = fc.constantFrom(32, 48, 64).map((size) => Buffer.alloc(size, size).toString('base64'))
    const asked = fc.record({
      message: fc.oneof(bytes, digest),
      'message-type': fc.constantFrom('raw', 'digest'),
      'signing-algorithm': fc.constantFrom(...signingAlgorithmNames),
      'encryption-algorithm': algorithm,
      signature: bytes,
      plaintext: bytes,
      ciphertext: bytes,
    })
    const action = fc.constantFrom('/sign', '/verify', '/encrypt', '/decrypt')
    await fc.assert(
      fc.asyncProperty(action, asked, fc.nat({ max: 1000 }), async (path, body, nth) => {
        expectAnswer(await server.post(keys[nth % keys.length] + path, body))
      }),
      { numRuns: runs(400) },
    )
  })

  test('no path, query or method causes an internal failure', async () => {
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH')
    const query = fc.constantFrom('', '?', '?a', '?a=%', '?a=1&a=2', '?a=%fe', '?=x', '?__proto__=1&b=%C3%A9+')
    await fc.assert(
      fc.asyncProperty(
        method,
        fc.array(segment, { maxLength: 6 }),
        query,
        fc.boolean(),
        async (verb, parts, search, known) => {
          const target = `${known ? '/v2/kms-key' : ''}/${parts.join('/')}${search}`
          fc.pre(!target.startsWith('//'))
          const reply = await server.call(verb, target)
          if (reply.headers['content-type']?.includes('json')) expectAnswer(reply)
          // Invalid request targets never reach the API.
          else expect({ status: reply.status, failures: server.failures }).toEqual({ status: 400, failures: [] })
        },
      ),
      { numRuns: runs(300) },
    )
  })

  test('no Authorization header causes an internal failure or is accepted', async () => {
    const piece = fc.constantFrom(
      'credential=',
      'expires=',
      'signature=',
      'signed-query-args=',
      ',',
      '=',
      ';',
      ' ',
      '1767226200',
      'EXO0',
    )
    const header = fc.oneof(
      fc.stringMatching(/^[\x20-\x7e]{0,80}$/),
      fc.array(piece, { maxLength: 12 }).map((pieces) => `EXO2-HMAC-SHA256 ${pieces.join('')}`),
      fc
        .array(piece, { maxLength: 12 })
        .map((pieces) => `EXO2-HMAC-SHA256 credential=${server.api.credential.key},${pieces.join('')}`),
    )
    await fc.assert(
      fc.asyncProperty(header, async (authorization) => {
        const reply = await server.raw({ method: 'GET', target: key, headers: { authorization } })
        expect(reply.status).toBe(403)
        expectAnswer(reply)
      }),
      { numRuns: runs(150) },
    )
  })
})
