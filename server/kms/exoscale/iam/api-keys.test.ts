import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiKey, ApiKeyList, CreatedApiKey, Operation } from '../../../../src/clouds/exoscale/wire-organisation.ts'
import { done } from '../../testing/unaudited.ts'
import { answered, at, badMember, expectProblem, revisions } from '../testing/expectations.ts'
import { openTestServer, type TestServer } from '../testing/server.ts'
import { apiKeysOf, callAs, NOWHERE, newApiKey, newRole, roleNamed } from './testing/access.ts'

describe.each(revisions)('in %s', (revision) => {
  let server: TestServer
  let role: string
  beforeAll(async () => {
    server = await openTestServer({ revision })
    role = await newRole(server, { name: 'everything' })
  })
  afterAll(() => server.close())

  test('a new key has the vendor’s format, returns its secret once and signs at once', async () => {
    const reply = await server.post('/v2/api-key', { name: 'ci-terraform', 'role-id': role.toUpperCase() })
    const made = answered(reply, 200, CreatedApiKey)
    expect(made).toEqual({
      name: 'ci-terraform',
      key: expect.stringMatching(/^EXO[0-9a-f]{24}$/),
      secret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      'role-id': role,
    })
    const created = revision === '2026-11' ? { 'created-at': at(server.clock.now()) } : {}
    const known = { name: 'ci-terraform', key: made.key, 'role-id': role, ...created }
    expect(answered(await server.get(`/v2/api-key/${made.key}`), 200, ApiKey)).toEqual(known)
    expect(answered(await server.get('/v2/api-key'), 200, ApiKeyList)['api-keys']?.at(-1)).toEqual(known)
    const list = await callAs(server, made, 'GET', '/zone/de-fra-1/v2/kms-key')
    expect(list.status).toBe(200)
    for (const target of ['/v2/api-key', `/v2/api-key/${made.key}`, '/v2/event', '/v2/iam-role'])
      expect((await server.get(target)).text).not.toContain(made.secret)
  })

  test('a deleted key is refused at once, also with an earlier signature', async () => {
    const made = await newApiKey(server, role)
    const raw = { method: 'GET', target: '/v2/kms-key' }
    const headers = { authorization: await server.authorize(raw, server.expiry(), made) }
    expect((await server.raw({ ...raw, headers })).status).toBe(200)
    const reply = await server.call('DELETE', `/v2/api-key/${made.key}`)
    expect(answered(reply, 200, Operation)).toEqual({ id: expect.any(String), state: 'success' })
    expect(await server.raw({ ...raw, headers })).toMatchObject({ status: 403, body: { message: 'Invalid API key' } })
    expect(await server.get(`/v2/api-key/${made.key}`)).toMatchObject({
      status: 404,
      body: { message: 'API Key not found' },
    })
    expect(await server.call('DELETE', `/v2/api-key/${made.key}`)).toMatchObject({
      status: 400,
      text: '{"message":"API Key not in organization"}',
    })
  })

  test('a key may delete itself', async () => {
    const made = await newApiKey(server, role)
    expect((await callAs(server, made, 'DELETE', `/v2/api-key/${made.key}`)).status).toBe(200)
    expect((await callAs(server, made, 'GET', '/v2/kms-key')).body).toEqual({ message: 'Invalid API key' })
  })

  test('names need not be unique', async () => {
    const [one, other] = [await newApiKey(server, role, 'twice'), await newApiKey(server, role, 'twice')]
    expect(one.key).not.toBe(other.key)
    expect((await apiKeysOf(server)).filter(({ name }) => name === 'twice')).toHaveLength(2)
  })

  test('an unknown role is refused, and no key is created', async () => {
    const before = await apiKeysOf(server)
    expect(await server.post('/v2/api-key', { name: 'x', 'role-id': NOWHERE })).toMatchObject({
      status: 404,
      text: '{"message":"IAM role not found"}',
    })
    expect(await apiKeysOf(server)).toEqual(before)
  })

  test.each([
    [{}, 'name', 'is required'],
    [{ name: '' }, 'name', 'must be a string of 1 to 255 characters'],
    [{ name: 'x'.repeat(256) }, 'name', 'must be a string of 1 to 255 characters'],
    [{ name: 1 }, 'name', 'must be a string of 1 to 255 characters'],
    [{ name: 'x', 'role-id': undefined }, 'role-id', 'is required'],
    [{ name: 'x', 'role-id': 'Owner' }, 'role-id', 'must be a UUID'],
    [{ name: 'x', 'role-id': null }, 'role-id', 'must be a UUID'],
  ])('%j is refused', async (given, member, rule) => {
    const before = await apiKeysOf(server)
    const reply = await server.post('/v2/api-key', { 'role-id': role, ...given })
    expectProblem(reply, badMember(member, rule), revision, '/v2/api-key')
    expect(await apiKeysOf(server)).toEqual(before)
  })
})

