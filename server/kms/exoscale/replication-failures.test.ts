import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { KmsKey } from '../../../src/clouds/exoscale/wire.ts'
import { keyOnly } from '../testing/unaudited.ts'
import {
  answered,
  at,
  badMember,
  conflict,
  type ExpectedProblem,
  expectRefused,
  keyNotFound,
  revisions,
} from './testing/expectations.ts'
import { openWithKey } from './testing/replicas.ts'
import { DAY, openTestServer } from './testing/server.ts'

const notOnReplica = { status: 400, slug: 'not-on-replica', title: 'Not on Replica' }
const invalidArgument = { status: 400, slug: 'invalid-argument', title: 'Invalid Argument' }
const pending = { status: 400, slug: 'key-pending-deletion', title: 'Key is Pending Deletion' }

describe.each(revisions)('revision %s', (revision) => {
  let opened: Awaited<ReturnType<typeof openWithKey>>
  beforeEach(async () => {
    opened = await openWithKey(revision)
  })
  afterEach(() => opened.server.close())

  test('refuses operations that only its primary allows', async () => {
    const { server, primary, frankfurt, replicated } = opened
    await replicated()
    const detail = `the key ${primary.split('/').at(-1)} in de-fra-1 is a replica of the one in ch-gva-2`
    const bodies: Record<string, object> = { replicate: { zone: 'at-vie-1' } }
    const actions = ['rotate', 'enable-key-rotation', 'disable-key-rotation', 'schedule-deletion', 'cancel-deletion']
    for (const status of ['enable', 'disable']) {
      await server.post(`${frankfurt}/${status}`)
      for (const action of [...actions, 'replicate'])
        await expectRefused(server, `${frankfurt}/${action}`, bodies[action] ?? {}, { ...notOnReplica, detail })
    }
  })

  test('is refused in zones that can’t have it', async () => {
    const { server, primary, read, replicate } = opened
    const single = await server.newKey()
    const paths: ReadonlyArray<readonly [path: string, zone: unknown, problem: ExpectedProblem]> = [
      [single, 'de-fra-1', { status: 400, slug: 'not-multizone', title: 'Not Multizone' }],
      [single, 'nowhere', { status: 400, slug: 'not-multizone', title: 'Not Multizone' }],
      [primary, 'nowhere', invalidArgument],
      [primary, '', invalidArgument],
      [primary, '__proto__', invalidArgument],
      [primary, 'ch-gva-2', invalidArgument],
      [primary, undefined, badMember('zone', 'is required')],
      [primary, null, badMember('zone', 'must be a string')],
      [primary, 5, badMember('zone', 'must be a string')],
    ]
    for (const [path, zone, problem] of paths) await expectRefused(server, `${path}/replicate`, { zone }, problem)

    await replicate('de-fra-1')
    await expectRefused(server, `${primary}/replicate`, { zone: 'de-fra-1' }, conflict)
    await server.newKey('app', 'at-vie-1')
    const detail = 'at-vie-1 has another key of that name'
    await expectRefused(server, `${primary}/replicate`, { zone: 'at-vie-1' }, { ...conflict, detail })
    const before = await read(primary)
    await server.post(`${primary}/schedule-deletion`, {})
    for (const zone of ['de-muc-1', 'de-fra-1', 'nowhere'])
      await expectRefused(server, `${primary}/replicate`, { zone }, pending)
    expect(before.replicas).toEqual(['de-fra-1'])
  })

  test('one of many concurrent requests for a zone succeeds', async () => {
    const { server, primary, read } = opened
    const asks = Array.from({ length: 6 }, () => server.post(`${primary}/replicate`, { zone: 'de-fra-1' }))
    expect((await Promise.all(asks)).filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await read(primary)).replicas).toEqual(['de-fra-1'])
  })

  test('fails with a reason while its name is taken, and is created when the name is free', async () => {
    const { server, frankfurt, read, replicate, stateIn } = opened
    await replicate('de-fra-1')
    const other = await server.newKey('app', 'de-fra-1')
    server.advance(2000)
    expect(await stateIn('de-fra-1')).toEqual({
      zone: 'de-fra-1',
      'last-applied-watermark': 0,
      'last-failure': {
        'attempted-watermark': 3,
        error: 'de-fra-1 has another key of that name',
        'failed-at': at(server.clock.now()),
      },
    })
    await server.post(`${other}/schedule-deletion`, { 'delay-days': 7 })
    server.advance(7 * DAY)
    await server.runDueJobs()
    expect(await read(frankfurt)).toMatchObject({ name: 'app', 'origin-zone': 'ch-gva-2' })
    expect(await stateIn('de-fra-1')).toEqual({ zone: 'de-fra-1', 'last-applied-watermark': 3 })
  })

  test('reserves its name in its zone', async () => {
    const { server, replicated } = opened
    await replicated()
    const conflicting = { status: 409, today: 400, slug: 'name-conflict', title: 'Name Conflict' }
    await expectRefused(server, '/zone/de-fra-1/v2/kms-key', { name: 'app' }, conflicting)
  })

  test('is completed after a restart', async () => {
    const { server, primary, frankfurt, read, replicate, stateIn } = opened
    await replicate('de-fra-1')
    server.advance(1000)
    await server.restart()
    expect(await stateIn('de-fra-1')).toMatchObject({ 'last-applied-watermark': 0 })
    server.advance(1000)
    await server.restart()
    expect((await read(frankfurt)).material.version).toBe(1)
    await server.post(`${primary}/rotate`)
    await server.restart()
    server.advance(1000)
    expect((await read(frankfurt)).material.version).toBe(2)
  })

  test('fails for an unreachable zone without affecting others, and recovers', async () => {
    const { server, primary, frankfurt, munich, read, replicate, replicated, stateIn } = opened
    await replicated()
    await server.restart({ failingZone: 'de-fra-1' })
    await replicate('de-muc-1')
    await server.post(`${primary}/rotate`)
    server.advance(2000)
    const failure = { 'attempted-watermark': 5, error: "the zone de-fra-1 can't be reached" }
    expect(await stateIn('de-fra-1')).toEqual({
      zone: 'de-fra-1',
      'last-applied-watermark': 3,
      'last-failure': { ...failure, 'failed-at': at(server.clock.now()) },
    })
    expect(await stateIn('de-muc-1')).toEqual({ zone: 'de-muc-1', 'last-applied-watermark': 5 })
    expect([(await read(frankfurt)).material.version, (await read(munich)).material.version]).toEqual([1, 2])
    server.advance(10_000)
    expect(await stateIn('de-fra-1')).toMatchObject({ 'last-failure': { 'failed-at': at(server.clock.now()) } })
    await server.restart({ failingZone: undefined })
    server.advance(10_000)
    expect(await stateIn('de-fra-1')).toEqual({ zone: 'de-fra-1', 'last-applied-watermark': 5 })
    expect((await read(frankfurt)).material.version).toBe(2)
  })

  test('is destroyed with its primary, even if its zone was unreachable', async () => {
    const { server, primary, frankfurt, read, replicated } = opened
    await replicated()
    await server.restart({ failingZone: 'de-fra-1' })
    await server.post(`${primary}/schedule-deletion`, { 'delay-days': 7 })
    server.advance(7 * DAY - 1)
    expect((await read(frankfurt)).status).toBe('enabled')
    server.advance(1)
    await server.runDueJobs()
    await expectRefused(server, `${frankfurt}/encrypt`, { plaintext: '' }, keyNotFound)
  })
})

