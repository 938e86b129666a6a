/** Quirks of the API about keys, by row of the quirk table. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FaultSwitches } from '../fault-switches.ts'
import { at, conflict, expectProblem, keyNotFound, revisions, withAes } from '../testing/expectations.ts'
import { DAY, openTestServer, type TestServer } from '../testing/server.ts'

const plaintext = 'aGVsbG8='

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

  /** Multi-zone key, and its replica. */
  async function newReplica(): Promise<{ primary: string; replica: string }> {
    const { body } = await server.post('/v2/kms-key', { name: 'spread', 'multi-zone': true })
    const primary = `/v2/kms-key/${body.id}`
    await server.post(`${primary}/replicate`, { zone: 'de-fra-1' })
    server.advance(10_000)
    await server.runDueJobs()
    return { primary, replica: `/zone/de-fra-1${primary}` }
  }

  test('7: a key is known only in its zones', async () => {
    const key = await server.newKey()
    const elsewhere = `/zone/at-vie-1${key}`
    expectProblem(await server.get(elsewhere), keyNotFound, revision, elsewhere)
  })

  test('8: only the zone of origin distinguishes a replica from its primary', async () => {
    const { primary, replica } = await newReplica()
    const [here, there] = [await read(primary), await read(replica)]
    expect(there).toMatchObject({ id: here.id, name: here.name, 'origin-zone': 'ch-gva-2' })
    expect(Object.keys(here)).toEqual(expect.arrayContaining(['replicas', 'replicas-status']))
    expect(there).not.toHaveProperty('replicas-status')
  })

  test('9: primary and replica are enabled and disabled separately', async () => {
    const { primary, replica } = await newReplica()
    await server.post(`${primary}/disable`)
    server.advance(10_000)
    await server.runDueJobs()
    expect([(await read(primary)).status, (await read(replica)).status]).toEqual(['disabled', 'enabled'])
    await server.post(`${replica}/disable`)
    await server.post(`${primary}/enable`)
    server.advance(10_000)
    await server.runDueJobs()
    expect([(await read(primary)).status, (await read(replica)).status]).toEqual(['enabled', 'disabled'])
  })

  test('10: a replica is registered before it exists, and its watermark catches up', async () => {
    const { body } = await server.post('/v2/kms-key', { name: 'spread', 'multi-zone': true })
    const primary = `/v2/kms-key/${body.id}`
    expect((await server.post(`${primary}/replicate`, { zone: 'de-fra-1' })).body).toEqual({
      status: 'target-registered',
    })
    expect(await read(primary)).toMatchObject({
      replicas: ['de-fra-1'],
      'replicas-status': [{ zone: 'de-fra-1', 'last-applied-watermark': 0 }],
    })
    expectProblem(await server.get(`/zone/de-fra-1${primary}`), keyNotFound, revision, `/zone/de-fra-1${primary}`)
    server.advance(10_000)
    await server.runDueJobs()
    const { revision: now, 'replicas-status': states } = await read(primary)
    expect(states).toEqual([{ zone: 'de-fra-1', 'last-applied-watermark': (now as { seq: number }).seq }])
  })

  test('11: a cancelled deletion leaves the key disabled', async () => {
    const key = await server.newKey()
    await server.post(`${key}/schedule-deletion`, {})
    await server.post(`${key}/cancel-deletion`)
    expect(await read(key)).toMatchObject({ status: 'disabled' })
  })

  test('12: a period is changed by disabling and enabling; a new key is already enabled', async () => {
    const key = await server.newKey()
    const target = `${key}/enable-key-rotation`
    expectProblem(await server.post(target, { 'rotation-period': 90 }), conflict, revision, target)
    await server.post(`${key}/disable-key-rotation`)
    const { body } = await server.post(target, { 'rotation-period': 90 })
    expect(body.rotation).toMatchObject({ automatic: true, 'rotation-period': 90 })
  })

  test('13, 14: manual rotation keeps the next date, also while rotation is off; the count is never reset', async () => {
    const key = await server.newKey()
    const next = at(server.clock.now() + 365 * DAY)
    server.advance(DAY)
    await server.post(`${key}/rotate`)
    const off = await server.post(`${key}/disable-key-rotation`)
    expect(off.body.rotation).toEqual({
      automatic: false,
      'rotation-period': 365,
      'next-at': next,
      'manual-count': 1,
    })
    const on = await server.post(`${key}/enable-key-rotation`, {})
    expect(on.body.rotation).toMatchObject({ 'next-at': at(server.clock.now() + 365 * DAY), 'manual-count': 1 })
  })

  test.each([
    ['key', 0],
    ['material', DAY],
  ] as const)('15: with the switch at “%s”, created-at is that of it', async (createdAt, later) => {
    await reopen({ createdAt })
    const created = server.clock.now()
    const key = await server.newKey()
    server.advance(DAY)
    await server.post(`${key}/rotate`)
    expect((await read(key))['created-at']).toBe(at(created + later))
    expect(Number.parseInt(idOf(key).replace('-', '').slice(0, 12), 16)).toBe(created)
  })

  test('16, 17, 23: members that clients read without a check are always present; version 1 is no rotation', async () => {
    const key = await server.newKey()
    const whole = { 'multi-zone': false, material: { automatic: false }, rotation: { automatic: true } }
    expect(await read(key)).toMatchObject(whole)
    expect(await read(`${key}/list-key-rotations`)).toEqual({ rotations: [] })
    await server.post(`${key}/rotate`)
    expect((await read('/v2/kms-key'))['kms-keys']).toMatchObject([whole])
    expect(await read(`${key}/list-key-rotations`)).toMatchObject({ rotations: [{ version: 2, automatic: false }] })
  })

  test('18, 19: creation returns no material, and no rotation before November 2026; absent members are omitted, not null or empty', async () => {
    const { body } = await server.post('/v2/kms-key', { name: 'bare' })
    const whole = await read(`/v2/kms-key/${body.id}`)
    expect(body).not.toHaveProperty('material')
    expect('rotation' in body).toBe(revision === '2026-11')
    for (const member of ['description', 'replicas', 'replicas-status', 'delete-at'])
      expect(whole).not.toHaveProperty(member)
    expect(JSON.stringify(whole)).not.toContain('null')
  })

  test('21: a null context counts as absent, a null plaintext is invalid', async () => {
    const key = await server.newKey()
    const { body } = await server.post(`${key}/encrypt`, { plaintext, 'encryption-context': null })
    for (const context of [{}, { 'encryption-context': null }, { 'encryption-context': '' }])
      expect((await server.post(`${key}/decrypt`, { ciphertext: body.ciphertext, ...context })).body).toEqual({
        plaintext,
        ...withAes(revision),
      })
    const refused = await server.post(`${key}/encrypt`, { plaintext: null })
    expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining('plaintext') } })
  })

  test('22: a member that a client omits because it is zero gets its default', async () => {
    const key = await server.newKey()
    await server.post(`${key}/disable-key-rotation`)
    const { body } = await server.post(`${key}/enable-key-rotation`, {})
    expect(body.rotation).toMatchObject({ 'rotation-period': 365 })
    expect((await server.post(`${key}/schedule-deletion`, {})).body).toEqual({
      'delete-at': at(server.clock.now() + 30 * DAY),
    })
  })

  test('29: only its refusals identify the default key', async () => {
    await reopen({ defaultKey: 'listed' })
    const ours = await read(await server.newKey())
    const listed = (await read('/v2/kms-key'))['kms-keys'] as ReadonlyArray<Record<string, unknown>>
    const [key = {}] = listed.filter(({ id }) => id !== ours.id)
    const target = `/v2/kms-key/${key.id}/disable`
    expectProblem(
      await server.post(target),
      { status: 400, slug: 'not-on-default', title: 'Not on Default' },
      revision,
      target,
    )
    const known = [...Object.keys(ours), 'description', 'replicas']
    expect(Object.keys(key).filter((member) => !known.includes(member))).toEqual([])
  })

  test('30: an encryption context is bytes, not a map', async () => {
    const refused = await server.post(`${await server.newKey()}/encrypt`, {
      plaintext,
      'encryption-context': { tenant: '42' },
    })
    expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining('encryption-context') } })
  })

  test('34: lists are not paged', async () => {
    for (let count = 0; count < 120; count += 1) await server.newKey(`key-${count}`)
    expect((await read('/v2/kms-key'))['kms-keys']).toHaveLength(120)
  })
})
