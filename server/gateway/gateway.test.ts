import { connect } from 'node:net'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import type { Endpoint } from '../../src/clouds/endpoint.ts'
import { endpoints as exoscaleEndpoints } from '../../src/clouds/exoscale/endpoints.ts'
import { GatewayProblem, Session } from '../../src/clouds/gateway/wire.ts'
import { endpoints as thalassaEndpoints } from '../../src/clouds/thalassa/endpoints.ts'
import { signatureHeader } from './exoscale/signature.ts'
import { exoscaleAt, secrets, thalassaAt } from './testing/connections.ts'
import { json, send, startGateway, startUpstream } from './testing/servers.ts'

const key = '019eef1b-c320-7416-89a2-8f65eb889ad1'

const bothClouds = async (answering = json({})) => {
  const cloud = await startUpstream(answering)
  const connections = [thalassaAt(cloud.url), exoscaleAt(`${cloud.url}/{zone}/v2`)]
  return { ...cloud, connections, gateway: await startGateway({ connections }) }
}

const slugOf = (text: string) => GatewayProblem.parse(JSON.parse(text)).type

test('lists the connected providers, without credentials', async () => {
  const { gateway, url, seen } = await bothClouds()
  const { status, text, headers } = await send(`${gateway}/api/session`)
  expect(status).toBe(200)
  expect(headers['cache-control']).toBe('no-store')
  expect(Session.parse(JSON.parse(text))).toEqual({
    version: '1.2.3',
    readOnly: false,
    clouds: [
      { id: 'thalassa', mode: 'live', endpoint: url, organisation: 'acme', project: 'payments' },
      {
        id: 'exoscale',
        mode: 'live',
        endpoint: `${url}/{zone}/v2`,
        zones: ['ch-gva-2', 'ch-dk-2', 'at-vie-1', 'de-fra-1', 'bg-sof-1', 'de-muc-1', 'at-vie-2', 'hr-zag-1'],
        apiKey: secrets.key,
      },
    ],
  })
  for (const secret of [secrets.token, secrets.secret]) expect(text).not.toContain(secret)
  expect(seen).toEqual([])
})

test('adds the provider’s credentials and forwards no header of the browser', async () => {
  const { gateway, seen } = await bothClouds()
  const browser = {
    authorization: 'Bearer browser',
    cookie: 'session=browser',
    forwarded: 'for=1.2.3.4',
    'x-forwarded-for': '1.2.3.4',
    'x-forwarded-host': 'elsewhere.example',
    'x-organisation-identity': 'other',
    'x-project-identity': 'other',
    referer: `${gateway}/keys`,
    accept: 'application/json',
    'content-type': 'application/json',
  }
  const body = '{"plaintext":"aGVsbG8="}'
  await send(`${gateway}/api/thalassa/v1/kms/nl-01/keys/k-1/encrypt`, { method: 'POST', headers: browser, body })
  await send(`${gateway}/api/exoscale/de-fra-1/kms-key/${key}/encrypt`, { method: 'POST', headers: browser, body })
  const [thalassa, exoscale] = seen
  expect(thalassa?.url).toBe('/v1/kms/nl-01/keys/k-1/encrypt')
  expect(thalassa?.headers).toMatchObject({
    authorization: `Token ${secrets.token}`,
    'x-organisation-identity': 'acme',
    'x-project-identity': 'payments',
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-encoding': 'identity',
  })
  expect(exoscale?.url).toBe(`/de-fra-1/v2/kms-key/${key}/encrypt`)
  expect(exoscale?.headers.authorization).toMatch(/^EXO2-HMAC-SHA256 credential=EXOkey,expires=\d+,signature=/)
  for (const one of seen) {
    expect(one.body.toString()).toBe(body)
    for (const name of ['cookie', 'forwarded', 'x-forwarded-for', 'x-forwarded-host', 'referer', 'origin']) {
      expect(one.headers).not.toHaveProperty(name)
    }
  }
})

