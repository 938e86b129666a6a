/** Keys behind a key store, over HTTP, with a real proxy. */
import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { olderRevisions } from '../testing/expectations.ts'
import { openServerWithProxy, type ServerWithProxy } from './testing/stores.ts'

let opened: ServerWithProxy
let store: string
beforeAll(async () => {
  opened = await openServerWithProxy()
  store = await opened.connectedStore()
})
afterEach(() => opened.proxy.behave({ kind: 'works' }))
afterAll(() => opened.close())

const idOf = (path: string) => path.split('/').at(-1)
const external = (path = store, id = 'key-1') => ({
  source: 'external-key-store',
  xks: { 'external-key-id': id, 'xks-id': idOf(path) },
})
const unique = () => randomBytes(6).toString('hex')
const create = (more: object = {}) =>
  opened.server.post('/v2/kms-key', { name: unique(), usage: 'encrypt-decrypt', ...external(), ...more })
const newKey = async (more: object = {}) => `/v2/kms-key/${(await create(more)).body.id}`

const plaintext = Buffer.from('to be encrypted').toString('base64')
const context = Buffer.from('tenant=42').toString('base64')

test('such a key is created, read and listed with its store, and has neither rotation nor material here', async () => {
  const { server } = opened
  const reply = await create()
  expect(reply).toMatchObject({ status: 200, body: { ...external(), 'key-spec': 'AES_256', 'multi-zone': false } })
  expect(reply.body).not.toHaveProperty('rotation')
  const key = `/v2/kms-key/${reply.body.id}`
  const rotation = { automatic: false, 'rotation-period': 365, 'manual-count': 0 }
  expect((await server.get(key)).body).toMatchObject({ ...external(), rotation, material: { version: 1 } })
  const list = (await server.get('/v2/kms-key')).body['kms-keys']
  expect(list).toContainEqual(expect.objectContaining({ id: reply.body.id, ...external() }))
  expect(server.keyring.get({ cloud: 'exoscale', location: 'ch-gva-2', id: String(reply.body.id) })).toMatchObject({
    rotateAt: null,
  })
})

