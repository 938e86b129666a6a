import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KeyStore, KeyStoreList } from '../../../../src/clouds/exoscale/wire-key-stores.ts'
import { answered, at, olderRevisions } from '../testing/expectations.ts'
import { openTestServer, type TestServer } from '../testing/server.ts'

const proxy = { endpoint: 'https://xks.example', auth: { key: 'XKSACCESSKEY', secret: 'the secret of the proxy' } }
const STORES = '/v2/key-store'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer({ revision: '2026-11' })
})
afterAll(() => server.close())

const newStore = async (name: string, more: object = {}): Promise<string> =>
  `${STORES}/${(await server.post(STORES, { name, proxy, ...more })).body.id}`

test('a store is created disconnected, read and listed in every zone, and never with its secret', async () => {
  const reply = await server.post(STORES, { name: 'first', description: 'of the bank', proxy })
  const created = answered(reply, 200, KeyStore)
  expect(created).toEqual({
    id: expect.any(String),
    name: 'first',
    description: 'of the bank',
    type: 'external-key-store',
    status: 'disconnected',
    'status-since': at(server.clock.now()),
    'created-at': at(server.clock.now()),
    proxy: { endpoint: 'https://xks.example', auth: { key: 'XKSACCESSKEY' } },
  })
  expect(answered(await server.get(`${STORES}/${created.id}`), 200, KeyStore)).toMatchObject(created)
  const list = await server.get('/zone/de-fra-1/v2/key-store')
  expect(answered(list, 200, KeyStoreList)).toEqual({ 'key-stores': [created] })
})

describe('refusals', () => {
  test('a name is unique in the organisation', async () => {
    await newStore('taken')
    expect(await server.post('/zone/de-fra-1/v2/key-store', { name: 'taken', proxy })).toMatchObject({
      status: 400,
      body: { title: 'Name Conflict' },
    })
  })

  test.each([
    ['GET', ''],
    ['POST', '/update'],
    ['POST', '/connect'],
    ['POST', '/disconnect'],
    ['DELETE', ''],
  ])('%s %s of an unknown store', async (method, path) => {
    const target = `${STORES}/019eef1b-c320-7416-89a2-8f65eb889ad1${path}`
    expect(await server.call(method, target, method === 'POST' ? {} : undefined)).toMatchObject({
      status: 400,
      body: { title: 'Not Found', type: '#/http-problem-types/not-found' },
    })
  })

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
  ])('%s', async (_, body, detail) => {
    expect(await server.post(STORES, body)).toMatchObject({ status: 400, body: { title: 'Bad Request', detail } })
  })

  test.each(olderRevisions)('revision %s knows no key stores', async (revision) => {
    const older = await openTestServer({ revision })
    expect((await older.get(STORES)).status).toBe(404)
    expect((await older.post(STORES, { name: 'x', proxy })).status).toBe(404)
    await older.close()
  })
})

test('a store is changed, connected, disconnected and deleted', async () => {
  const store = await newStore('changing')
  server.advance(1000)
  const changed = await server.post(`${store}/update`, {
    description: 'new',
    proxy: { endpoint: 'https://other.example' },
  })
  expect(answered(changed, 200, KeyStore)).toMatchObject({
    description: 'new',
    proxy: { endpoint: 'https://other.example', auth: { key: 'XKSACCESSKEY' } },
  })
  expect(await server.post(`${store}/connect`)).toMatchObject({ status: 200, body: { status: 'success' } })
  expect((await server.get(store)).body).toMatchObject({ status: 'connected', 'status-since': at(server.clock.now()) })
  expect(await server.post(`${store}/disconnect`)).toMatchObject({ status: 200, body: { status: 'success' } })
  expect((await server.get(store)).body).toMatchObject({ status: 'disconnected' })
  expect((await server.call('DELETE', store)).status).toBe(200)
  expect((await server.get(store)).status).toBe(400)
})