test('an internal failure of replication is reported, and affects no request', async () => {
  const server = await openTestServer()
  const { body } = await server.post('/v2/kms-key', { name: 'app', 'multi-zone': true })
  const path = `/v2/kms-key/${body.id}`
  for (const zone of ['de-fra-1', 'de-muc-1']) await server.post(`${path}/replicate`, { zone })
  const foreign = await server.newKey('foreign', 'de-fra-1')
  const space = { cloud: 'exoscale', location: 'de-fra-1', scope: 'organisation' }
  const stored = server.keyring.get({ ...space, id: foreign.split('/').at(-1) ?? '' })
  if (!stored) throw new Error('not stored')
  await server.keyring.create({ ...stored, id: String(body.id), uniqueName: 'same id' }, keyOnly)
  server.advance(2000)
  const { 'replicas-status': states } = answered(await server.get(path), 200, KmsKey)
  expect(states).toMatchObject([
    { zone: 'de-fra-1', 'last-applied-watermark': 0, 'last-failure': { error: 'the key could not be copied' } },
    { zone: 'de-muc-1', 'last-applied-watermark': 4 },
  ])
  expect(server.failures.splice(0)).toHaveLength(1)
  await server.close()
})

test('replicas don’t count against the quota', async () => {
  const server = await openTestServer()
  const template = await server.newKey('template', 'at-vie-1')
  const space = { cloud: 'exoscale', location: 'at-vie-1', scope: 'organisation' }
  const stored = server.keyring.get({ ...space, id: template.split('/').at(-1) ?? '' })
  if (!stored) throw new Error('not stored')
  const idOf = (count: number) => `019b76da-0000-7000-8000-${String(count).padStart(12, '0')}`
  for (let count = 1; count < 999; count += 1)
    await server.keyring.create({ ...stored, id: idOf(count), uniqueName: `filler ${count}` }, keyOnly)
  const { body } = await server.post('/v2/kms-key', { name: 'guest', 'multi-zone': true })
  await server.post(`/v2/kms-key/${body.id}/replicate`, { zone: 'at-vie-1' })
  server.advance(2000)
  expect((await server.post('/zone/at-vie-1/v2/kms-key', { name: 'last' })).status).toBe(201)
  expect((await server.post('/zone/at-vie-1/v2/kms-key', { name: 'too many' })).body.title).toBe('Quota Exceeded')
  expect((await server.get('/zone/at-vie-1/v2/kms-key')).body['kms-keys']).toHaveLength(1001)
  await server.close()
})
