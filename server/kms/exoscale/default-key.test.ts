import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { zones } from '../../../src/clouds/exoscale/rules.ts'
import { KeyList, KmsKey } from '../../../src/clouds/exoscale/wire.ts'
import { keyOnly } from '../testing/unaudited.ts'
import { answered, expectRefused, keyNotFound, revisions, withAes } from './testing/expectations.ts'
import { DAY, openTestServer, type TestServer } from './testing/server.ts'

const notOnDefault = { status: 400, slug: 'not-on-default', title: 'Not on Default' }
const notOnReplica = { status: 400, slug: 'not-on-replica', title: 'Not on Replica' }
const nameConflict = { status: 409, today: 400, slug: 'name-conflict', title: 'Name Conflict' }
const names = zones.map(({ name }) => name)

const listIn = async (server: TestServer, zone: string) =>
  answered(await server.get(`/zone/${zone}/v2/kms-key`), 200, KeyList)['kms-keys']

/** Path of the default key below a zone. */
async function defaultKey(server: TestServer): Promise<string> {
  const space = { cloud: 'exoscale', location: 'ch-gva-2', scope: 'organisation' }
  const key = server.keyring.getByUniqueName(space, 'exoscale-default')
  return `/v2/kms-key/${key?.id}`
}

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  let path: string
  beforeEach(async () => {
    server = await openTestServer({ revision, switches: { defaultKey: 'listed' } })
    path = await defaultKey(server)
  })
  afterEach(() => server.close())

  test('exists in every zone from the start, and is created once', async () => {
    const primary = answered(await server.get(path), 200, KmsKey)
    expect(primary).toMatchObject({
      name: 'exoscale-default',
      description: 'Organization default key',
      'multi-zone': true,
      'origin-zone': 'ch-gva-2',
      status: 'enabled',
      rotation: { automatic: true, 'rotation-period': 365, 'manual-count': 0 },
      replicas: names.slice(1),
    })
    expect(primary['replicas-status']).toEqual(
      names.slice(1).map((zone) => ({ zone, 'last-applied-watermark': primary.revision.seq })),
    )
    const everywhere = () => Promise.all(names.map((zone) => listIn(server, zone)))
    const lists = await everywhere()
    for (const list of lists) expect(list).toMatchObject([{ id: primary.id, name: 'exoscale-default' }])
    await server.restart()
    expect(await everywhere()).toEqual(lists)
  })

  test('refuses deletion, disabling and rotation settings, also on replicas', async () => {
    const actions = ['disable', 'enable-key-rotation', 'disable-key-rotation', 'schedule-deletion', 'replicate']
    for (const base of ['', '/zone/hr-zag-1'])
      for (const action of actions) {
        const before = await server.get(base + path)
        const detail = `the key ${path.split('/').at(-1)} is the organization's default key`
        const body = action === 'replicate' ? { zone: 'de-fra-1' } : {}
        await expectRefused(server, `${base}${path}/${action}`, body, { ...notOnDefault, detail })
        expect((await server.get(base + path)).body).toEqual(before.body)
      }
    const notPending = { status: 400, slug: 'not-pending-deletion', title: 'Not Pending Deletion' }
    await expectRefused(server, `${path}/cancel-deletion`, undefined, notPending)
    await expectRefused(server, `/zone/hr-zag-1${path}/cancel-deletion`, undefined, notOnReplica)
    expect((await server.post(`${path}/enable`)).body).toEqual({ status: 'already-applied' })
  })

  test('is refused as source and destination of a re-encryption', async () => {
    const other = await server.newKey()
    const [key, id] = [other, path].map((one) => one.split('/').at(-1) ?? '')
    const sealed = async (at: string) => (await server.post(`${at}/encrypt`, { plaintext: '' })).body
    const bodies: Record<string, object> = {
      [other]: { source: { key, ...(await sealed(other)) }, destination: { key: id } },
      [path]: { source: { key: id, ...(await sealed(path)) }, destination: { key } },
    }
    for (const [at, body] of Object.entries(bodies)) await expectRefused(server, `${at}/re-encrypt`, body, notOnDefault)
    await server.post(`${other}/disable`)
    for (const [at, body] of Object.entries(bodies)) await expectRefused(server, `${at}/re-encrypt`, body, notOnDefault)
  })

  test('encrypts and rotates like any other key', async () => {
    await expectRefused(server, `/zone/at-vie-2${path}/rotate`, undefined, notOnReplica)
    expect((await server.post(`${path}/rotate`)).body).toMatchObject({ rotation: { 'manual-count': 1 } })
    server.advance(365 * DAY)
    expect(await server.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
    server.advance(1000)
    const sealed = await server.post(`/zone/at-vie-2${path}/encrypt`, { plaintext: 'aGVsbG8=' })
    expect((await server.get(`/zone/at-vie-2${path}`)).body).toMatchObject({ material: { version: 3 } })
    expect((await server.post(`${path}/decrypt`, sealed.body)).body).toEqual({
      plaintext: 'aGVsbG8=',
      ...withAes(revision),
    })
  })

  test('has a reserved name', async () => {
    for (const zone of names)
      await expectRefused(server, `/zone/${zone}/v2/kms-key`, { name: 'exoscale-default' }, nameConflict)
  })

  test('does not count against the quota', async () => {
    const template = await server.newKey('template')
    const space = { cloud: 'exoscale', location: 'ch-gva-2', scope: 'organisation' }
    const stored = server.keyring.get({ ...space, id: template.split('/').at(-1) ?? '' })
    if (!stored) throw new Error('not stored')
    const idOf = (count: number) => `019b76da-0000-7000-8000-${String(count).padStart(12, '0')}`
    for (let count = 1; count < 999; count += 1)
      await server.keyring.create({ ...stored, id: idOf(count), uniqueName: `filler ${count}` }, keyOnly)
    expect((await server.post('/v2/kms-key', { name: 'last' })).status).toBeLessThan(300)
    expect((await server.post('/v2/kms-key', { name: 'too many' })).body.title).toBe('Quota Exceeded')
  })
})