test.each([
  ['odd spacing', Buffer.from('{ "plaintext" :\t"aGVsbG8="\n,  "encryption-context":"" }\n')],
  ['letters outside ASCII', Buffer.from('{"name":"clé 🔑 — ключ"}')],
  ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  ['no body', Buffer.alloc(0)],
])('signs the bytes that it sends: %s', async (_name, body) => {
  const { gateway, seen } = await bothClouds()
  const headers = body.length > 0 ? { 'content-type': 'application/json' } : {}
  await send(`${gateway}/api/exoscale/ch-gva-2/kms-key`, { method: 'POST', headers, body })
  const [one] = seen
  const url = new URL('http://x/ch-gva-2/v2/kms-key')
  const expires = Number(/expires=(\d+)/.exec(one?.headers.authorization ?? '')?.[1])
  expect(one?.body.equals(body)).toBe(true)
  expect(one?.headers.authorization).toBe(signatureHeader({ method: 'POST', url, body }, secrets, expires))
  expect(one?.headers['content-type']).toBe(headers['content-type'])
})

test('asks for the zones without a signature, as the vendor’s clients do', async () => {
  const { gateway, seen } = await bothClouds()
  await send(`${gateway}/api/exoscale/ch-gva-2/zone`)
  expect(seen[0]).toMatchObject({ method: 'GET', url: '/ch-gva-2/v2/zone' })
  expect(seen[0]?.headers.authorization).toBeUndefined()
})

test('forwards the list’s filters and no other argument', async () => {
  const { gateway, seen } = await bothClouds()
  await send(`${gateway}/api/thalassa/v1/kms/nl-01/keys?name=a%20b&project=other&slug=c`)
  expect(seen[0]?.url).toBe('/v1/kms/nl-01/keys?name=a+b&slug=c')
})

test('each answer says the time, so that the console can correct a browser’s clock', async () => {
  const { gateway } = await bothClouds()
  for (const path of ['/api/session', '/api/thalassa/v1/kms/summary', '/api/nothing']) {
    const before = Date.now()
    const { headers } = await send(`${gateway}${path}`)
    const time = Number(headers['x-gateway-time'])
    expect(time).toBeGreaterThanOrEqual(before)
    expect(time).toBeLessThanOrEqual(Date.now())
  }
})

test('returns status, body, request id and retry-after', async () => {
  const answer = json({ message: 'kms key is disabled' }, 429, {
    'x-request-id': 'from-the-cloud',
    'retry-after': '7',
    'set-cookie': 'a=b',
    'access-control-allow-origin': '*',
    date: 'Sun, 22 Nov 2026 10:00:00 GMT',
  })
  const { gateway } = await bothClouds(answer)
  const { status, headers, text } = await send(`${gateway}/api/thalassa/v1/kms/summary`)
  expect({ status, text }).toEqual({ status: 429, text: '{"message":"kms key is disabled"}' })
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'retry-after': '7',
    'x-request-id': 'from-the-cloud',
    'x-upstream-date': 'Sun, 22 Nov 2026 10:00:00 GMT',
  })
  expect(headers).not.toHaveProperty('set-cookie')
  expect(headers).not.toHaveProperty('access-control-allow-origin')
})

test('returns an answer without a body', async () => {
  const { gateway } = await bothClouds((_seen, response) => response.writeHead(204).end())
  const { status, text } = await send(`${gateway}/api/thalassa/v1/kms/nl-01/keys/k-1`, { method: 'DELETE' })
  expect({ status, text }).toEqual({ status: 204, text: '' })
})

