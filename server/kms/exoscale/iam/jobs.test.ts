import { describe, expect, test } from 'vitest'
import { Operation } from '../../../../src/clouds/exoscale/wire-organisation.ts'
import { answered, revisions } from '../testing/expectations.ts'
import { openTestServer } from '../testing/server.ts'
import { callAs, keyWithPolicy, NOWHERE } from './testing/access.ts'

const HOUR = 3_600_000

describe.each(revisions)('in %s', (revision) => {
  test('an operation is complete at once, and is kept for an hour, also over a restart', async () => {
    const server = await openTestServer({ revision })
    const made = answered(await server.post('/v2/iam-role', { name: 'x' }), 200, Operation)
    const target = `/v2/operation/${made.id}`
    expect(made.state).toBe('success')
    await server.restart()
    expect(answered(await server.get(target), 200, Operation)).toEqual(made)
    server.advance(HOUR - 1)
    expect(
      (await server.get(`/zone/de-fra-1${target.toUpperCase().replace('/V2/OPERATION', '/v2/operation')}`)).body,
    ).toEqual(made)
    server.advance(1)
    expect(await server.get(target)).toMatchObject({ status: 404, text: '{"message":"Operation not found"}' })
    await server.post('/v2/iam-role', { name: 'y' })
    expect((await server.get(target)).status).toBe(404)
    await server.close()
  })

  test('with the switch it is pending first and complete when it is read', async () => {
    const server = await openTestServer({ revision, switches: { operations: 'pending' } })
    const made = answered(await server.post('/v2/iam-role', { name: 'x' }), 200, Operation)
    const link = String(made.reference?.link)
    expect(made.state).toBe('pending')
    expect((await server.get(link)).status).toBe(200)
    await server.restart()
    for (let poll = 0; poll < 2; poll += 1)
      expect(answered(await server.get(`/v2/operation/${made.id}`), 200, Operation)).toEqual({
        ...made,
        state: 'success',
      })
    const changes = [
      await server.call('PUT', link, { description: 'y' }),
      await server.call('PUT', `${link}:policy`, { 'default-service-strategy': 'deny', services: {} }),
      await server.call('DELETE', link),
      await server.call('PUT', '/v2/iam-organization-policy', { 'default-service-strategy': 'allow', services: {} }),
      await server.post('/v2/iam-organization-policy:reset'),
    ]
    for (const change of changes) expect(answered(change, 200, Operation).state).toBe('pending')
    await server.close()
  })
})

test('no policy refuses reading an operation', async () => {
  const server = await openTestServer()
  const nothing = await keyWithPolicy(server, { 'default-service-strategy': 'deny', services: {} })
  const { body } = await server.post('/v2/iam-role', { name: 'x' })
  expect((await callAs(server, nothing, 'GET', `/v2/operation/${body.id}`)).status).toBe(200)
  expect(await callAs(server, nothing, 'GET', `/v2/operation/${NOWHERE}`)).toMatchObject({
    status: 404,
    text: '{"message":"Operation not found"}',
  })
  await server.close()
})
