import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EncryptAnswer, KeyList, KeyRotations } from '../../../src/clouds/exoscale/wire.ts'
import { answered, at, expectRefused, keyNotFound, revisions, withAes } from './testing/expectations.ts'
import { openWithKey } from './testing/replicas.ts'
import { DAY } from './testing/server.ts'

const pending = { status: 400, slug: 'key-pending-deletion', title: 'Key is Pending Deletion' }

describe.each(revisions)('revision %s', (revision) => {
  let opened: Awaited<ReturnType<typeof openWithKey>>
  beforeEach(async () => {
    opened = await openWithKey(revision)
  })
  afterEach(() => opened.server.close())

  test('is registered at once and exists after two seconds', async () => {
    const { server, primary, frankfurt, read, replicate } = opened
    const before = await read(primary)
    expect(before).not.toHaveProperty('replicas')
    expect(before).not.toHaveProperty('replicas-status')
    await replicate('de-fra-1')
    const now = at(server.clock.now())
    const registered = await read(primary)
    expect(registered).toEqual({
      ...before,
      revision: { seq: 3, at: now },
      replicas: ['de-fra-1'],
      'replicas-status': [{ zone: 'de-fra-1', 'last-applied-watermark': 0 }],
    })
    server.advance(1999)
    await expectRefused(server, `${frankfurt}/encrypt`, { plaintext: '' }, keyNotFound)
    expect(await read(primary)).toEqual(registered)
    server.advance(1)
    const { replicas, 'replicas-status': _, ...same } = registered
    const created = at(server.clock.now())
    expect(await read(frankfurt)).toEqual({
      ...same,
      'status-since': created,
      revision: { seq: 2, at: created },
    })
    expect(await read(primary)).toEqual({
      ...registered,
      'replicas-status': [{ zone: 'de-fra-1', 'last-applied-watermark': 3 }],
    })
    const [listed] = answered(await server.get('/v2/kms-key'), 200, KeyList)['kms-keys']
    expect(listed).toEqual({ ...same, replicas })
    const there = answered(await server.get('/zone/de-fra-1/v2/kms-key'), 200, KeyList)
    expect(there['kms-keys']).toEqual([await read(frankfurt)])
  })

  test('can exist in several zones, each of which lists the others', async () => {
    const { server, primary, read, replicate, replicated } = opened
    await replicated()
    await replicate('de-muc-1')
    expect(await read(primary)).toMatchObject({
      revision: { seq: 4 },
      replicas: ['de-fra-1', 'de-muc-1'],
      'replicas-status': [
        { zone: 'de-fra-1', 'last-applied-watermark': 3 },
        { zone: 'de-muc-1', 'last-applied-watermark': 0 },
      ],
    })
    server.advance(1000)
    const states = async () => (await read(primary))['replicas-status']?.map((state) => state['last-applied-watermark'])
    expect(await states()).toEqual([4, 0])
    server.advance(1000)
    expect(await states()).toEqual([4, 4])
  })

  test('decrypts ciphertext of another zone, in both directions', async () => {
    const { server, primary, frankfurt, replicated } = opened
    const context = { 'encryption-context': 'Y3R4' }
    const encryptAt = async (path: string) =>
      answered(await server.post(`${path}/encrypt`, { plaintext: 'aGVsbG8=', ...context }), 200, EncryptAnswer)
    const old = await encryptAt(primary)
    await replicated()
    await server.post(`${primary}/rotate`)
    server.advance(1000)
    const ciphertexts = [old, await encryptAt(primary), await encryptAt(frankfurt)]
    for (const path of [primary, frankfurt])
      for (const ciphertext of ciphertexts)
        expect((await server.post(`${path}/decrypt`, { ...ciphertext, ...context })).body).toEqual({
          plaintext: 'aGVsbG8=',
          ...withAes(revision),
        })
  })

  test('follows rotations and rotation settings after a second', async () => {
    const { server, primary, frankfurt, read, replicated, stateIn } = opened
    await replicated()
    server.advance(DAY)
    await server.post(`${primary}/rotate`)
    server.advance(999)
    expect((await read(frankfurt)).material.version).toBe(1)
    expect(await stateIn('de-fra-1')).toEqual({ zone: 'de-fra-1', 'last-applied-watermark': 3 })
    server.advance(1)
    const after = await read(primary)
    expect(after.material.version).toBe(2)
    expect(await read(frankfurt)).toMatchObject({
      material: after.material,
      rotation: after.rotation,
      revision: { seq: 3, at: at(server.clock.now()) },
    })
    expect(await stateIn('de-fra-1')).toEqual({ zone: 'de-fra-1', 'last-applied-watermark': 4 })
    const rotationsOf = async (path: string) =>
      answered(await server.get(`${path}/list-key-rotations`), 200, KeyRotations)
    expect(await rotationsOf(frankfurt)).toEqual(await rotationsOf(primary))

    await server.post(`${primary}/disable-key-rotation`)
    await server.post(`${primary}/enable-key-rotation`, { 'rotation-period': 90 })
    server.advance(1000)
    expect((await read(frankfurt)).rotation).toEqual((await read(primary)).rotation)
    expect(await stateIn('de-fra-1')).toEqual({ zone: 'de-fra-1', 'last-applied-watermark': 6 })
  })

  test('is rotated automatically with its primary only', async () => {
    const { server, primary, frankfurt, read, replicated } = opened
    await replicated()
    server.advance(400 * DAY)
    expect(await server.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
    expect((await read(frankfurt)).material.version).toBe(1)
    server.advance(1000)
    const { material, rotation } = await read(primary)
    expect(material).toMatchObject({ version: 2, automatic: true })
    expect(await read(frankfurt)).toMatchObject({ material, rotation })
    await server.post(`${frankfurt}/disable`)
    server.advance(365 * DAY)
    await server.post(`${frankfurt}/enable`)
    expect((await read(frankfurt)).material.version).toBe(2)
  })

  test('has its own status, at first that of its primary', async () => {
    const { server, primary, frankfurt, munich, read, replicate, replicated, stateIn } = opened
    await replicated()
    await server.post(`${primary}/disable`)
    await replicate('de-muc-1')
    server.advance(2000)
    expect([(await read(primary)).status, (await read(frankfurt)).status, (await read(munich)).status]).toEqual([
      'disabled',
      'enabled',
      'disabled',
    ])
    expect(await stateIn('de-fra-1')).toEqual({ zone: 'de-fra-1', 'last-applied-watermark': 5 })
    await server.post(`${primary}/enable`)
    await server.post(`${frankfurt}/disable`)
    server.advance(1000)
    expect([(await read(primary)).status, (await read(frankfurt)).status, (await read(munich)).status]).toEqual([
      'enabled',
      'disabled',
      'disabled',
    ])
    expect((await server.post(`${frankfurt}/encrypt`, { plaintext: '' })).body.title).toBe('Key is Disabled')
    expect((await server.post(`${frankfurt}/enable`)).body).toEqual({ status: 'success' })
    expect((await server.post(`${frankfurt}/enable`)).body).toEqual({ status: 'already-applied' })
  })

  test('is pending deletion with its primary, disabled by the cancellation, and enabled separately', async () => {
    const { server, primary, frankfurt, read, replicated } = opened
    await replicated()
    await server.post(`${primary}/schedule-deletion`, { 'delay-days': 7 })
    expect((await read(frankfurt)).status).toBe('enabled')
    server.advance(1000)
    const { 'delete-at': end } = await read(primary)
    expect(await read(frankfurt)).toMatchObject({ status: 'pending-deletion', 'delete-at': end })
    await expectRefused(server, `${frankfurt}/enable`, undefined, pending)
    await server.post(`${primary}/cancel-deletion`)
    await server.post(`${primary}/enable`)
    server.advance(1000)
    const after = await read(frankfurt)
    expect(after).toMatchObject({ status: 'disabled', 'status-since': at(server.clock.now()) })
    expect(after).not.toHaveProperty('delete-at')
    await server.post(`${frankfurt}/enable`)
    await server.post(`${primary}/rotate`)
    server.advance(1000)
    expect(await read(frankfurt)).toMatchObject({ status: 'enabled', material: { version: 2 } })
  })

  test('is disabled by a cancellation even if the schedule never reached it', async () => {
    const { server, primary, frankfurt, read, replicated } = opened
    await replicated()
    await server.post(`${primary}/schedule-deletion`, {})
    await server.post(`${primary}/cancel-deletion`)
    server.advance(1000)
    expect((await read(frankfurt)).status).toBe('disabled')
  })

  test('is destroyed with its primary, and frees its name', async () => {
    const { server, primary, frankfurt, replicated } = opened
    await replicated()
    await server.post(`${primary}/schedule-deletion`, { 'delay-days': 7 })
    server.advance(7 * DAY)
    await server.runDueJobs()
    await expectRefused(server, `${frankfurt}/encrypt`, { plaintext: '' }, keyNotFound)
    await expectRefused(server, `${primary}/encrypt`, { plaintext: '' }, keyNotFound)
    expect((await server.post('/zone/de-fra-1/v2/kms-key', { name: 'app' })).status).toBeLessThan(300)
  })

  test('survives the time of its deletion if it was cancelled at the last moment', async () => {
    const { server, primary, frankfurt, read, replicated } = opened
    await replicated()
    await server.post(`${primary}/schedule-deletion`, { 'delay-days': 7 })
    server.advance(7 * DAY - 500)
    expect((await read(frankfurt)).status).toBe('pending-deletion')
    await server.post(`${primary}/cancel-deletion`)
    server.advance(500)
    expect((await read(frankfurt)).status).toBe('pending-deletion')
    server.advance(500)
    expect((await read(frankfurt)).status).toBe('disabled')
  })
})
