import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KeyList, KmsKey, Summary } from '../../../src/clouds/thalassa/wire.ts'
import { base64, DAY, START, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'
import { setSetting } from '../testing/unaudited.ts'

const keys = '/v1/kms/nl-01/keys'
const iso = (time: number) => new Date(time).toISOString()

describe('answers of each endpoint', () => {
  let kms: ThalassaServer
  beforeAll(async () => {
    kms = await startThalassa()
  })
  afterAll(() => kms.close())

  it('creates a key with every member, and omits empty ones', async () => {
    const full = await kms.call('POST', keys, {
      body: {
        name: 'Billing archive',
        keyType: 'aes256-gcm96',
        description: 'Invoices',
        labels: { env: 'prod' },
        annotations: { owner: 'finance' },
        exportAllowed: true,
        keyRotationEnabled: true,
        rotationPeriodInDays: 90,
        allowRotation: true,
        hashFunction: 'SHA256',
        somethingNew: { ignored: true },
      },
    })
    expect(full.status).toBe(201)
    expect(full.headers.get('content-type')).toMatch(/^application\/json/)
    expect(full.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(full.body).toEqual({
      identity: expect.stringMatching(/^kms-[0-9a-v]{20}$/),
      name: 'Billing archive',
      slug: 'billing-archive',
      description: 'Invoices',
      labels: { env: 'prod' },
      annotations: { owner: 'finance' },
      keyType: 'aes256-gcm96',
      status: 'active',
      exportAllowed: true,
      keyRotationEnabled: true,
      rotationPeriodInDays: 90,
      latestVersion: 1,
      minDecryptionVersion: 1,
      versions: [{ version: 1, status: 'active', createdAt: iso(START) }],
      createdAt: iso(START),
      updatedAt: iso(START),
      objectVersion: 1,
    })
    KmsKey.parse(full.body)

    const bare = await kms.call('POST', keys, { body: { name: 'bare' } })
    expect(bare.status).toBe(201)
    expect(bare.body).toEqual({
      identity: expect.any(String),
      name: 'bare',
      slug: 'bare',
      keyType: 'aes256-gcm96',
      status: 'active',
      exportAllowed: false,
      keyRotationEnabled: false,
      latestVersion: 1,
      minDecryptionVersion: 1,
      versions: [{ version: 1, status: 'active', createdAt: iso(START) }],
      createdAt: iso(START),
      updatedAt: iso(START),
      objectVersion: 1,
    })
  })

  it('gets a key by identity and by slug, with precedence of the identity', async () => {
    const id = await kms.create({ name: 'DNSSEC example.org' })
    const byIdentity = await kms.on(id, 'GET')
    expect(byIdentity.status).toBe(200)
    expect(byIdentity.body.identity).toBe(id)
    expect((await kms.on('dnssec-example-org', 'GET')).body).toEqual(byIdentity.body)

    const impostor = await kms.create({ name: id })
    expect((await kms.on(id, 'GET')).body.identity).toBe(id)
    expect((await kms.on(impostor, 'GET')).body.slug).toBe(id)
  })

  it('accepts the identity of a region', async () => {
    const summary = Summary.parse((await kms.call('GET', '/v1/kms/summary')).body)
    const region = summary.regions?.find(({ slug }) => slug === 'nl-01')
    expect(region?.identity).not.toBe('nl-01')
    const id = await kms.create()
    expect((await kms.call('GET', `/v1/kms/${region?.identity}/keys/${id}`)).body.identity).toBe(id)
  })

  it('accepts slug or identity of the organisation, and both credential schemes', async () => {
    const right = [
      { authorization: `Token ${kms.token}` },
      { authorization: `Bearer ${kms.token}` },
      { authorization: `bearer ${kms.token}` },
      { 'x-organisation-identity': kms.organisation },
      { 'x-organisation-identity': 'local' },
    ]
    for (const headers of right) expect((await kms.call('GET', keys, { headers })).status).toBe(200)
    expect(kms.token).toMatch(/^tc_pat_[0-9A-Za-z]{40,}$/)
    expect(kms.organisation).toMatch(/^o-[0-9a-v]{20}$/)
  })

  it('encrypts and decrypts', async () => {
    const id = await kms.create()
    const sealed = await kms.on(id, 'POST', '/encrypt', { plaintext: base64('hello') })
    expect(sealed.status).toBe(200)
    expect(sealed.body).toEqual({ ciphertext: expect.stringMatching(/^thalassa:v1:[A-Za-z0-9+/=]+$/), keyVersion: '1' })
    const opened = await kms.on(id, 'POST', '/decrypt', { ciphertext: sealed.body.ciphertext })
    expect(opened.status).toBe(200)
    expect(opened.body).toEqual({ plaintext: base64('hello'), keyVersion: '1' })
  })

  it('rotates, changes rotation, disables, enables, deletes and cancels', async () => {
    const id = await kms.create()
    kms.clock.time = START + DAY

    const rotated = await kms.on(id, 'POST', '/rotate')
    expect(rotated.status).toBe(200)
    expect(rotated.body).toMatchObject({ latestVersion: 2, objectVersion: 2, updatedAt: iso(START + DAY) })
    expect(rotated.body.versions).toEqual([
      { version: 1, status: 'active', createdAt: iso(START) },
      { version: 2, status: 'active', createdAt: iso(START + DAY) },
    ])

    const rotation = { keyRotationEnabled: true, rotationPeriodInDays: 30 }
    const changed = await kms.on(id, 'PATCH', '/rotation', rotation)
    expect(changed).toMatchObject({ status: 200, body: { ...rotation, objectVersion: 3 } })
    expect((await kms.on(id, 'PATCH', '/rotation', {})).body).toEqual(changed.body)

    expect(await kms.on(id, 'POST', '/disable')).toMatchObject({ status: 200, body: { status: 'disabled' } })
    expect(await kms.on(id, 'POST', '/enable')).toMatchObject({ status: 200, body: { status: 'active' } })

    const deleted = await kms.on(id, 'DELETE')
    expect(deleted.status).toBe(200)
    expect(deleted.body).toMatchObject({ status: 'pending_deletion', deletionScheduledAt: iso(START + 31 * DAY) })
    kms.clock.time = START + 2 * DAY
    expect((await kms.on(id, 'DELETE')).body).toEqual(deleted.body)

    const cancelled = await kms.on(id, 'DELETE', '/cancel-deletion')
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'active' } })
    expect(cancelled.body).not.toHaveProperty('deletionScheduledAt')
    kms.clock.time = START
  })
})

