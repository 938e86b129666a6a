import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { KeyStore, KeyStoreList } from '../../../../src/clouds/exoscale/wire-key-stores.ts'
import { answered, at } from '../testing/expectations.ts'
import { openTestServer } from '../testing/server.ts'
import { openServerWithProxy, type ServerWithProxy, STORES } from './testing/stores.ts'

let opened: ServerWithProxy
beforeAll(async () => {
  opened = await openServerWithProxy()
})
afterEach(() => opened.proxy.behave({ kind: 'works' }))
afterAll(() => opened.close())

const unhealthy = { status: 400, body: { title: 'Key Store Proxy Unhealthy' } }

test('a store is created disconnected, read and listed in every zone, and never with its secret', async () => {
  const { server, settings, proxy } = opened
  const reply = await server.post(STORES, { name: 'first', description: 'of the bank', proxy: settings })
  const created = answered(reply, 200, KeyStore)
  expect(created).toEqual({
    id: expect.any(String),
    name: 'first',
    description: 'of the bank',
    type: 'external-key-store',
    status: 'disconnected',
    'status-since': at(server.clock.now()),
    'created-at': at(server.clock.now()),
    proxy: { endpoint: proxy.endpoint, auth: { key: proxy.auth.key } },
  })
  const read = answered(await server.get(`${STORES}/${created.id}`), 200, KeyStore)
  const { 'metadata-json': metadata = '', ...health } = read.health ?? {}
  expect(read).toEqual({ ...created, health: expect.anything() })
  expect(health).toEqual({ status: 'healthy', 'checked-at': at(server.clock.now()) })
  expect(JSON.parse(Buffer.from(metadata, 'base64').toString())).toMatchObject({ xksProxyVendor: 'Tests' })
  const list = await server.get('/zone/de-fra-1/v2/key-store')
  expect(answered(list, 200, KeyStoreList)).toEqual({ 'key-stores': [created] })
  for (const { text } of [reply, list, await server.get('/v2/event')]) expect(text).not.toContain(proxy.auth.secret)
})

test('a store is changed, connected, disconnected and deleted', async () => {
  const { server, newStore } = opened
  const store = await newStore()
  server.advance(1000)
  const other = { endpoint: 'https://203.0.114.1/other' }
  const changed = await server.post(`${store}/update`, { description: 'new', proxy: other })
  expect(answered(changed, 200, KeyStore)).toMatchObject({ description: 'new', proxy: other })
  // Of the proxy before, so it is gone.
  expect(changed.body).not.toHaveProperty('health')
  await server.post(`${store}/update`, { proxy: opened.settings })
  expect(await server.post(`${store}/connect`)).toMatchObject({ status: 200, body: { status: 'success' } })
  expect((await server.get(store)).body).toMatchObject({
    status: 'connected',
    'status-since': at(server.clock.now()),
    description: 'new',
    health: { status: 'healthy' },
  })
  expect(await server.post(`${store}/disconnect`)).toMatchObject({ status: 200, body: { status: 'success' } })
  expect((await server.get(store)).body).toMatchObject({ status: 'disconnected' })
  expect((await server.call('DELETE', store)).status).toBe(200)
  expect(await server.get(store)).toMatchObject({ status: 400, body: { title: 'Not Found' } })
})

test('stores and their secrets survive a restart', async () => {
  const { server, connectedStore } = opened
  const store = await connectedStore()
  await server.restart()
  expect((await server.get(store)).body).toMatchObject({ status: 'connected' })
  expect((await server.post(`${store}/connect`)).status).toBe(200)
})

describe('a proxy that fails is refused at creation and at connection, and nothing is changed', () => {
  test.each([
    [
      'an error',
      { kind: 'error', status: 503, name: 'DependencyTimeoutException', message: 'HSM is away' },
      'DependencyTimeoutException',
      'HSM is away',
    ],
    [
      'an error without a message',
      { kind: 'error', status: 500, name: 'InternalException' },
      'InternalException',
      undefined,
    ],
  ] as const)('%s is passed on', async (_, behaviour, name, message) => {
    const { server, proxy, newStore, settings } = opened
    const store = await newStore()
    const error = { 'error-name': name, ...(message && { 'error-message': message }) }
    proxy.behave(behaviour)
    const refused = await server.post(STORES, { name: 'fails', proxy: settings })
    expect(refused).toMatchObject(unhealthy)
    expect(refused.body['xks-proxy-error']).toEqual(error)
    expect((await server.post(`${store}/connect`)).body).toMatchObject({ ...unhealthy.body, 'xks-proxy-error': error })
    expect((await server.get(store)).body).toMatchObject({
      status: 'disconnected',
      health: { status: 'unhealthy', 'status-reason': 'proxy-refused', 'error-detail': `it answers ${name}` },
    })
    proxy.behave({ kind: 'works' })
    expect((await server.get(STORES)).text).not.toContain('"fails"')
  })

  test('what the proxy says beyond the rules of its API is left out', async () => {
    const { server, proxy, settings } = opened
    proxy.behave({ kind: 'error', status: 500, name: 'InternalException', message: 'x'.repeat(512) })
    const { body } = await server.post(STORES, { name: 'x', proxy: settings })
    expect(body['xks-proxy-error']).toEqual({ 'error-name': 'InternalException' })
  })

  test('wrong credentials and a wrong path are members of the request', async () => {
    const { server, settings } = opened
    const auth = { ...settings.auth, secret: 'another' }
    expect(await server.post(STORES, { name: 'x', proxy: { ...settings, auth } })).toMatchObject({
      status: 400,
      body: {
        title: 'Bad Request',
        detail: 'proxy.auth is refused by the proxy',
        'xks-proxy-error': { 'error-name': 'AuthenticationFailedException' },
      },
    })
    const endpoint = settings.endpoint.replace('tenant', 'elsewhere')
    expect(await server.post(STORES, { name: 'x', proxy: { ...settings, endpoint } })).toMatchObject({
      status: 400,
      body: { title: 'Bad Request', detail: 'proxy.endpoint has a path that the proxy does not know' },
    })
  })
})

