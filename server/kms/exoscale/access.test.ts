import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ZoneList } from '../../../src/clouds/exoscale/wire.ts'
import { keyOnly } from '../testing/unaudited.ts'
import { successStatus } from './contract/testing/answers.ts'
import { revisions } from './testing/expectations.ts'
import { type Credential, openTestServer, type Raw, type TestServer } from './testing/server.ts'

const zoneNames = ['ch-gva-2', 'ch-dk-2', 'at-vie-1', 'de-fra-1', 'bg-sof-1', 'de-muc-1', 'at-vie-2', 'hr-zag-1']

interface Endpoint {
  readonly method: string
  readonly below: string
  readonly body?: string
}

const endpoints: readonly Endpoint[] = [
  { method: 'GET', below: '/kms-key' },
  { method: 'POST', below: '/kms-key', body: '{"name":"intruder"}' },
  { method: 'GET', below: '/kms-key/KEY' },
  { method: 'POST', below: '/kms-key/KEY/enable' },
  { method: 'POST', below: '/kms-key/KEY/disable' },
  { method: 'POST', below: '/kms-key/KEY/rotate' },
  { method: 'POST', below: '/kms-key/KEY/enable-key-rotation', body: '{"rotation-period":90}' },
  { method: 'POST', below: '/kms-key/KEY/disable-key-rotation' },
  { method: 'GET', below: '/kms-key/KEY/list-key-rotations' },
  { method: 'POST', below: '/kms-key/KEY/schedule-deletion', body: '{"delay-days":7}' },
  { method: 'POST', below: '/kms-key/KEY/cancel-deletion' },
  { method: 'POST', below: '/kms-key/KEY/encrypt', body: '{"plaintext":"aGVsbG8="}' },
  { method: 'POST', below: '/kms-key/KEY/decrypt', body: '{"ciphertext":"aGVsbG8="}' },
  { method: 'POST', below: '/kms-key/KEY/re-encrypt', body: '{"source":{},"destination":{}}' },
  { method: 'POST', below: '/kms-key/KEY/generate-data-key', body: '{"key-spec":"AES-256"}' },
  { method: 'POST', below: '/kms-key/KEY/replicate', body: '{"zone":"at-vie-2"}' },
  { method: 'GET', below: '/api-key' },
  { method: 'POST', below: '/api-key', body: '{"name":"intruder","role-id":"3f2b7a52-6c1e-4f0e-9b54-0d7c1f6a9e11"}' },
  { method: 'DELETE', below: '/api-key/EXO89abcdef0123456789abcdef' },
  { method: 'PUT', below: '/iam-role/3f2b7a52-6c1e-4f0e-9b54-0d7c1f6a9e11:policy', body: '{"services":{}}' },
  { method: 'GET', below: '/event?from=2026-01-01' },
]

