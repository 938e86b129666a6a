/** Keys of other specifications than AES_256: what they are created as, and that they never rotate. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isUsageOf, type KeySpec, keySpecNames, specsFor, usages } from '../../../src/clouds/exoscale/key-specs.ts'
import { CreatedKey, KeyList, KmsKey } from '../../../src/clouds/exoscale/wire.ts'
import {
  answered,
  at,
  badMember,
  type ExpectedProblem,
  expectProblem,
  expectRefused,
  olderRevisions,
} from './testing/expectations.ts'
import { DAY, openTestServer, type TestServer } from './testing/server.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const idOf = (path: string) => path.split('/').at(-1) ?? ''
const message = base64('what was agreed')
const ecdsa = { message, 'signing-algorithm': 'ECDSA_SHA_256' }
const rsa = { 'encryption-algorithm': 'RSAES_OAEP_SHA_256' }
const signs = { usage: 'sign-verify', 'key-spec': 'ECC_NIST_P256' }

const invalidUsage: ExpectedProblem = { status: 400, slug: 'invalid-usage', title: 'Invalid Usage' }

describe('create', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer({ revision: '2026-11' })
  })
  afterAll(() => server.close())

  const kinds = usages.flatMap((usage) => specsFor(usage).map((spec) => [spec, usage] as const))

  test.each(kinds)('%s for %s: is answered, read and listed with both', async (spec, usage) => {
    const created = server.clock.now()
    const name = `${spec} ${usage}`
    const body = { name, usage, 'key-spec': spec, source: 'exoscale-kms' }
    const made = answered(await server.post('/v2/kms-key', body), 200, CreatedKey)
    const rotates = spec === 'AES_256'
    const rotation = {
      automatic: rotates,
      'rotation-period': 365,
      'next-at': at(created + 365 * DAY),
      'manual-count': 0,
    }
    expect(made).toEqual({
      ...body,
      id: expect.any(String),
      status: 'enabled',
      'status-since': at(created),
      'multi-zone': false,
      'origin-zone': 'ch-gva-2',
      'created-at': at(created),
      revision: { seq: 2, at: at(created) },
      ...(rotates ? { rotation } : {}),
    })
    const material = { version: 1, 'created-at': at(created), automatic: false }
    const key = answered(await server.get(`/v2/kms-key/${made.id}`), 200, KmsKey)
    expect(key).toEqual({ ...made, material, rotation })
    expect(answered(await server.get('/v2/kms-key'), 200, KeyList)['kms-keys']).toContainEqual(key)
  })

  const impossible = usages.flatMap((usage) =>
    keySpecNames.filter((spec) => !isUsageOf(spec, usage)).map((spec) => [spec, usage] as const),
  )

  test.each([...impossible, [undefined, 'sign-verify'] as const])('%s for %s is refused', async (spec, usage) => {
    const body = { name: 'impossible', usage, ...(spec && { 'key-spec': spec }) }
    const rule = `must be one of ${specsFor(usage).join(', ')} for ${usage}`
    await expectRefused(server, '/v2/kms-key', body, badMember('key-spec', rule))
  })

  test.each([
    ['key-spec', 'RSA_2048', `must be one of ${keySpecNames.join(', ')}`],
    ['key-spec', 'AES-256', `must be one of ${keySpecNames.join(', ')}`],
    ['key-spec', null, `must be one of ${keySpecNames.join(', ')}`],
    ['usage', 'sign', 'must be one of encrypt-decrypt, sign-verify'],
    ['source', 'elsewhere', 'must be one of exoscale-kms, external-key-store'],
  ])('%s %j is refused', async (member, value, rule) => {
    await expectRefused(server, '/v2/kms-key', { name: 'unknown', [member]: value }, badMember(member, rule))
  })

  test('other keys are created while an RSA key is made', async () => {
    let made = 0
    const slow = Array.from({ length: 3 }, async () => {
      await server.newKeyOf({ 'key-spec': 'RSA_4096' })
      made += 1
    })
    await server.newKey()
    expect(made).toBeLessThan(3)
    await Promise.all(slow)
  })

  test('one of many concurrent creations of RSA keys gets the name', async () => {
    const body = { name: 'wanted', 'key-spec': 'RSA_3072' }
    const replies = await Promise.all(Array.from({ length: 3 }, () => server.post('/v2/kms-key', body)))
    expect(replies.map(({ body: { title = '' } }) => title).sort()).toEqual(['', 'Name Conflict', 'Name Conflict'])
  })
})

describe('a key that is not symmetric', () => {
  let server: TestServer
  let path: string
  beforeEach(async () => {
    server = await openTestServer({ revision: '2026-11' })
    path = await server.newKeyOf({ ...signs, 'multi-zone': true })
    return () => server.close()
  })

  const read = async (target: string) => answered(await server.get(target), 200, KmsKey)

  test.each([undefined, 'disable', 'schedule-deletion'])('never rotates, also after %s', async (action) => {
    if (action !== undefined) await server.post(`${path}/${action}`, {})
    const before = await read(path)
    const detail = `the key ${idOf(path)} is ECC_NIST_P256 for sign-verify: it can't rotate`
    for (const operation of ['rotate', 'enable-key-rotation', 'disable-key-rotation'])
      await expectRefused(server, `${path}/${operation}`, {}, { ...invalidUsage, detail })
    expect(await read(path)).toEqual(before)
    expect((await server.get(`${path}/list-key-rotations`)).body).toEqual({ rotations: [] })
  })

  test('is not rotated by time', async () => {
    const before = await read(path)
    server.advance(3 * 365 * DAY)
    await server.runDueJobs()
    expect(await read(path)).toEqual(before)
  })

  test('is disabled, enabled, scheduled for deletion, kept, and destroyed', async () => {
    expect((await server.post(`${path}/disable`)).body).toEqual({ status: 'success' })
    expect((await server.post(`${path}/enable`)).body).toEqual({ status: 'success' })
    await server.post(`${path}/schedule-deletion`, { 'delay-days': 7 })
    expect((await server.post(`${path}/cancel-deletion`)).body).toEqual({ status: 'success' })
    expect(await read(path)).toMatchObject({ status: 'disabled', 'key-spec': 'ECC_NIST_P256', usage: 'sign-verify' })
    await server.post(`${path}/schedule-deletion`, { 'delay-days': 7 })
    server.advance(7 * DAY)
    await server.runDueJobs()
    expect((await server.get(path)).body).toMatchObject({ title: 'Key Not Found' })
  })

  test('signs in each of its zones; a replica never rotates either', async () => {
    await server.post(`${path}/replicate`, { zone: 'de-fra-1' })
    server.advance(2000)
    const replica = `/zone/de-fra-1${path}`
    expect(await read(replica)).toMatchObject({ usage: 'sign-verify', 'key-spec': 'ECC_NIST_P256' })
    const [here, there] = [await server.get(`${path}/get-public-key`), await server.get(`${replica}/get-public-key`)]
    expect(there.body).toEqual(here.body)
    for (const [signer, verifier] of [
      [path, replica],
      [replica, path],
    ] as const) {
      const { body } = await server.post(`${signer}/sign`, ecdsa)
      const reply = await server.post(`${verifier}/verify`, { ...ecdsa, signature: body.signature })
      expect(reply).toMatchObject({ status: 200, body: { 'signature-valid': true } })
    }
    for (const operation of ['rotate', 'enable-key-rotation', 'disable-key-rotation'])
      await expectRefused(server, `${replica}/${operation}`, {}, invalidUsage)
  })

  test('keeps its material over a restart', async () => {
    const { body } = await server.post(`${path}/sign`, ecdsa)
    const before = await server.get(`${path}/get-public-key`)
    await server.restart()
    expect((await server.get(`${path}/get-public-key`)).body).toEqual(before.body)
    expect((await server.post(`${path}/verify`, { ...ecdsa, signature: body.signature })).status).toBe(200)
  })
})

describe.each(olderRevisions)('revision %s', (revision) => {
  const created = revision === 'reference' ? 201 : 200
  let server: TestServer
  /** Keys of November 2026. */
  let signing: string
  let encrypting: string
  let symmetric: string
  let signature: unknown
  let ciphertext: unknown
  beforeAll(async () => {
    server = await openTestServer({ revision: '2026-11' })
    signing = await server.newKeyOf({ ...signs, 'multi-zone': true })
    encrypting = await server.newKeyOf({ 'key-spec': 'RSA_3072' })
    symmetric = await server.newKey()
    signature = (await server.post(`${signing}/sign`, ecdsa)).body.signature
    ciphertext = (await server.post(`${encrypting}/encrypt`, { plaintext: message, ...rsa })).body.ciphertext
    await server.restart({}, revision)
  })
  afterAll(() => server.close())

  test('lists and reads keys of November 2026 with their usage and without their specification', async () => {
    const listed = answered(await server.get('/v2/kms-key'), 200, KeyList)['kms-keys']
    expect(listed.map(({ usage }) => usage).sort()).toEqual(['encrypt-decrypt', 'encrypt-decrypt', 'sign-verify'])
    for (const path of [signing, encrypting, symmetric]) {
      const key = answered(await server.get(path), 200, KmsKey)
      expect(key).not.toHaveProperty('key-spec')
      expect(key).toMatchObject({ usage: path === signing ? 'sign-verify' : 'encrypt-decrypt', source: 'exoscale-kms' })
    }
  })

  test('refuses to use and to rotate them', async () => {
    for (const path of [signing, encrypting]) {
      const source = { key: idOf(symmetric), ciphertext }
      const calls: ReadonlyArray<readonly [target: string, body: object]> = [
        [`${path}/encrypt`, { plaintext: message, ...rsa }],
        [`${path}/encrypt`, { plaintext: message }],
        [`${path}/decrypt`, { ciphertext, ...rsa }],
        [`${path}/generate-data-key`, { 'bytes-count': 32 }],
        [`${symmetric}/re-encrypt`, { source, destination: { key: idOf(path) } }],
        [`${path}/rotate`, {}],
        [`${path}/enable-key-rotation`, {}],
        [`${path}/disable-key-rotation`, {}],
      ]
      for (const [target, body] of calls) await expectRefused(server, target, body, invalidUsage)
      const replies = [
        await server.post(`${path}/sign`, ecdsa),
        await server.post(`${path}/verify`, { ...ecdsa, signature }),
        await server.get(`${path}/get-public-key`),
      ]
      for (const reply of replies) expect([reply.status, reply.body]).toEqual([404, { message: 'Not Found' }])
    }
  })

  test('ignores the members of November 2026', async () => {
    const body = { name: 'ignoring', 'key-spec': 'RSA_4096', source: 'external-key-store', xks: 7 }
    const key = answered(await server.post('/v2/kms-key', body), created, CreatedKey)
    const path = `/v2/kms-key/${key.id}`
    const made = await server.post(`${path}/encrypt`, { plaintext: message, ...rsa })
    expect(made.body).toEqual({ ciphertext: expect.any(String) })
    const opened = await server.post(`${path}/decrypt`, { ...made.body, 'encryption-algorithm': 'unknown' })
    expect(opened.body).toEqual({ plaintext: message })
    const source = { key: key.id, ...made.body, ...rsa }
    const moved = await server.post(`${path}/re-encrypt`, { source, destination: { key: idOf(symmetric), ...rsa } })
    expect(moved.body).toEqual({ ciphertext: expect.any(String) })
  })

  test('refuses the new usage', async () => {
    const target = '/v2/kms-key'
    const reply = await server.post(target, { name: 'new', ...signs })
    expectProblem(reply, badMember('usage', 'must be encrypt-decrypt'), revision, target)
  })

  test('disables, enables, deletes and replicates them; November 2026 uses them again', async () => {
    expect((await server.post(`${signing}/replicate`, { zone: 'de-fra-1' })).status).toBe(200)
    for (const path of [signing, encrypting]) {
      await server.post(`${path}/disable`)
      await server.post(`${path}/schedule-deletion`, {})
      await server.post(`${path}/cancel-deletion`)
      expect((await server.post(`${path}/enable`)).status).toBe(200)
    }
    server.advance(2000)
    await server.restart({}, '2026-11')
    const replica = `/zone/de-fra-1${signing}`
    for (const path of [signing, replica])
      expect((await server.post(`${path}/verify`, { ...ecdsa, signature })).status).toBe(200)
    expect(answered(await server.get(replica), 200, KmsKey)).toMatchObject({ 'key-spec': 'ECC_NIST_P256' })
    const opened = await server.post(`${encrypting}/decrypt`, { ciphertext, ...rsa })
    expect(opened.body).toEqual({ plaintext: message, ...rsa })
    const rotated = await server.post(`${symmetric}/rotate`)
    expect(rotated.status).toBe(200)
    await server.restart({}, revision)
  })
})

test('every specification has a usage', () => {
  const all: readonly KeySpec[] = [...new Set(usages.flatMap(specsFor))]
  expect(all.toSorted()).toEqual(keySpecNames.toSorted())
})