test('since 2026-11 a key says when it was created, except in the answer to its creation', async () => {
  const server = await openTestServer({ revision: '2026-11' })
  server.advance(60_000)
  const reply = await server.post('/v2/api-key', { name: 'dated', 'role-id': await roleNamed(server, 'Owner') })
  const { secret, ...made } = answered(reply, 200, CreatedApiKey)
  const known = { ...made, 'created-at': at(server.clock.now()) }
  server.advance(60_000)
  await server.restart()
  expect(answered(await server.get(`/v2/api-key/${made.key}`), 200, ApiKey)).toEqual(known)
  expect((await apiKeysOf(server)).at(-1)).toEqual(known)
  await server.close()
})

describe('across a restart', () => {
  test('acknowledged keys sign and keep their order of creation; deleted ones don’t sign', async () => {
    const server = await openTestServer()
    const role = await roleNamed(server, 'Owner')
    server.advance(1)
    const kept = await newApiKey(server, role, 'kept')
    const gone = await newApiKey(server, role, 'gone')
    await server.call('DELETE', `/v2/api-key/${gone.key}`)
    const before = await apiKeysOf(server)
    await server.restart()
    expect(await apiKeysOf(server)).toEqual(before)
    expect((await callAs(server, kept, 'GET', '/v2/kms-key')).status).toBe(200)
    expect((await callAs(server, gone, 'GET', '/v2/kms-key')).body).toEqual({ message: 'Invalid API key' })
    await server.close()
  })

  test('the printed key stays the same, and is replaced if it was deleted', async () => {
    const server = await openTestServer()
    const role = await roleNamed(server, 'Owner')
    const first = server.api.credential
    const other = await newApiKey(server, role, 'somebody else’s')
    await server.restart()
    expect(server.api.credential).toEqual(first)
    await server.call('DELETE', `/v2/api-key/${first.key}`)
    server.advance(1)
    await server.restart()
    const second = server.api.credential
    expect([first.key, other.key]).not.toContain(second.key)
    expect(await apiKeysOf(server)).toEqual([
      { name: other.name, key: other.key, 'role-id': role },
      { name: 'local', key: second.key, 'role-id': role },
    ])
    await server.close()
  })

  test('the key of an older data folder, stored with its role only, is the printed key', async () => {
    const server = await openTestServer()
    await server.call('DELETE', `/v2/api-key/${server.api.credential.key}`)
    const older = { key: 'EXO0123456789abcdef01234567', secret: 'not-a-real-secret_for-test-vectors-only-012' }
    await server.credentials.add(
      {
        cloud: 'exoscale',
        id: older.key,
        name: 'local',
        secret: older.secret,
        attributes: { role: 'Owner' },
      },
      done,
    )
    await server.restart()
    expect(server.api.credential).toEqual(older)
    expect(await apiKeysOf(server)).toEqual([
      { name: 'local', key: older.key, 'role-id': await roleNamed(server, 'Owner') },
    ])
    await server.close()
  })
})