describe('list and summary', () => {
  let kms: ThalassaServer
  beforeAll(async () => {
    kms = await startThalassa()
  })
  afterAll(() => kms.close())

  it('is empty at first', async () => {
    expect(await kms.call('GET', keys)).toMatchObject({ status: 200, body: [] })
  })

  it('lists and counts keys of every status', async () => {
    const [orders, billing, old] = [
      await kms.create({ name: 'orders' }),
      await kms.create({ name: 'Billing' }),
      await kms.create({ name: 'old' }),
    ]
    await kms.on(billing, 'POST', '/disable')
    await kms.on(old, 'DELETE')

    const identities = async (query = '') => {
      const reply = await kms.call('GET', `${keys}${query}`)
      expect(reply.status).toBe(200)
      return (KeyList.parse(reply.body) ?? []).map(({ identity }) => identity)
    }
    expect((await identities()).sort()).toEqual([orders, billing, old].sort())
    expect(await identities('?name=Billing')).toEqual([billing])
    expect(await identities('?name=billing')).toEqual([])
    expect(await identities('?slug=billing')).toEqual([billing])
    expect(await identities(`?identity=${old}`)).toEqual([old])
    expect(await identities(`?identity=${old}&name=old`)).toEqual([old])
    expect(await identities(`?identity=${old}&name=orders`)).toEqual([])
    expect(await identities('?colour=blue')).toHaveLength(3)

    const summary = await kms.call('GET', '/v1/kms/summary')
    expect(summary.status).toBe(200)
    const counts = { totalKeys: 3, activeKeys: 1, disabledKeys: 1, pendingDeletionKeys: 1 }
    const none = { totalKeys: 0, activeKeys: 0, disabledKeys: 0, pendingDeletionKeys: 0 }
    expect(Summary.parse(summary.body)).toMatchObject({
      featureEnabled: true,
      regions: [
        { slug: 'nl-01', kmsAvailable: true, ...counts },
        { slug: 'nl-02', kmsAvailable: false, ...none },
      ],
    })
  })

  it('refuses calls when the feature is off', async () => {
    const setting = 'thalassa-organisation'
    const stored = JSON.parse((await kms.store.setting(setting)) ?? '')
    const { dataDir } = kms
    await setSetting(kms.store, setting, JSON.stringify({ ...stored, features: [] }))
    await kms.close({ keepData: true })
    kms = await startThalassa({ dataDir })
    expect(await kms.call('GET', '/v1/kms/summary')).toMatchObject({ status: 200, body: { featureEnabled: false } })
    const refused = await kms.call('GET', '/v1/kms/xx-99/keys')
    expect(refused).toMatchObject({ status: 403, body: { message: 'KMS is not enabled for this organisation' } })
  })
})