describe('refusals', () => {
  test('a name is unique in the organisation', async () => {
    const { server, newStore, settings } = opened
    await newStore('taken')
    expect(await server.post('/zone/de-fra-1/v2/key-store', { name: 'taken', proxy: settings })).toMatchObject({
      status: 400,
      body: { title: 'Name Conflict' },
    })
    const twice = await Promise.all([1, 2].map(() => server.post(STORES, { name: 'at once', proxy: settings })))
    expect(twice.map(({ body }) => body.title ?? body.name).toSorted()).toEqual(['Name Conflict', 'at once'])
  })

  test('a change that another one overtook is a conflict', async () => {
    const { promise: overtaken, resolve: overtake } = Promise.withResolvers<void>()
    const slow = await openServerWithProxy({
      async lookUp() {
        overtake()
        await changed
        return [{ address: '127.0.0.1', family: 4 }]
      },
    })
    const store = await slow.newStore()
    const changed = overtaken.then(() => slow.server.post(`${store}/update`, { description: 'first' }))
    const endpoint = 'https://xks.example'
    expect(await slow.server.post(`${store}/update`, { proxy: { endpoint } })).toMatchObject({
      status: 400,
      body: { title: 'Conflict' },
    })
    expect((await slow.server.get(store)).body).toMatchObject({
      description: 'first',
      proxy: { endpoint: slow.proxy.endpoint },
    })
    await slow.close()
  })

  test.each([
    ['GET', ''],
    ['POST', '/update'],
    ['POST', '/connect'],
    ['POST', '/disconnect'],
    ['DELETE', ''],
  ])('%s %s of an unknown store', async (method, path) => {
    const target = `${STORES}/019eef1b-c320-7416-89a2-8f65eb889ad1${path}`
    expect(await opened.server.call(method, target, method === 'POST' ? {} : undefined)).toMatchObject({
      status: 400,
      body: { title: 'Not Found', type: '#/http-problem-types/not-found' },
    })
  })

  const proxy = { endpoint: 'https://xks.example', auth: { key: 'KEY', secret: 's' } }
  test.each<[string, object, string]>([
    ['no name', { proxy }, 'name is required'],
    ['a long name', { name: 'n'.repeat(257), proxy }, 'name must be a string of 1 to 256 characters'],
    ['another type', { name: 'x', type: 'cloud', proxy }, 'type must be external-key-store'],
    ['no proxy', { name: 'x' }, 'proxy is required'],
    ['no secret', { name: 'x', proxy: { ...proxy, auth: { key: 'K' } } }, 'proxy.auth.secret is required'],
    [
      'an access key that no header holds',
      { name: 'x', proxy: { ...proxy, auth: { key: 'a\nb', secret: 's' } } },
      'proxy.auth.key must be 1 to 128 characters out of letters, digits and . _ -',
    ],
    [
      'no address',
      { name: 'x', proxy: { ...proxy, endpoint: 'xks' } },
      'proxy.endpoint must be the address of an XKS proxy, such as https://xks.example.com/tenant',
    ],
  ])('%s', async (_, body, detail) => {
    expect(await opened.server.post(STORES, body)).toMatchObject({
      status: 400,
      body: { title: 'Bad Request', detail },
    })
  })

  test('only half of new credentials', async () => {
    const { server, newStore } = opened
    expect(await server.post(`${await newStore()}/update`, { proxy: { auth: { key: 'K' } } })).toMatchObject({
      status: 400,
      body: { detail: 'proxy.auth.secret is required' },
    })
  })

  test('a private address, at creation and at a change, without a connection to it', async () => {
    const strict = await openTestServer({ revision: '2026-11' })
    const { proxy: running, settings } = opened
    const before = running.seen.length
    const endpoint = running.endpoint.replace('http:', 'https:')
    const detail = expect.stringMatching(/^proxy\.endpoint must be on the Internet.*KMS_XKS_ALLOW_PRIVATE=1/)
    expect(await strict.post(STORES, { name: 'x', proxy: { ...settings, endpoint } })).toMatchObject({
      status: 400,
      body: { title: 'Bad Request', detail },
    })
    expect(running.seen.length).toBe(before)
    await strict.close()
  })

  test.each(['reference', '2026-07'] as const)('revision %s knows no key stores', async (revision) => {
    const older = await openTestServer({ revision })
    expect((await older.get(STORES)).status).toBe(404)
    expect((await older.post(STORES, { name: 'x', proxy })).status).toBe(404)
    await older.close()
  })
})
