import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { base64, type Json, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'

const keys = '/v1/kms/nl-01/keys'
const HOUR = 3_600_000

let kms: ThalassaServer
let client: { readonly id: string; readonly secret: string }
beforeAll(async () => {
  kms = await startThalassa()
  client = kms.thalassa.credential.client
  await kms.create({ name: 'orders' })
})
afterAll(() => kms.close())

const basic = (id: string, secret: string) => {
  const encode = (text: string) => new URLSearchParams([['', text]]).toString().slice(1)
  return `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}`
}

async function exchange(form: Record<string, string>, authorization?: string) {
  const response = await fetch(`${kms.base}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { ...(authorization && { authorization }) },
  })
  return { status: response.status, headers: response.headers, body: (await response.json()) as Json }
}

const grant = { grant_type: 'client_credentials' }
const form = () => ({ ...grant, client_id: client.id, client_secret: client.secret })
const tokenOf = async (more: Record<string, string> = {}) =>
  String((await exchange({ ...form(), ...more })).body.access_token)
const withToken = (token: string, scheme = 'Bearer') => ({ headers: { authorization: `${scheme} ${token}` } })
const listWith = async (token: string) => (await kms.call('GET', keys, withToken(token))).status

describe('the exchange', () => {
  it('accepts the client in the header and in the form', async () => {
    for (const reply of [await exchange(grant, basic(client.id, client.secret)), await exchange(form())]) {
      expect(reply.status).toBe(200)
      expect(reply.headers.get('cache-control')).toBe('no-store')
      expect(reply.body).toEqual({
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        token_type: 'Bearer',
        expires_in: 3600,
        scope: 'api:read api:write',
      })
      expect(await listWith(String(reply.body.access_token))).toBe(200)
    }
  })

  it('refuses a wrong client with 401 and JSON', async () => {
    const { id, secret } = client
    for (const reply of [
      await exchange(grant),
      await exchange({ ...form(), client_secret: `${secret}x` }),
      await exchange({ ...form(), client_secret: '' }),
      await exchange({ ...form(), client_id: 'ac-00000000000000000000' }),
      await exchange({ ...grant, client_id: '', client_secret: '' }),
      await exchange(form(), basic(id, 'wrong')),
      await exchange(form(), 'Basic'),
      await exchange(form(), 'Basic %%%'),
      await exchange(form(), `Bearer ${kms.token}`),
      await exchange({ ...form(), client_id: kms.token, client_secret: kms.token }),
    ]) {
      expect(reply.status).toBe(401)
      expect(reply.body).toEqual({
        error: 'invalid_client',
        error_description: 'unauthorized',
        message: 'unauthorized',
      })
    }
  })

  it.each([
    [{ grant_type: '' }, 'invalid_request'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{ grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange' }, 'unsupported_grant_type'],
    [{ scope: 'api:admin' }, 'invalid_scope'],
    [{ scope: 'api:read kubernetes' }, 'invalid_scope'],
  ])('refuses %j with 400', async (more, error) => {
    expect(await exchange({ ...form(), ...more })).toMatchObject({ status: 400, body: { error } })
  })

  it('refuses a body over 1 MiB', async () => {
    expect((await exchange({ ...form(), padding: 'x'.repeat(1_048_577) })).status).toBe(413)
  })
})

describe('an access token', () => {
  it('is valid for an hour, also after a restart', async () => {
    const token = await tokenOf()
    kms.clock.time += HOUR - 1
    expect(await listWith(token)).toBe(200)
    await kms.close({ keepData: true })
    kms = await startThalassa({ dataDir: kms.dataDir, now: kms.clock.time })
    expect(kms.thalassa.credential.client).toEqual(client)
    expect(await listWith(token)).toBe(200)
    kms.clock.time += 1
    expect(await kms.call('GET', keys, withToken(token))).toMatchObject({
      status: 401,
      body: { message: 'unauthorized' },
    })
    expect(await listWith(await tokenOf())).toBe(200)
  })

  it('is accepted under both schemes; the client secret is no token', async () => {
    const token = await tokenOf()
    expect((await kms.call('GET', keys, withToken(token, 'Token'))).status).toBe(200)
    expect(await listWith(client.secret)).toBe(401)
    expect(await listWith(client.id)).toBe(401)
  })

  it('is refused with any changed character, or under another algorithm', async () => {
    const token = await tokenOf()
    const [header = '', payload = '', signature = ''] = token.split('.')
    for (let at = 0; at < token.length; at += 7) {
      const other = token[at] === 'A' ? 'B' : 'A'
      expect(await listWith(token.slice(0, at) + other + token.slice(at + 1))).toBe(401)
    }
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    for (const forged of [
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      `${header}.${payload}.`,
      `${header}..`,
    ])
      expect(await listWith(forged)).toBe(401)
  })

  it('with api:read allows reads, and changes get the answer for an unknown key', async () => {
    const token = await tokenOf({ scope: 'api:read' })
    expect(await listWith(token)).toBe(200)
    const encrypt = { ...withToken(token), body: { plaintext: base64('x') } }
    const masked = { status: 404, body: { message: 'kms key not found' } }
    expect(await kms.call('POST', `${keys}/orders/encrypt`, encrypt)).toMatchObject(masked)
    expect(await kms.call('POST', keys, { ...withToken(token), body: { name: 'new' } })).toMatchObject(masked)
  })

  it('with api:write allows both', async () => {
    const token = await tokenOf({ scope: 'api:write' })
    expect(await listWith(token)).toBe(200)
    const encrypt = { ...withToken(token), body: { plaintext: base64('x') } }
    expect((await kms.call('POST', `${keys}/orders/encrypt`, encrypt)).status).toBe(200)
  })

  it('reported no internal failure', () => expect(kms.failures).toEqual([]))
})
