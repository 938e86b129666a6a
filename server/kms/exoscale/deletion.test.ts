import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KeyList, KmsKey, ScheduleDeletionAnswer, SuccessAnswer } from '../../../src/clouds/exoscale/wire.ts'
import { answered, at, badMember, expectRefused, revisions } from './testing/expectations.ts'
import { DAY, openTestServer, type TestServer } from './testing/server.ts'

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer({ revision })
  })
  afterAll(() => server.close())

  test.each([
    [{}, 30],
    [{ 'delay-days': 7 }, 7],
    [{ 'delay-days': 30 }, 30],
  ])('is scheduled by %j for %i days ahead', async (body, days) => {
    const path = await server.newKey()
    const before = answered(await server.get(path), 200, KmsKey)
    server.advance(1000)
    const now = server.clock.now()
    const scheduled = answered(await server.post(`${path}/schedule-deletion`, body), 200, ScheduleDeletionAnswer)
    expect(scheduled).toEqual({ 'delete-at': at(now + days * DAY) })
    const pending = answered(await server.get(path), 200, KmsKey)
    expect(pending).toEqual({
      ...before,
      ...scheduled,
      status: 'pending-deletion',
      'status-since': at(now),
      revision: { seq: 3, at: at(now) },
    })
    const list = answered(await server.get('/v2/kms-key'), 200, KeyList)
    expect(list['kms-keys']).toContainEqual(pending)
  })

  test.each([6, 31, 7.5, 0, '7', null])('refuses a delay of %j days', async (days) => {
    const path = await server.newKey()
    const rule = 'must be an integer from 7 to 30'
    await expectRefused(server, `${path}/schedule-deletion`, { 'delay-days': days }, badMember('delay-days', rule))
  })

  test('can be cancelled, which leaves the key disabled', async () => {
    const path = await server.newKey()
    await server.post(`${path}/schedule-deletion`, {})
    server.advance(1000)
    expect(answered(await server.post(`${path}/cancel-deletion`), 200, SuccessAnswer)).toEqual({ status: 'success' })
    const key = answered(await server.get(path), 200, KmsKey)
    expect(key).toMatchObject({ status: 'disabled', 'status-since': at(server.clock.now()), revision: { seq: 4 } })
    expect(key).not.toHaveProperty('delete-at')
  })

  test('keeps the name taken until the key is destroyed', async () => {
    const path = await server.newKey('short-lived')
    await server.post(`${path}/schedule-deletion`, { 'delay-days': 7 })
    expect((await server.post('/v2/kms-key', { name: 'short-lived' })).body.title).toBe('Name Conflict')
    server.advance(7 * DAY)
    await server.runDueJobs()
    expect((await server.get(path)).status).toBe(revision === 'reference' ? 404 : 400)
    expect((await server.post('/v2/kms-key', { name: 'short-lived' })).status).toBe(
      revision === 'reference' ? 201 : 200,
    )
  })
})