describe('switches', () => {
  test('hidden: it is not listed, but read by its id', async () => {
    const server = await openTestServer({ switches: { defaultKey: 'hidden' } })
    for (const zone of names) expect(await listIn(server, zone)).toEqual([])
    expect(await server.get(await defaultKey(server))).toMatchObject({ status: 200 })
    await expectRefused(server, '/v2/kms-key', { name: 'exoscale-default' }, nameConflict)
    await server.close()
  })

  test('absent: a data folder with a default key behaves as if it had none', async () => {
    const server = await openTestServer({ switches: { defaultKey: 'listed' } })
    const path = await defaultKey(server)
    const before = await server.get(path)
    await server.restart({ defaultKey: 'absent' })
    for (const zone of names) expect(await listIn(server, zone)).toEqual([])
    for (const action of ['rotate', 'enable', 'schedule-deletion', 'encrypt'])
      await expectRefused(server, `${path}/${action}`, { plaintext: '' }, keyNotFound)
    expect((await server.get(path)).status).toBe(404)
    await server.restart({ defaultKey: 'listed' })
    expect((await server.get(path)).body).toEqual(before.body)
    await server.close()
  })

  test('a data folder of an older version gets one, except in zones where another key has the name', async () => {
    for (const [taken, places] of [
      ['ch-gva-2', []],
      ['de-fra-1', names.filter((zone) => zone !== 'de-fra-1')],
    ] as const) {
      const server = await openTestServer({ switches: { defaultKey: 'absent' } })
      const own = await server.newKey('own', taken)
      const space = { cloud: 'exoscale', location: taken, scope: 'organisation' }
      const stored = server.keyring.get({ ...space, id: own.split('/').at(-1) ?? '' })
      if (!stored) throw new Error('not stored')
      const id = '019b76da-0000-7000-8000-000000000000'
      await server.keyring.create({ ...stored, id, uniqueName: 'exoscale-default' }, keyOnly)
      await server.restart({ defaultKey: 'listed' })
      const made = await Promise.all(names.map((zone) => listIn(server, zone)))
      const withDefault = names.filter((_, index) => made[index]?.some((key) => key['multi-zone']))
      expect(withDefault).toEqual(places)
      expect((await server.post(`/zone/${taken}/v2/kms-key/${id}/disable`)).body).toEqual({ status: 'success' })
      await server.close()
    }
  })

  test('quirk.created-at: the time of creation jumps to that of the newest version', async () => {
    const server = await openTestServer({ switches: { createdAt: 'material' } })
    const path = await server.newKey()
    const created = (await server.get(path)).body['created-at']
    server.advance(5000)
    await server.post(`${path}/rotate`)
    const after = answered(await server.get(path), 200, KmsKey)
    expect(after['created-at']).not.toBe(created)
    expect(after['created-at']).toBe(after.material['created-at'])
    expect(await listIn(server, 'ch-gva-2')).toEqual([after])
    await server.restart({ createdAt: 'key' })
    expect((await server.get(path)).body['created-at']).toBe(created)
    await server.close()
  })
})
