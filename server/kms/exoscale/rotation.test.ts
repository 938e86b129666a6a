import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KeyRotations, KmsKey, RotationAnswer } from '../../../src/clouds/exoscale/wire.ts'
import { answered, at, badMember, conflict, expectRefused, revisions } from './testing/expectations.ts'
import { DAY, openTestServer, type TestServer } from './testing/server.ts'

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer({ revision })
  })
  afterAll(() => server.close())

  test('by hand adds a version, increments the count, and keeps the date of the next', async () => {
    const path = await server.newKey()
    const before = answered(await server.get(path), 200, KmsKey)
    server.advance(1000)
    const { rotation } = answered(await server.post(`${path}/rotate`), 200, RotationAnswer)
    expect(rotation).toEqual({ ...before.rotation, 'manual-count': 1 })
    expect(answered(await server.get(path), 200, KmsKey)).toEqual({
      ...before,
      rotation,
      material: { version: 2, 'created-at': at(server.clock.now()), automatic: false },
      revision: { seq: 3, at: at(server.clock.now()) },
    })
  })

  test('by hand is limited to ten times', async () => {
    const path = await server.newKey()
    for (let count = 1; count <= 10; count += 1)
      expect((await server.post(`${path}/rotate`)).body.rotation).toMatchObject({ 'manual-count': count })
    const before = await server.get(path)
    await expectRefused(
      server,
      `${path}/rotate`,
      {},
      {
        status: 400,
        slug: 'manual-rotation-limit',
        title: 'Manual Rotation Limit',
      },
    )
    expect((await server.get(path)).body).toEqual(before.body)
    const list = answered(await server.get(`${path}/list-key-rotations`), 200, KeyRotations)
    expect(list.rotations.map(({ version }) => version)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  test('is listed without the initial version', async () => {
    const path = await server.newKey()
    expect(answered(await server.get(`${path}/list-key-rotations`), 200, KeyRotations)).toEqual({ rotations: [] })
    server.advance(5000)
    await server.post(`${path}/rotate`)
    expect(answered(await server.get(`${path}/list-key-rotations`), 200, KeyRotations)).toEqual({
      rotations: [{ version: 2, 'rotated-at': at(server.clock.now()), automatic: false }],
    })
  })

  test('can be disabled and enabled; repeating either is a conflict', async () => {
    const path = await server.newKey()
    const { rotation: fresh } = answered(await server.get(path), 200, KmsKey)
    await expectRefused(server, `${path}/enable-key-rotation`, { 'rotation-period': 90 }, conflict)
    server.advance(DAY)
    const off = answered(await server.post(`${path}/disable-key-rotation`), 200, RotationAnswer)
    expect(off.rotation).toEqual({ ...fresh, automatic: false })
    await expectRefused(server, `${path}/disable-key-rotation`, {}, conflict)
    const on = answered(
      await server.post(`${path}/enable-key-rotation`, { 'rotation-period': 90 }),
      200,
      RotationAnswer,
    )
    const next = at(server.clock.now() + 90 * DAY)
    expect(on.rotation).toEqual({ automatic: true, 'rotation-period': 90, 'next-at': next, 'manual-count': 0 })
    expect(answered(await server.get(path), 200, KmsKey)).toMatchObject({
      rotation: on.rotation,
      revision: { seq: 4 },
    })
  })

  test.each([
    [90, 90],
    [2560, 2560],
    [undefined, 365],
  ])('takes a period of %s days', async (days, kept) => {
    const path = await server.newKey()
    await server.post(`${path}/disable-key-rotation`)
    const body = days === undefined ? {} : { 'rotation-period': days }
    const { rotation } = answered(await server.post(`${path}/enable-key-rotation`, body), 200, RotationAnswer)
    expect(rotation).toMatchObject({ 'rotation-period': kept, 'next-at': at(server.clock.now() + kept * DAY) })
  })

  test.each([89, 2561, 90.5, -90, 1e300, '90', null, true])('refuses a period of %j', async (days) => {
    const path = await server.newKey()
    const rule = 'must be an integer from 90 to 2560'
    await expectRefused(
      server,
      `${path}/enable-key-rotation`,
      { 'rotation-period': days },
      badMember('rotation-period', rule),
    )
  })
})