/** Malformed headers of the right scheme. */
const malformed = [
  'EXO2-HMAC-SHA256 abc',
  'EXO2-HMAC-SHA256 credential=KEY',
  'EXO2-HMAC-SHA256 credential=KEY,expires=soon,signature=AA==',
  'EXO2-HMAC-SHA256 credential=KEY,expires=1767226000,signature=',
  'EXO2-HMAC-SHA256 credential=KEY,expires=1767226000,expires=1767226000,signature=AA==',
]

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  let key: string
  beforeAll(async () => {
    server = await openTestServer({ revision })
    key = await server.newKey('guarded')
  })
  afterAll(() => server.close())

  const signedBy = (raw: Raw, expires?: number, credential?: Credential) => server.authorize(raw, expires, credential)

  const bare = (method: string, target: string, body?: string): Raw & { body?: string } => ({
    method,
    target,
    ...(body === undefined ? {} : { body }),
  })

  describe.each(['/v2', '/zone/de-fra-1/v2'])('below %s', (base) => {
    const request = ({ method, below, body }: Endpoint) =>
      bare(method, base + below.replace('KEY', key.replace('/v2/kms-key/', '')), body)

    async function refused(raw: Raw, authorization: string | undefined, message: string) {
      const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) }
      expect(await server.raw({ ...raw, headers })).toMatchObject({ status: 403, body: { message } })
    }

    test.each(endpoints)('$method $below refuses calls without a valid signature', async (endpoint) => {
      const raw = request(endpoint)
      const before = await server.get('/v2/kms-key')
      const wrong = 'Invalid request signature'
      await refused(raw, undefined, 'Missing authentication')
      await refused(raw, 'Bearer abc', 'Missing authentication')
      await refused(raw, await signedBy(raw, undefined, { ...server.api.credential, key: 'EXO0' }), 'Invalid API key')
      await refused(raw, await signedBy(raw, server.expiry() - 661), 'Request expired')
      await refused(
        raw,
        await signedBy(raw, server.expiry() + 3600),
        'Request expires too far ahead: at most 3600 seconds from now',
      )
      await refused(raw, await signedBy(raw, undefined, { ...server.api.credential, secret: 'other' }), wrong)
      for (const header of malformed) await refused(raw, header.replace('KEY', server.api.credential.key), wrong)
      await refused(raw, await signedBy({ ...raw, method: 'PATCH' }), wrong)
      await refused(raw, await signedBy({ ...raw, target: raw.target.replace(/(?=\?|$)/, '/') }), wrong)
      await refused(raw, await signedBy({ ...raw, body: `${raw.body ?? ''} ` }), wrong)
      await refused({ ...raw, body: `${raw.body ?? ''} ` }, await signedBy(raw), wrong)
      await refused(
        { ...raw, target: `${raw.target}${raw.target.includes('?') ? '&' : '?'}a=2` },
        await signedBy({ ...raw, target: `${raw.target}${raw.target.includes('?') ? '&' : '?'}a=1` }),
        wrong,
      )
      await refused(raw, await signedBy({ ...raw, target: raw.target.replace(base, '/zone/at-vie-1/v2') }), wrong)
      expect((await server.get('/v2/kms-key')).body).toEqual(before.body)
    })

    test.each(endpoints)('$method $below refuses a request with any changed byte', async (endpoint) => {
      const raw = request(endpoint)
      const authorization = await signedBy(raw)
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom('target', 'body', 'header'),
          fc.nat(),
          fc.stringMatching(/^[a-z0-9.:%-]$/),
          async (part, at, character) => {
            const parts = {
              target: raw.target,
              body: raw.body ?? '',
              header: authorization.slice(authorization.indexOf('expires')),
            }
            const before = parts[part]
            const index = part === 'target' ? 1 + (at % (before.length - 1)) : at % (before.length || 1)
            const after = before.slice(0, index) + character + before.slice(index + 1)
            fc.pre(after !== before)
            const header = part === 'header' ? authorization.replace(before, after) : authorization
            const changed = { ...raw, ...(part === 'header' ? {} : { [part]: after }) }
            const reply = await server.raw({ ...changed, headers: { authorization: header } })
            expect(reply.status === 403 || (part === 'target' && reply.text === '{"message":"Not Found"}')).toBe(true)
          },
        ),
        { numRuns: 12 },
      )
    })
  })

  test('an unusual spelling is accepted if it is signed as sent', async () => {
    const { body } = await server.get(key)
    const id = String(body.id)
    for (const spelled of [id.replaceAll('-', '%2D'), id.replaceAll('-', '%2d'), id.toUpperCase()])
      expect((await server.get(`/v2/kms-key/${spelled}`)).body).toEqual(body)
    expect(await server.get(`/v2/x/../kms-key`)).toMatchObject({ status: 404 })
    expect(await server.get(`/v2/./kms-key`)).toMatchObject({ status: 404 })
    expect(await server.get('/v2/kms-key?x=1&y=%20+%2B&x=2')).toMatchObject({ status: 200 })
  })

  test('a path that servers normalise is verified as sent', async () => {
    const authorization = await signedBy(bare('GET', '/v2/kms-key'))
    const reply = await server.raw({ method: 'GET', target: '/v2/x/../kms-key', headers: { authorization } })
    expect(reply).toMatchObject({ status: 403, body: { message: 'Invalid request signature' } })
  })

  test('a GET with a body is refused, even with a valid signature', async () => {
    const raw = { method: 'GET', target: '/v2/kms-key', body: '{}' }
    const refused = { status: 403, body: { message: 'Invalid request signature' } }
    for (const signed of [raw, bare('GET', raw.target)])
      expect(await server.raw({ ...raw, headers: { authorization: await signedBy(signed) } })).toMatchObject(refused)
  })

  test('without the raw target, the path of the URL is verified', async () => {
    const authorization = await signedBy(bare('GET', '/v2/kms-key?a=1'))
    const request = () => new Request('http://kms.test/v2/kms-key?a=1', { headers: { authorization } })
    expect((await server.fetch(request())).status).toBe(200)
    expect((await server.fetch(request(), '/v2/kms-key?a=2')).status).toBe(403)
  })

  test('the API key has the vendor’s form and survives a restart', async () => {
    const { credential } = server.api
    expect(credential.key).toMatch(/^EXO[0-9a-f]{24}$/)
    expect(credential.secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await server.credentials.all('exoscale')).toMatchObject([
      { id: credential.key, attributes: { start: true } },
    ])
    await server.restart()
    expect(server.api.credential).toEqual(credential)
    expect((await server.get(key)).status).toBe(200)
  })

  describe('GET /zone', () => {
    test.each(['/v2/zone', '/zone/hr-zag-1/v2/zone'])('%s answers without a signature', async (target) => {
      const reply = await server.raw({ method: 'GET', target })
      expect(reply.headers['content-type']).toBe('application/json; charset=utf-8')
      const { zones } = ZoneList.parse(reply.body)
      expect(zones).toEqual(zoneNames.map((name) => ({ name, 'api-endpoint': `${server.base}/zone/${name}/v2` })))
      expect(reply.body.zones).toEqual(
        zoneNames.map((name) => ({
          name,
          'api-endpoint': `${server.base}/zone/${name}/v2`,
          'sos-endpoint': `https://sos-${name}.exo.io`,
          id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        })),
      )
      expect(new Set(reply.text.match(/"id":"[^"]*"/g)).size).toBe(8)
    })

    test('an optional signature is verified', async () => {
      expect(await server.get('/v2/zone')).toMatchObject({ status: 200 })
      const headers = { authorization: await signedBy(bare('GET', '/v2/kms-key')) }
      const reply = await server.raw({ method: 'GET', target: '/v2/zone', headers })
      expect(reply).toMatchObject({ status: 403, body: { message: 'Invalid request signature' } })
      const other = await server.raw({ method: 'GET', target: '/v2/zone', headers: { authorization: 'Basic x' } })
      expect(other).toMatchObject({ status: 403 })
    })

    test('every listed endpoint answers for its zone', async () => {
      const { body } = await server.raw({ method: 'GET', target: '/v2/zone' })
      for (const { name, 'api-endpoint': endpoint = '' } of ZoneList.parse(body).zones) {
        const { status, body: created } = await server.post(`${new URL(endpoint).pathname}/kms-key`, {
          name: 'everywhere',
        })
        expect(status).toBe(successStatus('create-kms-key', revision))
        expect(created).toMatchObject({ 'origin-zone': name })
      }
      const { body: list } = await server.get('/v2/kms-key')
      expect(list).toEqual((await server.get('/zone/ch-gva-2/v2/kms-key')).body)
    })
  })

  test.each(['/v2/kms-key', '/zone/ch-dk-2/v2/kms-key', '/v2/zone'])(
    'a preflight of %s allows no origin',
    async (target) => {
      const headers = { origin: 'https://elsewhere.test', 'access-control-request-method': 'POST' }
      const reply = await server.raw({ method: 'OPTIONS', target, headers })
      expect(reply).toMatchObject({ status: 204, text: '' })
      expect(reply.headers).not.toHaveProperty('access-control-allow-origin')
      expect(reply.headers).toMatchObject({
        'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS',
        'access-control-allow-headers': 'authorization, content-type',
        'access-control-max-age': '600',
      })
    },
  )

  test('pages of a listed origin can read answers and refusals; others can’t', async () => {
    const listed = 'https://app.example:8443'
    const open = await openTestServer({ revision, origins: [listed] })
    const asked = [
      { method: 'OPTIONS', target: '/v2/kms-key', status: 204 },
      { method: 'GET', target: '/v2/zone', status: 200 },
      { method: 'GET', target: '/v2/kms-key', status: 403 },
    ]
    for (const { status, ...raw } of asked) {
      const reply = await open.raw({ ...raw, headers: { origin: listed } })
      expect(reply).toMatchObject({ status, headers: { 'access-control-allow-origin': listed, vary: 'Origin' } })
      const other = await open.raw({ ...raw, headers: { origin: 'https://elsewhere.test' } })
      expect(other.status).toBe(status)
      expect(other.headers).not.toHaveProperty('access-control-allow-origin')
    }
    await open.close()
  })

  test.each([
    ['GET', '/v2/'],
    ['GET', '/v2/nothing'],
    ['GET', '/v2/kms-key/'],
    ['DELETE', '/v2/kms-key/019eef1b-c320-7416-89a2-8f65eb889ad1'],
    ['PUT', '/v2/kms-key'],
    ['GET', '/v2/kms-key/019eef1b-c320-7416-89a2-8f65eb889ad1/rotate'],
    ['POST', '/v2/kms-key/019eef1b-c320-7416-89a2-8f65eb889ad1/destroy'],
    ['POST', '/v2/kms-key/019eef1b-c320-7416-89a2-8f65eb889ad1/rotate/now'],
    ['POST', '/v2/kms-key%2F019eef1b-c320-7416-89a2-8f65eb889ad1/rotate'],
    ['POST', '/v2/zone'],
    ['GET', '/v2/zone/ch-gva-2'],
    ['GET', '/zone/mars-1/v2/kms-key'],
    ['GET', '/zone/ch-gva-2/v1/kms-key'],
    ['GET', '/zone/ch-gva-2'],
    ['GET', '/zone/CH-GVA-2/v2/kms-key'],
  ])('there is nothing at %s %s', async (method, target) => {
    expect(await server.call(method, target)).toMatchObject({ status: 404, text: '{"message":"Not Found"}' })
  })

  test('a body of one mebibyte is accepted', async () => {
    const json = (size: number) => `{"plaintext":"aGVsbG8="${' '.repeat(size - 24)}}`
    expect((await server.call('POST', `${key}/encrypt`, json(1_048_576))).status).toBe(200)
    const reply = await server.call('POST', `${key}/encrypt`, json(1_048_577))
    expect(reply).toMatchObject({ status: 413, body: { status: 413, title: 'Request Body Too Large' } })
  })

  test('a chunked body has the same limit', async () => {
    const piece = ' '.repeat(100_000)
    async function send(pieces: number): Promise<Response> {
      const body = `{"plaintext":"aGVsbG8="${piece.repeat(pieces)}}`
      const authorization = await signedBy(bare('POST', `${key}/encrypt`, body))
      const stream = new Blob([body]).stream()
      const init = { method: 'POST', headers: { authorization }, body: stream, duplex: 'half' } as const
      return server.fetch(new Request(`http://kms.test${key}/encrypt`, init))
    }
    expect((await send(3)).status).toBe(200)
    expect((await send(11)).status).toBe(413)
  })

  test('a body is read only after the API key is known', async () => {
    const reply = await server.raw({ method: 'POST', target: '/v2/kms-key', body: ' '.repeat(1_048_577) })
    expect(reply.status).toBe(403)
  })

  test('an internal failure is reported, and its answer gives no details', async () => {
    const other = await openTestServer({ revision })
    const target = await other.newKey()
    await other.keyring.change(
      { cloud: 'exoscale', location: 'ch-gva-2', id: target.replace('/v2/kms-key/', '') },
      (stored) => ({ ...stored, status: 'unheard-of' }),
      keyOnly,
    )
    const headers = { authorization: await other.authorize({ method: 'GET', target }) }
    const reply = await other.fetch(new Request(`http://kms.test${target}`, { headers }))
    expect([reply.status, await reply.text()]).toEqual([500, '{"message":"Internal Server Error"}'])
    expect(other.failures.splice(0)).toHaveLength(1)
    await other.close()
  })
})