test('sets the content type of JSON, regardless of the provider’s', async () => {
  const { gateway } = await bothClouds((_seen, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('"<b>"'),
  )
  const { headers } = await send(`${gateway}/api/thalassa/v1/kms/summary`)
  expect(headers['content-type']).toBe('application/json')
})

test.each([
  ['GET', '/api/thalassa/v1/quotas', 404, 'unknown-path'],
  ['POST', '/api/thalassa/oidc/token', 404, 'unknown-path'],
  ['GET', '/api/thalassa/v1/service-accounts', 404, 'unknown-path'],
  ['GET', '/api/thalassa/v1/kms/nl-01/keys/a%2F..%2F..%2Fb', 404, 'unknown-path'],
  ['GET', '/api/thalassa/../elsewhere', 404, 'unknown-path'],
  ['GET', '/api/thalassa//v1/kms/summary', 404, 'unknown-path'],
  ['GET', '/api/exoscale/ch-gva-2/instance', 404, 'unknown-path'],
  ['GET', '/api/exoscale/us-nyc-1/kms-key', 404, 'unknown-zone'],
  ['GET', '/api/exoscale/ch-gva-2.evil.example/kms-key', 404, 'unknown-zone'],
  ['GET', '/api/azure/keys', 404, 'unknown-path'],
  ['GET', '/api', 404, 'unknown-path'],
  ['PUT', '/api/thalassa/v1/kms/nl-01/keys', 405, 'method-not-allowed'],
  ['HEAD', '/api/exoscale/ch-gva-2/kms-key', 405, 'method-not-allowed'],
])('refuses %s %s', async (method, path, status, slug) => {
  const { gateway, seen } = await bothClouds()
  // The path is sent raw: a URL object would resolve its dots.
  const reply = await send(gateway, { method, headers: {} }, path)
  expect(reply.status).toBe(status)
  if (method !== 'HEAD') expect(slugOf(reply.text)).toBe(`#/gateway/${slug}`)
  expect(seen).toEqual([])
})

test('lists the allowed methods of a path', async () => {
  const { gateway } = await bothClouds()
  const { headers } = await send(`${gateway}/api/thalassa/v1/kms/nl-01/keys`, { method: 'PUT' })
  expect(headers.allow).toBe('GET, POST')
})

test('refuses a body over the limit, announced or not', async () => {
  const { connections, seen } = await bothClouds()
  const gateway = await startGateway({ connections, bodyLimit: 100 })
  const path = `${gateway}/api/thalassa/v1/kms/nl-01/keys`
  const sized = await send(path, { method: 'POST', body: 'x'.repeat(101), headers: { 'content-length': '101' } })
  const chunked = await send(path, {
    method: 'POST',
    body: 'x'.repeat(101),
    headers: { 'transfer-encoding': 'chunked' },
  })
  for (const { status, text } of [sized, chunked]) {
    expect({ status, type: slugOf(text) }).toEqual({ status: 413, type: '#/gateway/body-too-large' })
  }
  expect(seen).toEqual([])
  const headers = { 'content-type': 'application/json' }
  const fits = await send(path, { method: 'POST', headers, body: 'x'.repeat(100) })
  expect(fits.status).toBe(200)
})

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  '',
])('refuses a body of the type “%s”', async (type) => {
  const { gateway, seen } = await bothClouds()
  const keys = `${gateway}/api/thalassa/v1/kms/nl-01/keys`
  const headers = { 'content-length': '2', ...(type !== '' && { 'content-type': type }) }
  for (const [method, path] of [
    ['POST', keys],
    ['PATCH', `${keys}/k/rotation`],
    ['DELETE', `${keys}/k`],
  ] as const) {
    const { status, text } = await send(path, { method, headers, body: '{}' })
    expect({ status, type: slugOf(text) }).toEqual({ status: 415, type: '#/gateway/body-not-json' })
  }
  expect(seen).toEqual([])
})

test('takes JSON with a character set, and no type without a body', async () => {
  const { gateway, seen } = await bothClouds()
  const keys = `${gateway}/api/thalassa/v1/kms/nl-01/keys`
  const headers = { 'content-type': 'Application/JSON; charset=utf-8' }
  expect(await send(keys, { method: 'POST', headers, body: '{}' })).toMatchObject({ status: 200 })
  expect(await send(`${keys}/k/rotate`, { method: 'POST' })).toMatchObject({ status: 200 })
  expect(seen).toHaveLength(2)
})

