import { expect, test } from 'vitest'
import { network } from '../testing/connections.ts'
import { json, type ReceivedRequest, send, startGateway, startUpstream } from '../testing/servers.ts'
import { createTokenSource } from './access-token.ts'
import { connectThalassa } from './connection.ts'

const client = { id: 'client', secret: 'a secret/with+signs' }
const name = 'Thalassa Cloud'

const isExchange = (seen: ReceivedRequest) => seen.url === '/oidc/token'

/** Provider that issues numbered tokens and accepts those in `good`. */
const startTokenCloud = (good: (token: number) => boolean, expires_in?: number) => {
  let issued = 0
  return startUpstream((seen, response) => {
    if (isExchange(seen)) {
      issued += 1
      json({ access_token: `token-${issued}`, token_type: 'Bearer', expires_in })(seen, response)
    } else if (good(Number(/^Bearer token-(\d+)$/.exec(seen.headers.authorization ?? '')?.[1]))) {
      json({ featureEnabled: true })(seen, response)
    } else {
      json({ message: 'unauthorized' }, 401)(seen, response)
    }
  })
}

const gatewayTo = (endpoint: string) => {
  const options = { upstream: network, mode: 'live', endpoint, displayedEndpoint: () => endpoint } as const
  const credential = { kind: 'client', ...client } as const
  return startGateway({
    connections: [
      connectThalassa({ ...options, credential, organisation: 'acme', project: undefined, timeout: 60_000 }),
    ],
  })
}

test('exchanges client id and secret once for many waiting requests', async () => {
  const cloud = await startTokenCloud(() => true)
  const gateway = await gatewayTo(cloud.url)
  const replies = await Promise.all([1, 2, 3].map(() => send(`${gateway}/api/thalassa/v1/kms/summary`)))
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
  const [exchange, ...others] = cloud.seen.filter(isExchange)
  expect(others).toEqual([])
  expect(exchange?.body.toString()).toBe('grant_type=client_credentials')
  expect(exchange?.headers['content-type']).toBe('application/x-www-form-urlencoded')
  expect(Buffer.from(exchange?.headers.authorization?.slice('Basic '.length) ?? '', 'base64').toString()).toBe(
    'client:a+secret%2Fwith%2Bsigns',
  )
})

test('gets a new token after a 401, once', async () => {
  const cloud = await startTokenCloud((token) => token === 2)
  const gateway = await gatewayTo(cloud.url)
  expect(await send(`${gateway}/api/thalassa/v1/kms/summary`)).toMatchObject({ status: 200 })
  expect(cloud.seen.map(({ url }) => url)).toEqual(['/oidc/token', '/v1/kms/summary', '/oidc/token', '/v1/kms/summary'])
})

test('returns a second 401', async () => {
  const cloud = await startTokenCloud(() => false)
  const gateway = await gatewayTo(cloud.url)
  expect(await send(`${gateway}/api/thalassa/v1/kms/summary`)).toMatchObject({ status: 401 })
  expect(cloud.seen.filter(isExchange)).toHaveLength(2)
})

test('renews a token a minute before it expires', async () => {
  let now = 0
  const cloud = await startTokenCloud(() => true, 3600)
  const source = createTokenSource({
    upstream: network,
    endpoint: cloud.url,
    client,
    name,
    timeout: 60_000,
    now: () => now,
  })
  expect(await source.token()).toBe('token-1')
  now = 3_539_999
  expect(await source.token()).toBe('token-1')
  now = 3_540_000
  expect(await Promise.all([source.token(), source.token()])).toEqual(['token-2', 'token-2'])
})

test.each([
  ['refuses the exchange', 401, { error: 'invalid_client', hint: client.secret }],
  ['answers without a token', 200, { token: 'misnamed' }],
])('a cloud that %s', async (_name, status, body) => {
  const cloud = await startUpstream(json(body, status))
  const gateway = await gatewayTo(cloud.url)
  const reply = await send(`${gateway}/api/thalassa/v1/kms/summary`)
  expect(reply.status).toBe(502)
  expect(JSON.parse(reply.text)).toMatchObject({ type: '#/gateway/upstream-credentials', cloud: name })
  expect(reply.text).not.toContain(client.secret)
})
