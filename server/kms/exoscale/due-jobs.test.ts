import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { KeyList, KeyRotations, KmsKey } from '../../../src/clouds/exoscale/wire.ts'
import { answered, at, keyNotFound, revisions } from './testing/expectations.ts'
import { DAY, openTestServer, type TestServer } from './testing/server.ts'

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  let created: number
  beforeEach(async () => {
    server = await openTestServer({ revision })
    created = server.clock.now()
  })
  afterEach(() => server.close())

  const gone = revision === 'reference' ? keyNotFound.status : keyNotFound.today

  const read = async (path: string) => answered(await server.get(path), 200, KmsKey)

  const rotationsOf = async (path: string) =>
    answered(await server.get(`${path}/list-key-rotations`), 200, KeyRotations).rotations

  describe('automatic rotation', () => {
    test('happens when it is due and not before', async () => {
      const path = await server.newKey()
      const before = await read(path)
      server.advance(365 * DAY - 1)
      expect(await server.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
      expect(await read(path)).toEqual(before)
      server.advance(1)
      expect(await server.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
      const now = at(server.clock.now())
      expect(await read(path)).toEqual({
        ...before,
        material: { version: 2, 'created-at': now, automatic: true },
        rotation: { ...before.rotation, 'next-at': at(created + 730 * DAY) },
        revision: { seq: 3, at: now },
      })
      expect(await rotationsOf(path)).toEqual([{ version: 2, 'rotated-at': now, automatic: true }])
      expect(await server.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
    })

    test('catches up once for several missed periods and keeps its schedule', async () => {
      const path = await server.newKey()
      await server.post(`${path}/disable-key-rotation`)
      server.advance(DAY)
      await server.post(`${path}/enable-key-rotation`, { 'rotation-period': 90 })
      server.advance(3 * 90 * DAY + 12 * 3_600_000)
      await server.restart()
      expect(await server.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
      const key = await read(path)
      expect(key.material.version).toBe(2)
      expect(key.rotation).toMatchObject({ 'next-at': at(created + DAY + 4 * 90 * DAY), 'manual-count': 0 })
      expect(await server.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
    })

    test('sets the next date one period later when it runs in the exact millisecond', async () => {
      const path = await server.newKey()
      server.advance(730 * DAY)
      await server.runDueJobs()
      expect((await read(path)).rotation['next-at']).toBe(at(created + 1095 * DAY))
    })

    test('is independent of manual rotation', async () => {
      const path = await server.newKey()
      server.advance(100 * DAY)
      for (let count = 0; count < 10; count += 1) await server.post(`${path}/rotate`)
      server.advance(265 * DAY)
      expect(await server.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
      expect(await read(path)).toMatchObject({
        material: { version: 12, automatic: true },
        rotation: { 'manual-count': 10, 'next-at': at(created + 730 * DAY) },
      })
    })

    test('keeps every ciphertext readable', async () => {
      const path = await server.newKey()
      const { body: before } = await server.post(`${path}/encrypt`, { plaintext: 'b2xk' })
      server.advance(365 * DAY)
      await server.runDueJobs()
      const { body: after } = await server.post(`${path}/encrypt`, { plaintext: 'bmV3' })
      expect(await server.post(`${path}/decrypt`, before)).toMatchObject({ body: { plaintext: 'b2xk' } })
      expect(await server.post(`${path}/decrypt`, after)).toMatchObject({ body: { plaintext: 'bmV3' } })
    })

    test('skips a key whose automatic rotation is off', async () => {
      const path = await server.newKey()
      await server.post(`${path}/disable-key-rotation`)
      server.advance(1000 * DAY)
      expect(await server.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
      expect((await read(path)).rotation['next-at']).toBe(at(created + 365 * DAY))
    })

    test('of a disabled key waits, and catches up once when the key is enabled', async () => {
      const path = await server.newKey()
      await server.post(`${path}/disable`)
      server.advance(800 * DAY)
      expect(await server.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
      expect((await read(path)).material.version).toBe(1)
      expect((await server.post(`${path}/enable`)).body).toEqual({ status: 'success' })
      expect((await read(path)).material.version).toBe(1)
      expect(await server.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
      const next = at(created + 1095 * DAY)
      expect(await read(path)).toMatchObject({
        status: 'enabled',
        material: { version: 2, automatic: true },
        rotation: { 'next-at': next, 'manual-count': 0 },
      })
      expect(await server.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
    })

    test('of a key that was disabled temporarily happens on schedule', async () => {
      const path = await server.newKey()
      await server.post(`${path}/disable`)
      server.advance(100 * DAY)
      await server.post(`${path}/enable`)
      expect((await read(path)).material.version).toBe(1)
      server.advance(265 * DAY)
      expect(await server.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
    })

    test('skips keys pending deletion, and keys whose deletion was cancelled', async () => {
      const path = await server.newKey()
      server.advance(360 * DAY)
      await server.post(`${path}/schedule-deletion`, {})
      server.advance(10 * DAY)
      expect(await server.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
      await server.post(`${path}/cancel-deletion`)
      expect(await server.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
      await server.post(`${path}/enable`)
      expect(await server.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
      expect((await read(path)).material).toMatchObject({ version: 2, automatic: true })
    })
  })

  describe('destruction', () => {
    test('happens when it is due, and makes the key’s ciphertext undecryptable', async () => {
      const path = await server.newKey()
      const { body } = await server.post(`${path}/encrypt`, { plaintext: 'aGVsbG8=' })
      await server.post(`${path}/schedule-deletion`, { 'delay-days': 7 })
      server.advance(7 * DAY - 1)
      expect(await server.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
      expect((await read(path))['delete-at']).toBe(at(created + 7 * DAY))
      server.advance(1)
      expect(await server.runDueJobs()).toEqual({ rotated: 0, destroyed: 1 })
      expect((await server.get(path)).status).toBe(gone)
      expect((await server.post(`${path}/decrypt`, body)).status).toBe(gone)
      expect((await server.get('/v2/kms-key')).body).toEqual({ 'kms-keys': [] })
    })

    test('happens in a run of the jobs only: until then a key past its date is pending', async () => {
      const path = await server.newKey()
      const { body } = await server.post(`${path}/encrypt`, { plaintext: 'aGVsbG8=' })
      await server.post(`${path}/schedule-deletion`, { 'delay-days': 7 })
      const pending = await read(path)
      server.advance(3650 * DAY)
      expect((await server.get('/v2/kms-key')).body).toEqual({ 'kms-keys': [pending] })
      expect(await rotationsOf(path)).toEqual([])
      for (const operation of ['enable', 'disable', 'rotate', 'decrypt'])
        expect((await server.post(`${path}/${operation}`, body)).status).toBe(400)
      expect(await read(path)).toEqual(pending)
      expect((await server.post(`${path}/cancel-deletion`)).status).toBe(200)
      expect(await server.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
      await server.post(`${path}/enable`)
      expect(await server.post(`${path}/decrypt`, body)).toMatchObject({ body: { plaintext: 'aGVsbG8=' } })
    })

    test('does not happen after a cancel', async () => {
      const path = await server.newKey()
      await server.post(`${path}/schedule-deletion`, { 'delay-days': 7 })
      server.advance(6 * DAY)
      await server.post(`${path}/cancel-deletion`)
      server.advance(30 * DAY)
      expect(await server.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
      expect((await read(path)).status).toBe('disabled')
    })
  })
})

test('keys that never rotate are not due after any change of their status', async () => {
  const server = await openTestServer({ revision: '2026-11' })
  onTestFinished(() => server.close())
  for (const spec of ['ECC_NIST_P256', 'ECC_EDWARDS25519', 'ML_DSA_87']) {
    const key = { name: spec, usage: 'sign-verify', 'key-spec': spec }
    const { body } = await server.post('/v2/kms-key', key)
    const path = `/v2/kms-key/${body.id}`
    for (const change of ['disable', 'enable', 'schedule-deletion', 'cancel-deletion', 'enable'])
      expect(await server.post(`${path}/${change}`, {})).toMatchObject({ status: 200 })
  }
  server.advance(3650 * DAY)
  expect(await server.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
  await server.restart()
  const { body } = await server.get('/v2/kms-key')
  expect(
    KeyList.parse(body)
      ['kms-keys'].map(({ name, material }) => [name, material.version])
      .sort(),
  ).toEqual([
    ['ECC_EDWARDS25519', 1],
    ['ECC_NIST_P256', 1],
    ['ML_DSA_87', 1],
  ])
})
