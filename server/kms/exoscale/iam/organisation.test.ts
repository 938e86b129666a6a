import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { Operation, Policy } from '../../../../src/clouds/exoscale/wire-organisation.ts'
import { answered, revisions } from '../testing/expectations.ts'
import { openTestServer, type TestServer } from '../testing/server.ts'
import { callAs, kmsRules, newApiKey, newRole, roleNamed } from './testing/access.ts'

const POLICY = '/v2/iam-organization-policy'
const denyAll = { 'default-service-strategy': 'deny', services: {} }

const Quota = z.object({ resource: z.string(), usage: z.number(), limit: z.number() })

describe.each(revisions)('in %s', (revision) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer({ revision })
  })
  afterAll(() => server.close())

  test('the organisation is the same in every zone and after a restart', async () => {
    const reply = await server.get('/v2/organization')
    const schema = z.object({ id: z.uuid(), name: z.string(), currency: z.string() })
    const organisation = answered(reply, 200, schema)
    await server.restart()
    expect((await server.get('/zone/at-vie-2/v2/organization')).body).toEqual(organisation)
  })

  test('quotas count the zone’s own keys and the API keys', async () => {
    await server.newKey()
    await server.newKey()
    await server.newKey('elsewhere', 'de-fra-1')
    const { quotas } = answered(await server.get('/v2/quota'), 200, z.object({ quotas: z.array(Quota) }))
    expect(quotas).toEqual([
      { resource: 'kms-key', usage: 2, limit: 1000 },
      { resource: 'iam-key', usage: 1, limit: -1 },
    ])
    for (const quota of quotas)
      expect(answered(await server.get(`/v2/quota/${quota.resource}`), 200, Quota)).toEqual(quota)
    expect((await server.get('/v2/quota/kms%2Dkey')).body).toEqual(quotas[0])
    expect((await server.get('/zone/de-fra-1/v2/quota/kms-key')).body).toMatchObject({ usage: 1 })
    expect(await server.get('/v2/quota/instance')).toMatchObject({
      status: 404,
      text: '{"message":"Quota not found"}',
    })
  })

  test('its policy allows everything until it is set, precedes the role’s, and is kept over a restart', async () => {
    const allowAll = { 'default-service-strategy': 'allow', services: {} }
    expect(answered(await server.get(POLICY), 200, Policy)).toEqual(allowAll)
    const policy = {
      'default-service-strategy': 'allow',
      services: {
        kms: {
          type: 'rules',
          rules: [
            { action: 'deny', expression: "operation == 'create-kms-key'" },
            { action: 'allow', expression: 'true' },
          ],
        },
      },
    }
    expect(answered(await server.call('PUT', POLICY, policy), 200, Operation)).toEqual({
      id: expect.any(String),
      state: 'success',
    })
    await server.restart()
    expect(answered(await server.get(POLICY), 200, Policy)).toEqual(policy)
    expect(await server.post('/v2/kms-key', { name: randomUUID() })).toMatchObject({
      status: 403,
      text: '{"message":"Forbidden by organization policy for kms - A deny rule matched. Rule index: 0"}',
    })
    expect((await server.get('/v2/kms-key')).status).toBe(200)
    expect((await server.post(`${POLICY}:reset`)).status).toBe(200)
    expect((await server.get(POLICY)).body).toEqual(allowAll)
    expect((await server.post('/v2/kms-key', { name: randomUUID() })).status).toBe(revision === 'reference' ? 201 : 200)
  })

  test('an invalid policy is refused', async () => {
    for (const [body, detail] of [
      [{}, 'default-service-strategy is required; services is required'],
      [
        '{"default-service-strategy":"allow","services":{"__proto__":{"type":"deny"}}}',
        /^services\.__proto__ must have/,
      ],
      [kmsRules(['allow', '1 +']), /^services\.kms\.rules\.0\.expression is no CEL expression: /],
    ] as const) {
      const reply = await server.call('PUT', POLICY, body)
      expect(reply.status).toBe(400)
      expect(String(reply.body.detail)).toMatch(detail)
    }
  })
})

test('only a role with the permission can reset a policy that refuses everything', async () => {
  const server = await openTestServer()
  const other = await newApiKey(server, await newRole(server))
  const owner = await newApiKey(server, await roleNamed(server, 'Owner'))
  await server.call('PUT', POLICY, denyAll)
  const refused = { status: 403, text: '{"message":"Forbidden by organization policy for iam"}' }
  expect(await callAs(server, owner, 'GET', POLICY)).toMatchObject(refused)
  expect(await callAs(server, other, 'POST', `${POLICY}:reset`)).toMatchObject(refused)
  expect(await callAs(server, owner, 'POST', `${POLICY}:reset`)).toMatchObject({ status: 200 })
  expect((await callAs(server, other, 'GET', POLICY)).status).toBe(200)
  await server.close()
})
