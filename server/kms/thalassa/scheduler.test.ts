import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeyAddress } from '../engine/store.ts'
import { base64, DAY, START, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'

const rotating = { keyRotationEnabled: true, rotationPeriodInDays: 30 }
const iso = (time: number) => new Date(time).toISOString()

let kms: ThalassaServer
beforeEach(async () => {
  kms = await startThalassa()
})
afterEach(() => kms.close())

const get = async (id: string) => (await kms.on(id, 'GET')).body
const at = (days: number) => {
  kms.clock.time = START + days * DAY
}
async function restart(days: number) {
  const { dataDir } = kms
  await kms.close({ keepData: true })
  kms = await startThalassa({ dataDir, now: START + days * DAY })
}
async function versionsOf(address: KeyAddress) {
  const key = kms.store.get(address)
  return key ? kms.store.versions(key) : []
}
const nothing = { rotated: 0, destroyed: 0 }

describe('automatic rotation', () => {
  it('happens after the period, and again a period later', async () => {
    const id = await kms.create(rotating)
    kms.clock.time = START + 30 * DAY - 1
    expect(await kms.runDueJobs()).toEqual(nothing)
    at(30)
    expect(await kms.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
    expect(await kms.runDueJobs()).toEqual(nothing)
    expect(await get(id)).toMatchObject({ latestVersion: 2, objectVersion: 2, updatedAt: iso(START + 30 * DAY) })
    at(60)
    expect(await kms.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
    const stored = await versionsOf({ cloud: 'thalassa', location: 'nl-01', id })
    expect(stored.map(({ automatic }) => automatic)).toEqual([false, true, true])
  })

  it('catches up once after downtime, and counts the next period from then', async () => {
    const id = await kms.create(rotating)
    const sealed = await kms.on(id, 'POST', '/encrypt', { plaintext: base64('before') })
    await restart(100)
    expect(await kms.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
    expect((await get(id)).latestVersion).toBe(2)
    at(129)
    expect(await kms.runDueJobs()).toEqual(nothing)
    at(130)
    expect(await kms.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
    const opened = await kms.on(id, 'POST', '/decrypt', { ciphertext: sealed.body.ciphertext })
    expect(opened.body).toEqual({ plaintext: base64('before'), keyVersion: '1' })
  })

  it('restarts its period with a manual rotation', async () => {
    const id = await kms.create(rotating)
    at(20)
    await kms.on(id, 'POST', '/rotate')
    at(49)
    expect(await kms.runDueJobs()).toEqual(nothing)
    at(50)
    expect(await kms.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
  })

  it('follows the settings, counted from the latest version', async () => {
    const id = await kms.create()
    at(10)
    await kms.on(id, 'PATCH', '/rotation', { keyRotationEnabled: true, rotationPeriodInDays: 40 })
    await kms.on(id, 'PATCH', '/rotation', { rotationPeriodInDays: 12 })
    at(11)
    expect(await kms.runDueJobs()).toEqual(nothing)
    at(12)
    expect(await kms.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
    await kms.on(id, 'PATCH', '/rotation', { rotationPeriodInDays: 5 })
    at(17)
    expect(await kms.runDueJobs()).toEqual({ rotated: 1, destroyed: 0 })
    await kms.on(id, 'PATCH', '/rotation', { keyRotationEnabled: false })
    at(100)
    expect(await kms.runDueJobs()).toEqual(nothing)
    expect((await get(id)).latestVersion).toBe(3)
  })

  it('waits while the key is disabled or pending deletion, and happens after that', async () => {
    const [off, doomed] = [await kms.create(rotating), await kms.create(rotating)]
    at(20)
    await kms.on(off, 'POST', '/disable')
    await kms.on(doomed, 'DELETE')
    at(40)
    expect(await kms.runDueJobs()).toEqual(nothing)
    await kms.on(off, 'POST', '/enable')
    await kms.on(doomed, 'DELETE', '/cancel-deletion')
    expect(await kms.runDueJobs()).toEqual({ rotated: 2, destroyed: 0 })
  })
})

describe('destruction', () => {
  const MISSING = { status: 404, body: { message: 'kms key not found' } }
  const files = () =>
    Buffer.concat(
      [kms.database, `${kms.database}-wal`].filter((file) => existsSync(file)).map((file) => readFileSync(file)),
    )

  async function wrappedOf(id: string): Promise<Buffer[]> {
    const address = { cloud: 'thalassa', location: 'nl-01', id }
    const versions = await versionsOf(address)
    const stored = versions.map(({ version }) => kms.store.version(address, version))
    return stored.map((one) => Buffer.from(one?.wrapped ?? []))
  }

  it('happens 30 days after the deletion, and destroys the material', async () => {
    const kept = await kms.create()
    const id = await kms.create()
    await kms.on(id, 'POST', '/rotate')
    const wrapped = await wrappedOf(id)
    expect(wrapped.map((one) => one.length)).toEqual([60, 60])
    for (const one of wrapped) expect(files().includes(one)).toBe(true)

    await kms.on(id, 'DELETE')
    kms.clock.time = START + 30 * DAY - 1
    expect(await kms.runDueJobs()).toEqual(nothing)
    expect((await get(id)).deletionScheduledAt).toBe(iso(START + 30 * DAY))
    at(30)
    expect(await kms.runDueJobs()).toEqual({ rotated: 0, destroyed: 1 })
    expect(await kms.on(id, 'GET')).toMatchObject(MISSING)
    for (const one of wrapped) expect(files().includes(one)).toBe(false)
    for (const one of await wrappedOf(kept)) expect(files().includes(one)).toBe(true)
  })

  it('happens in a run of the jobs only: until then a key past its date is pending, and can be kept', async () => {
    const id = await kms.create({ name: 'orders' })
    const sealed = await kms.on(id, 'POST', '/encrypt', { plaintext: base64('x') })
    await kms.on(id, 'DELETE')
    const pending = await get(id)
    const wrapped = await wrappedOf(id)
    at(3650)
    expect((await kms.call('GET', '/v1/kms/nl-01/keys')).body).toEqual([pending])
    const { body: summary } = await kms.call('GET', '/v1/kms/summary')
    expect(summary).toMatchObject({ regions: [{ totalKeys: 1, pendingDeletionKeys: 1 }, {}] })
    const refused = { status: 400, body: { message: 'kms key is pending deletion' } }
    expect(await kms.on(id, 'POST', '/decrypt', sealed.body)).toMatchObject(refused)
    expect(await kms.on(id, 'POST', '/rotate')).toMatchObject(refused)
    const again = () => kms.call('POST', '/v1/kms/nl-01/keys', { body: { name: 'orders' } })
    expect((await again()).status).toBe(409)
    expect(await get(id)).toEqual(pending)
    for (const one of wrapped) expect(files().includes(one)).toBe(true)
    await kms.on(id, 'DELETE', '/cancel-deletion')
    expect(await kms.runDueJobs()).toEqual(nothing)
    expect((await kms.on(id, 'POST', '/decrypt', sealed.body)).body.plaintext).toBe(base64('x'))
  })

  it('frees the slug, and not before', async () => {
    const id = await kms.create({ name: 'orders' })
    await kms.on(id, 'DELETE')
    at(29)
    const again = () => kms.call('POST', '/v1/kms/nl-01/keys', { body: { name: 'orders' } })
    expect((await again()).status).toBe(409)
    at(30)
    await kms.runDueJobs()
    const made = await again()
    expect(made.status).toBe(201)
    expect(made.body.identity).not.toBe(id)
  })

  it('catches up after downtime', async () => {
    const id = await kms.create()
    await kms.on(id, 'DELETE')
    await restart(90)
    expect(await kms.runDueJobs()).toEqual({ rotated: 0, destroyed: 1 })
    expect(await kms.on(id, 'GET')).toMatchObject(MISSING)
  })

  it('skips a key whose deletion was cancelled', async () => {
    const id = await kms.create()
    await kms.on(id, 'DELETE')
    at(29)
    await kms.on(id, 'DELETE', '/cancel-deletion')
    at(60)
    expect(await kms.runDueJobs()).toEqual(nothing)
    expect((await get(id)).status).toBe('active')
  })
})

describe('a restart', () => {
  it('keeps organisation, credentials and keys', async () => {
    const { token, organisation } = kms
    const id = await kms.create({ ...rotating, labels: { env: 'prod' } })
    const before = await get(id)
    await restart(1)
    expect({ token: kms.token, organisation: kms.organisation }).toEqual({ token, organisation })
    expect(await get(id)).toEqual(before)
  })
})
