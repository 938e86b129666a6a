import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endpoints } from '../../../src/clouds/thalassa/endpoints.ts'
import { createCredentials } from '../engine/credentials.ts'
import { base64, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'
import { done } from '../testing/unaudited.ts'

const keys = '/v1/kms/nl-01/keys'
const input = { input: base64('hello') }

/** Every endpoint with its documented permissions, in an order that leaves the key active. */
const table: readonly { method: string; path: string; body?: unknown; by: readonly string[]; action: string }[] = [
  { method: 'GET', path: keys, by: ['list'], action: 'list-keys' },
  { method: 'POST', path: keys, body: { name: 'another' }, by: ['create'], action: 'create-key' },
  { method: 'GET', path: '/v1/kms/nl-01/wrapping-key', by: ['create'], action: 'read-wrapping-key' },
  { method: 'GET', path: `${keys}/orders`, by: ['read'], action: 'read-key' },
  { method: 'GET', path: `${keys}/orders/public-key`, by: ['list', 'read'], action: 'read-public-key' },
  {
    method: 'POST',
    path: `${keys}/orders/encrypt`,
    body: { plaintext: base64('hello') },
    by: ['update'],
    action: 'encrypt',
  },
  {
    method: 'POST',
    path: `${keys}/orders/decrypt`,
    body: { ciphertext: 'thalassa:v1:AAAA' },
    by: ['update'],
    action: 'decrypt',
  },
  { method: 'POST', path: `${keys}/orders/sign`, body: input, by: ['update'], action: 'sign' },
  {
    method: 'POST',
    path: `${keys}/orders/verify`,
    body: { ...input, signature: 'thalassa:v1:AAAA' },
    by: ['update'],
    action: 'verify',
  },
  { method: 'POST', path: `${keys}/orders/hmac`, body: input, by: ['update'], action: 'hmac' },
  {
    method: 'POST',
    path: `${keys}/orders/verify-hmac`,
    body: { ...input, hmac: 'thalassa:v1:AAAA' },
    by: ['update'],
    action: 'verify-hmac',
  },
  { method: 'PATCH', path: `${keys}/orders/rotation`, body: {}, by: ['update'], action: 'update-rotation' },
  { method: 'POST', path: `${keys}/orders/rotate`, by: ['update'], action: 'rotate' },
  { method: 'POST', path: `${keys}/orders/export`, body: {}, by: ['update'], action: 'export' },
  { method: 'POST', path: `${keys}/orders/disable`, by: ['delete'], action: 'disable' },
  { method: 'POST', path: `${keys}/orders/enable`, by: ['delete'], action: 'enable' },
  { method: 'DELETE', path: `${keys}/orders`, by: ['delete'], action: 'schedule-deletion' },
  { method: 'DELETE', path: `${keys}/orders/cancel-deletion`, by: ['delete'], action: 'cancel-deletion' },
]

const everything = { permissions: ['list', 'read', 'create', 'update', 'delete'], actions: [] }
const only = (...actions: string[]) => ({ permissions: [], actions })
const holders: Readonly<
  Record<string, { policies: string[]; permissions: string[]; actions: string[]; audit?: true }>
> = {
  admin: { policies: ['org-admin'], ...everything, audit: true },
  full: { policies: ['kms:FullAccess'], ...everything },
  reader: { policies: ['kms:ReadAccess'], permissions: ['list', 'read'], actions: [] },
  auditor: { policies: ['org-auditor'], ...only(), audit: true },
  nobody: { policies: [], ...only() },
  encrypt: { policies: ['kms:Encrypt'], ...only('encrypt') },
  decrypt: { policies: ['kms:Decrypt'], ...only('decrypt') },
  sign: { policies: ['kms:Sign'], ...only('sign') },
  verify: { policies: ['kms:Verify'], ...only('verify') },
  hmac: { policies: ['kms:HMAC'], ...only('hmac') },
  verifyHmac: { policies: ['kms:VerifyHMAC'], ...only('verify-hmac') },
  rotate: { policies: ['kms:Rotate'], ...only('rotate') },
  export: { policies: ['kms:Export'], ...only('export') },
  union: {
    policies: ['kms:ReadAccess', 'kms:Encrypt'],
    permissions: ['list', 'read'],
    actions: ['encrypt'],
  },
}

let kms: ThalassaServer
beforeAll(async () => {
  const made = await startThalassa()
  const credentials = createCredentials({ store: made.store, keyWrapper: made.keyWrapper, now: () => made.clock.now() })
  for (const [name, { policies }] of Object.entries(holders))
    await credentials.add(
      {
        cloud: 'thalassa',
        id: `pat-${name}`,
        name,
        secret: `tc_pat_${name}`,
        attributes: { organisation: made.organisation, holder: name, policies },
      },
      done,
    )
  await made.close({ keepData: true })
  kms = await startThalassa({ dataDir: made.dataDir })
  await kms.create({ name: 'orders' })
})
afterAll(() => kms.close())

/** Everything that distinguishes two answers for a caller. */
async function ask(token: string, method: string, path: string, body?: unknown) {
  const response = await fetch(`${kms.base}${path}`, {
    method,
    headers: { authorization: `Token ${token}`, 'x-organisation-identity': kms.organisation },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const headers = [...response.headers].filter(([name]) => name !== 'x-request-id' && name !== 'date')
  return { status: response.status, headers, text: await response.text() }
}

it('the table contains every endpoint', () => {
  const ofKeys = Object.entries(endpoints).flatMap(([id, row]) => ('permissions' in row ? [id] : []))
  expect(table.map(({ action }) => action).sort()).toEqual(ofKeys.sort())
})

describe.each(Object.entries(holders))('%s', (name, { permissions, actions, audit }) => {
  const token = `tc_pat_${name}`

  it.each(table)('$method $path', async ({ method, path, body, by, action }) => {
    const unique = action === 'create-key' ? { name: `made by ${name}` } : body
    const before = (await kms.on('orders', 'GET')).body
    const answer = await ask(token, method, path, unique)
    const isAllowed = actions.includes(action) || by.every((permission) => permissions.includes(permission))
    if (action === 'list-keys') {
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.text).length > 0).toBe(isAllowed)
      return
    }
    if (isAllowed) {
      expect([200, 201, 400]).toContain(answer.status)
      return
    }
    // Identical to the answer for an unknown key with all rights.
    expect(answer).toEqual(await ask('tc_pat_full', 'GET', `${keys}/no-such-key`))
    expect([answer.status, answer.text]).toEqual([404, '{"message":"kms key not found"}'])
    expect(await ask(token, method, path.replace('orders', 'no-such-key'), unique)).toEqual(answer)
    expect((await kms.on('orders', 'GET')).body).toEqual(before)
  })

  it('reads the audit log, or gets the answer for an unknown path', async () => {
    const answer = await ask(token, 'GET', '/v1/audit')
    if (audit) expect(answer.status).toBe(200)
    else expect(answer).toEqual(await ask(token, 'GET', '/v1/nothing'))
  })

  it('sees the summary, the projects and the regions', async () => {
    for (const path of ['/v1/kms/summary', '/v1/projects', '/v1/regions', '/v1/me/organisation-memberships'])
      expect((await ask(token, 'GET', path)).status).toBe(200)
  })
})

describe('the credentials of the first start', () => {
  it('the reader lists and reads, and gets 404 for encryption', async () => {
    const { readerToken } = kms.thalassa.credential
    expect(JSON.parse((await ask(readerToken, 'GET', keys)).text).length).toBeGreaterThan(0)
    expect((await ask(readerToken, 'GET', `${keys}/orders`)).status).toBe(200)
    expect((await ask(readerToken, 'GET', '/v1/audit')).status).toBe(200)
    expect(await ask(readerToken, 'POST', `${keys}/orders/encrypt`, { plaintext: base64('hello') })).toMatchObject({
      status: 404,
      text: '{"message":"kms key not found"}',
    })
  })

  it('the crypto-only token encrypts and decrypts, and can’t list or read', async () => {
    const { cryptoToken } = kms.thalassa.credential
    const sealed = await ask(cryptoToken, 'POST', `${keys}/orders/encrypt`, { plaintext: base64('hello') })
    const { ciphertext } = JSON.parse(sealed.text)
    const opened = await ask(cryptoToken, 'POST', `${keys}/orders/decrypt`, { ciphertext })
    expect(JSON.parse(opened.text).plaintext).toBe(base64('hello'))
    expect((await ask(cryptoToken, 'GET', keys)).text).toBe('[]')
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/export'],
      ['POST', '/rotate'],
      ['DELETE', ''],
    ] as const)
      expect((await ask(cryptoToken, method, `${keys}/orders${path}`)).status).toBe(404)
  })

  it('reported no internal failure', () => expect(kms.failures).toEqual([]))
})
