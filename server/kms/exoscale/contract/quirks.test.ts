/** Quirks of the API, by row of the quirk table. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FaultSwitches } from '../fault-switches.ts'
import { at, conflict, expectProblem, keyNotFound, revisions } from '../testing/expectations.ts'
import { type Credential, openTestServer, type Reply, type TestServer } from '../testing/server.ts'
import { successStatus } from './testing/answers.ts'
import { newRole, operationsOf, prepare, readAll } from './testing/targets.ts'

const missing = '/v2/kms-key/019eef1b-c320-7416-89a2-8f65eb889ad1'

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer({ revision })
  })
  afterEach(() => server.close())

  /** Server with other fault switches. */
  async function reopen(switches: Partial<FaultSwitches>) {
    await server.close()
    server = await openTestServer({ revision, switches })
  }

  const idOf = (path: string) => path.split('/').at(-1) ?? ''
  const read = async (path: string) => (await server.get(path)).body

  async function as(credential: Credential, method: string, target: string): Promise<Reply> {
    const authorization = await server.authorize({ method, target }, server.expiry(), credential)
    return server.raw({ method, target, headers: { authorization } })
  }

  /** API key whose role has this policy. */
  async function newCredential(policy: object): Promise<Credential> {
    const role = idOf(await newRole(server))
    await server.call('PUT', `/v2/iam-role/${role}:policy`, policy)
    const { body } = await server.post('/v2/api-key', { name: 'narrow', 'role-id': role })
    return { key: String(body.key), secret: String(body.secret) }
  }

  test.each(operationsOf(revision))('1, 24: %s returns its result or an operation, as JSON', async (operation) => {
    const { method, target, bodies } = await prepare(server, operation)
    const [body] = bodies
    const reply = await server.call(method, target, body === undefined ? undefined : JSON.stringify(body))
    expect([reply.status, reply.text]).toEqual([successStatus(operation, revision), expect.stringMatching(/^[[{]/)])
    const changesIam = /^(?:create|update|delete|reset)-iam|^delete-api-key|^get-operation/.test(operation)
    expect('state' in reply.body).toBe(changesIam)
  })

  test('1, 26: an API key exists at once, is addressed by its key, and is deleted by an operation', async () => {
    const role = idOf(await newRole(server))
    const made = await server.post('/v2/api-key', { name: 'ci', 'role-id': role })
    expect(made.body).toEqual({
      name: 'ci',
      key: expect.stringMatching(/^EXO[0-9a-f]{24}$/),
      secret: expect.stringMatching(/^[\w-]{43}$/),
      'role-id': role,
    })
    const path = `/v2/api-key/${made.body.key}`
    const created = revision === '2026-11' ? { 'created-at': at(server.clock.now()) } : {}
    expect(await read(path)).toEqual({ name: 'ci', key: made.body.key, 'role-id': role, ...created })
    expect((await server.call('DELETE', path)).body).toEqual({ id: expect.any(String), state: 'success' })
    expect((await server.get(path)).status).toBe(404)
  })

  test('2: the first answer of an operation may be pending', async () => {
    await reopen({ operations: 'pending' })
    const { body } = await server.post('/v2/iam-role', { name: 'slow' })
    expect(body.state).toBe('pending')
    expect(await read(`/v2/operation/${body.id}`)).toMatchObject({ id: body.id, state: 'success' })
  })

  test('3: not found and conflict have a status of their own in the first revision only', async () => {
    expectProblem(await server.get(missing), keyNotFound, revision, missing)
    const target = `${await server.newKey()}/enable-key-rotation`
    expectProblem(await server.post(target, {}), conflict, revision, target)
  })

  test('4: 403 means a wrong signature, an unknown key or a policy, by its message', async () => {
    const narrow = await newCredential({ 'default-service-strategy': 'deny', services: {} })
    const said = [
      await as({ ...narrow, secret: 'wrong' }, 'GET', '/v2/kms-key'),
      await as({ ...narrow, key: 'EXO0' }, 'GET', '/v2/kms-key'),
      await as(narrow, 'GET', '/v2/kms-key'),
      await server.raw({ method: 'GET', target: '/v2/kms-key' }),
    ].map(({ status, body }) => [status, body.message])
    expect(said).toEqual([
      [403, 'Invalid request signature'],
      [403, 'Invalid API key'],
      [403, 'Forbidden by role policy for kms'],
      [403, 'Missing authentication'],
    ])
  })

  const closed = operationsOf(revision).filter((operation) => operation !== 'list-zones')

  test.each(closed)('4: %s refuses calls without a valid signature, and changes nothing', async (operation) => {
    const { method, target, bodies } = await prepare(server, operation)
    const before = await readAll(server)
    const raw = { method, target, ...(bodies.length > 0 ? { body: JSON.stringify(bodies[0]) } : {}) }
    const wrong = { ...server.api.credential, secret: 'wrong' }
    const said = [
      await server.raw(raw),
      await server.raw({ ...raw, headers: { authorization: await server.authorize(raw, server.expiry(), wrong) } }),
      await server.raw({ ...raw, headers: { authorization: await server.authorize(raw, server.expiry() - 661) } }),
    ].map(({ status, body }) => [status, body.message])
    expect(said).toEqual([
      [403, 'Missing authentication'],
      [403, 'Invalid request signature'],
      [403, 'Request expired'],
    ])
    expect(await readAll(server)).toEqual(before)
  })

  test('5: refusals are problem documents for keys, messages for everything else', async () => {
    expect(Object.keys(await read(missing))).toEqual(expect.arrayContaining(['type', 'title', 'status', 'detail']))
    expect(await read('/v2/iam-role/019eef1b-c320-7416-89a2-8f65eb889ad1')).toEqual({ message: 'IAM role not found' })
    expect(await read('/v2/nothing')).toEqual({ message: 'Not Found' })
  })

  test('6: member names are kebab-case, except names that users chose', async () => {
    await server.post('/v2/iam-role', { name: 'labelled', labels: { camelCase_Key: 'x' } })
    const roles = (await server.get('/v2/iam-role')).body['iam-roles'] as ReadonlyArray<Record<string, unknown>>
    expect(roles.find(({ name }) => name === 'labelled')?.labels).toEqual({ camelCase_Key: 'x' })
    const names = Object.keys(await read(await server.newKey()))
    expect(names.filter((name) => !/^[a-z]+(?:-[a-z]+)*$/.test(name))).toEqual([])
  })

  test('25: a creation that is sent twice with the same signature creates one key', async () => {
    const request = { method: 'POST', target: '/v2/kms-key', body: '{"name":"once"}' }
    const headers = { authorization: await server.authorize(request), 'content-type': 'application/json' }
    const [first, second] = [await server.raw({ ...request, headers }), await server.raw({ ...request, headers })]
    expect(first.status).toBe(successStatus('create-kms-key', revision))
    expect(second.body.title).toBe('Name Conflict')
    expect((await read('/v2/kms-key'))['kms-keys']).toHaveLength(1)
  })

  test('27: a secret is returned once', async () => {
    const { secret } = await newCredential({ 'default-service-strategy': 'allow', services: {} })
    for (const target of ['/v2/api-key', '/v2/iam-role', '/v2/event'])
      expect((await server.get(target)).text).not.toContain(secret)
  })

  test('31: the list of zones needs no signature; signed by a narrow role it is refused', async () => {
    const narrow = await newCredential({ 'default-service-strategy': 'deny', services: { kms: { type: 'allow' } } })
    expect((await server.raw({ method: 'GET', target: '/v2/zone' })).status).toBe(200)
    expect((await as(narrow, 'GET', '/v2/kms-key')).status).toBe(200)
    expect(await as(narrow, 'GET', '/v2/zone')).toMatchObject({
      status: 403,
      body: { message: 'Forbidden by role policy for compute' },
    })
  })

  test('32: every answer, also a refusal, has a Date header', async () => {
    for (const target of ['/v2/zone', '/v2/kms-key'])
      expect((await server.raw({ method: 'GET', target })).headers.date).toMatch(/GMT$/)
  })
})