describe('a read-only gateway', () => {
  /** Endpoints that it forwards. */
  const left: Readonly<Record<string, readonly string[]>> = {
    thalassa: [
      'list-memberships',
      'list-regions',
      'list-projects',
      'list-audit',
      'read-summary',
      'list-keys',
      'read-key',
      'read-wrapping-key',
      'read-public-key',
      'encrypt',
      'verify',
      'verify-hmac',
    ],
    exoscale: [
      'list-zones',
      'list-kms-keys',
      'get-kms-key',
      'list-kms-key-rotations',
      'get-public-key',
      'list-key-stores',
      'get-key-store',
      'encrypt',
      'verify',
      'list-api-keys',
      'get-api-key',
      'list-iam-roles',
      'get-iam-role',
      'get-iam-organization-policy',
      'get-operation',
      'list-events',
    ],
  }
  const calls = [
    ...Object.entries<Endpoint>(thalassaEndpoints).map(([id, one]) => ({ cloud: 'thalassa', id, ...one, base: '' })),
    ...Object.entries<Endpoint>(exoscaleEndpoints).map(([id, one]) => ({ cloud: 'exoscale', id, ...one, base: '/v2' })),
  ]

  test('forwards what lists, reads, encrypts and verifies, and refuses every other call', async () => {
    const { connections, seen } = await bothClouds()
    const gateway = await startGateway({ connections, readOnly: true })
    for (const { cloud, id, method, path, base, forwarded } of calls) {
      seen.length = 0
      const below = path.slice(base.length).replaceAll(/:\w+/g, (name) => (name === ':location' ? 'nl-01' : 'an-id'))
      const address = `${gateway}/api/${cloud}${cloud === 'exoscale' ? '/ch-gva-2' : ''}${below}`
      const { status, text } = await send(address, {
        method,
        ...(method !== 'GET' && method !== 'DELETE' && { body: '{}', headers: { 'content-type': 'application/json' } }),
      })
      if (left[cloud]?.includes(id)) expect({ id, status, calls: seen.length }).toEqual({ id, status: 200, calls: 1 })
      else {
        expect({ id, calls: seen.length }).toEqual({ id, calls: 0 })
        if (forwarded !== false) expect({ id, type: slugOf(text) }).toEqual({ id, type: '#/gateway/read-only' })
      }
    }
  })

  test('says so to the console', async () => {
    const gateway = await startGateway({ readOnly: true })
    expect(JSON.parse((await send(`${gateway}/api/session`)).text)).toMatchObject({ readOnly: true })
  })
})

test('every answer carries the security headers and a request id', async () => {
  const { connections } = await bothClouds()
  const gateway = await startGateway({ connections, pages: () => ({ status: 200, headers: {}, body: 'page' }) })
  for (const path of ['/', '/api/session', '/api/nothing', '/api/thalassa/v1/kms/summary']) {
    const { headers } = await send(gateway + path)
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types kms-worker",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  }
})

test('a browser that disconnects while sending its body is no failure of the gateway', async () => {
  const { promise: logged, resolve } = Promise.withResolvers<string>()
  const { connections, seen } = await bothClouds()
  const gateway = await startGateway({ connections, log: pino({ base: null }, { write: resolve }) })
  const socket = connect(Number(new URL(gateway).port), '127.0.0.1')
  socket.write(
    `POST /api/thalassa/v1/kms/nl-01/keys/k/encrypt HTTP/1.1\r\nHost: ${new URL(gateway).host}\r\nContent-Length: 99\r\n\r\n{"pl`,
    () => socket.destroy(),
  )
  expect(JSON.parse(await logged)).toMatchObject({ level: 30, method: 'POST', status: 499 })
  expect(seen).toEqual([])
})

test('logs one line for each request, without query, headers or bodies', async () => {
  const lines: string[] = []
  const { connections } = await bothClouds()
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) })
  const gateway = await startGateway({ connections, log })
  const headers = { cookie: 'crumb=1', 'content-type': 'application/json' }
  await send(`${gateway}/api/thalassa/v1/kms/nl-01/keys?name=quiet`, { headers })
  await send(`${gateway}/api/thalassa/v1/kms/nl-01/keys/k/encrypt`, {
    method: 'POST',
    headers,
    body: '{"plaintext":"c2g="}',
  })
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { method: 'GET', path: '/api/thalassa/v1/kms/nl-01/keys', status: 200 },
    { method: 'POST', path: '/api/thalassa/v1/kms/nl-01/keys/k/encrypt', status: 200 },
  ])
  for (const word of ['quiet', 'crumb', 'c2g=', ...Object.values(secrets)]) expect(lines.join('')).not.toContain(word)
})

test('reports the provider’s duration, and drops the provider’s own timing', async () => {
  const { gateway } = await bothClouds(json({}, 200, { 'server-timing': 'upstream;dur=99999' }))
  const { headers } = await send(`${gateway}/api/thalassa/v1/kms/summary`)
  expect(headers['server-timing']).toMatch(/^upstream;dur=\d+\.\d$/)
})