describe('refusals at creation', () => {
  const refused = (detail: string | RegExp) => ({
    status: 400,
    body: { title: 'Bad Request', detail: typeof detail === 'string' ? detail : expect.stringMatching(detail) },
  })

  test.each<[string, object, string | RegExp]>([
    ['no xks', { xks: undefined }, 'xks is required for the source external-key-store'],
    ['xks alone', { source: undefined }, 'xks can be given only with the source external-key-store'],
    [
      'an unknown store',
      { xks: { 'external-key-id': 'key-1', 'xks-id': '019eef1b-c320-7416-89a2-8f65eb889ad1' } },
      'xks.xks-id must be the id of a key store',
    ],
    ['no UUID', { xks: { 'external-key-id': 'key-1', 'xks-id': 'x' } }, 'xks.xks-id must be a UUID'],
    [
      'a long id',
      { xks: { 'external-key-id': 'k'.repeat(129), 'xks-id': '019eef1b-c320-7416-89a2-8f65eb889ad1' } },
      /^xks\.external-key-id must be 1 to 128 characters/,
    ],
    [
      'a path as id',
      { xks: { 'external-key-id': '../health', 'xks-id': '019eef1b-c320-7416-89a2-8f65eb889ad1' } },
      /^xks\.external-key-id must be 1 to 128 characters/,
    ],
    ['several zones', { 'multi-zone': true }, 'multi-zone must be false for a key of an external key store'],
    [
      'another specification',
      { 'key-spec': 'RSA_3072' },
      'key-spec must be AES_256 for a key of an external key store',
    ],
    [
      'another usage',
      { usage: 'sign-verify', 'key-spec': 'ECC_NIST_P256' },
      'key-spec must be AES_256 for a key of an external key store',
    ],
  ])('%s', async (_, more, detail) => {
    expect(await create(more)).toMatchObject(refused(detail))
  })

  test('a disconnected store', async () => {
    const other = await opened.newStore('closed')
    expect(await create(external(other))).toMatchObject(
      refused('xks.xks-id must be a connected key store: connect closed'),
    )
  })

  test('an external key that is unknown, disabled, or of another kind', async () => {
    const { proxy } = opened
    const unknown = await create(external(store, 'key-2'))
    expect(unknown).toMatchObject(refused(/^xks\.external-key-id can't be used: it answers KeyNotFoundException/))
    expect(unknown.body['xks-proxy-error']).toEqual({ 'error-name': 'KeyNotFoundException' })
    for (const members of [{ keyStatus: 'DISABLED' }, { keySpec: 'RSA_2048' }, { keyUsage: ['DECRYPT'] }]) {
      proxy.behave({ kind: 'members', members })
      expect(await create()).toMatchObject(refused(/must be AES_256, ENABLED/))
    }
  })
})

describe('use', () => {
  test('encrypts and decrypts at the proxy, with the context bound', async () => {
    const { server, proxy } = opened
    const key = await newKey()
    const { body } = await server.post(`${key}/encrypt`, { plaintext, 'encryption-context': context })
    expect(proxy.seen.at(-1)).toMatchObject({ path: '/tenant/kms/xks/v1/keys/key-1/encrypt', body: { plaintext } })
    expect(body).toMatchObject({ 'encryption-algorithm': 'AES_256' })
    const { ciphertext } = body
    const opens = await server.post(`${key}/decrypt`, { ciphertext, 'encryption-context': context })
    expect(opens).toMatchObject({ status: 200, body: { plaintext, 'encryption-algorithm': 'AES_256' } })
    const failed = await server.post(`${key}/decrypt`, { ciphertext })
    expect(failed).toMatchObject({ status: 400, body: { title: 'Bad Request' } })
    expect(failed.body['xks-proxy-error']).toEqual({ 'error-name': 'InvalidCiphertextException' })
  })

  test('a ciphertext is bound to its key, though another one has the same external key', async () => {
    const { server, proxy } = opened
    const [one, other] = [await newKey(), await newKey()]
    const { ciphertext } = (await server.post(`${one}/encrypt`, { plaintext })).body
    const calls = proxy.seen.length
    const failed = { status: 400, body: { title: 'Bad Request', detail: 'decryption failed' } }
    expect(await server.post(`${other}/decrypt`, { ciphertext })).toMatchObject(failed)
    // Its header names the other key, whose associated data the proxy then refuses.
    const moved = Buffer.from(String(ciphertext), 'base64')
    Buffer.from(String(idOf(other)).replaceAll('-', ''), 'hex').copy(moved, 5)
    const refused = await server.post(`${other}/decrypt`, { ciphertext: moved.toString('base64') })
    expect(refused.body['xks-proxy-error']).toEqual({ 'error-name': 'InvalidCiphertextException' })
    expect(proxy.seen.length).toBe(calls + 1)
  })

  test('every cut and every changed byte of a ciphertext is refused', async () => {
    const { server } = opened
    const key = await newKey()
    const whole = Buffer.from(String((await server.post(`${key}/encrypt`, { plaintext })).body.ciphertext), 'base64')
    const broken = [
      ...Array.from(whole, (_, length) => whole.subarray(0, length)),
      ...Array.from(whole, (byte, at) =>
        Buffer.concat([whole.subarray(0, at), Buffer.of(byte ^ 1), whole.subarray(at + 1)]),
      ),
    ]
    for (const ciphertext of broken)
      expect((await server.post(`${key}/decrypt`, { ciphertext: ciphertext.toString('base64') })).status).toBe(400)
  })

  test('makes data keys, and re-encrypts from and to keys of the KMS', async () => {
    const { server } = opened
    const [key, own] = [await newKey(), await server.newKey()]
    const data = (await server.post(`${key}/generate-data-key`, { 'key-spec': 'AES-256' })).body
    expect((await server.post(`${key}/decrypt`, { ciphertext: data.ciphertext })).body.plaintext).toBe(data.plaintext)
    const there = await server.post(`${key}/re-encrypt`, {
      source: { key: idOf(key), ciphertext: data.ciphertext },
      destination: { key: idOf(own), 'encryption-context': context },
    })
    const back = await server.post(`${own}/re-encrypt`, {
      source: { key: idOf(own), ciphertext: there.body.ciphertext, 'encryption-context': context },
      destination: { key: idOf(key) },
    })
    expect((await server.post(`${key}/decrypt`, { ciphertext: back.body.ciphertext })).body.plaintext).toBe(
      data.plaintext,
    )
  })

  test('takes plaintexts that every proxy takes, and no longer ones', async () => {
    const { server } = opened
    const key = await newKey()
    const ofLength = (length: number) =>
      server.post(`${key}/encrypt`, {
        plaintext: Buffer.alloc(length).toString('base64'),
        'encryption-context': Buffer.alloc(4096).toString('base64'),
      })
    expect((await ofLength(4300)).status).toBe(200)
    expect(await ofLength(4301)).toMatchObject({
      status: 400,
      body: { detail: 'plaintext must hold at most 4300 bytes of plaintext for an external key, it holds 4301' },
    })
  })

  test('while the store is disconnected, the key is unchanged and can’t be used', async () => {
    const { server, proxy } = opened
    const other = await opened.connectedStore()
    const key = await newKey(external(other))
    const { ciphertext } = (await server.post(`${key}/encrypt`, { plaintext })).body
    await server.post(`${other}/disconnect`)
    const calls = proxy.seen.length
    const disabled = {
      status: 400,
      body: { title: 'Key is Disabled', detail: expect.stringContaining(String(idOf(other))) },
    }
    expect(await server.post(`${key}/encrypt`, { plaintext })).toMatchObject(disabled)
    expect(await server.post(`${key}/decrypt`, { ciphertext })).toMatchObject(disabled)
    expect(await server.post(`${key}/generate-data-key`, { 'bytes-count': 16 })).toMatchObject(disabled)
    expect(proxy.seen.length).toBe(calls)
    expect((await server.get(key)).body).toMatchObject({ status: 'enabled' })
    await server.post(`${other}/connect`)
    expect((await server.post(`${key}/decrypt`, { ciphertext })).body).toMatchObject({ plaintext })
  })

  test('a proxy that fails is named, with what it said', async () => {
    const { server, proxy } = opened
    const key = await newKey()
    proxy.behave({ kind: 'error', status: 429, name: 'ThrottlingException', message: 'slow down' })
    expect(await server.post(`${key}/encrypt`, { plaintext })).toMatchObject({
      status: 400,
      body: {
        title: 'Key Store Proxy Unhealthy',
        'xks-proxy-error': { 'error-name': 'ThrottlingException', 'error-message': 'slow down' },
      },
    })
    proxy.behave({ kind: 'error', status: 400, name: 'InvalidStateException' })
    expect((await server.post(`${key}/encrypt`, { plaintext })).body).toMatchObject({ title: 'Bad Request' })
    proxy.behave({ kind: 'raw', body: '{}' })
    expect((await server.post(`${key}/encrypt`, { plaintext })).body).toMatchObject({
      title: 'Key Store Proxy Unhealthy',
    })
  })

  test.each(['rotate', 'enable-key-rotation', 'disable-key-rotation'])('%s is an invalid usage', async (path) => {
    const { server } = opened
    expect(await server.post(`${await newKey()}/${path}`, {})).toMatchObject({
      status: 400,
      body: { title: 'Invalid Usage' },
    })
  })

  test('it neither signs nor is replicated', async () => {
    const { server } = opened
    const key = await newKey()
    const signing = { message: plaintext, 'signing-algorithm': 'ECDSA_SHA_256' }
    expect((await server.post(`${key}/sign`, signing)).body).toMatchObject({ title: 'Invalid Usage' })
    expect((await server.get(`${key}/get-public-key`)).body).toMatchObject({ title: 'Invalid Usage' })
    expect((await server.post(`${key}/replicate`, { zone: 'de-fra-1' })).body).toMatchObject({ title: 'Not Multizone' })
  })
})

test('a store that a key names is deleted only after the key is gone', async () => {
  const { server, proxy } = opened
  const other = await opened.connectedStore()
  const key = await newKey(external(other))
  const referenced = { status: 400, body: { title: 'Key Store Is Referenced' } }
  expect(await server.call('DELETE', other)).toMatchObject(referenced)
  await server.post(`${key}/schedule-deletion`, { 'delay-days': 7 })
  expect(await server.call('DELETE', other)).toMatchObject(referenced)
  const calls = proxy.seen.length
  server.advance(8 * 86_400_000)
  await server.runDueJobs()
  expect((await server.call('DELETE', other)).status).toBe(200)
  expect(proxy.seen.length).toBe(calls)
})

test.each(olderRevisions)('revision %s lists such a key, and refuses to use it', async (revision) => {
  const { server } = opened
  const key = await newKey()
  await server.restart({}, revision)
  const { body } = await server.get(key)
  expect(body).toMatchObject({ usage: 'encrypt-decrypt', source: 'external-key-store' })
  for (const member of ['key-spec', 'xks']) expect(body).not.toHaveProperty(member)
  expect(await server.post(`${key}/encrypt`, { plaintext })).toMatchObject({
    status: 400,
    body: { title: 'Invalid Usage' },
  })
  // As a member that this revision does not know, the store is ignored.
  expect((await server.post('/v2/kms-key', { name: unique(), ...external() })).body).toMatchObject({
    source: 'exoscale-kms',
  })
  await server.restart({}, '2026-11')
})
