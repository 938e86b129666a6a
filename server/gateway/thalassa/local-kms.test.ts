/** Gateway in front of the local KMS, over the network, with each kind of credential. */
import { expect, onTestFinished, test } from 'vitest'
import { startThalassa } from '../../kms/testing/thalassa-server.ts'
import { network } from '../testing/connections.ts'
import { send, startGateway } from '../testing/servers.ts'
import type { Upstream } from '../upstream.ts'
import { connectThalassa } from './connection.ts'

const keys = '/api/thalassa/v1/kms/nl-01/keys'
const HOUR = 3_600_000

const start = async () => {
  // The gateway renews tokens by its own clock, so both need the same time.
  const kms = await startThalassa({ now: Date.now() })
  onTestFinished(() => kms.close())
  const asked: string[] = []
  const upstream: Upstream = {
    send: (request, receiver) => {
      asked.push(request.url.pathname)
      return network.send(request, receiver)
    },
  }
  const gatewayWith = (
    credential: Parameters<typeof connectThalassa>[0]['credential'],
    project: string | undefined = undefined,
  ) =>
    startGateway({
      connections: [
        connectThalassa({
          upstream,
          mode: 'live',
          endpoint: kms.base,
          displayedEndpoint: () => kms.base,
          credential,
          organisation: kms.organisation,
          project,
          timeout: 60_000,
        }),
      ],
    })
  return { kms, asked, gatewayWith }
}

test('all three kinds of credential give access to the same keys', async () => {
  const { kms, asked, gatewayWith } = await start()
  await kms.create({ name: 'orders' })
  const { token, client } = kms.thalassa.credential
  const kinds = [
    { kind: 'token', token },
    { kind: 'bearer', token: await kms.accessToken(client) },
    { kind: 'client', ...client },
  ] as const
  for (const credential of kinds) {
    const gateway = await gatewayWith(credential)
    for (const path of [
      keys,
      '/api/thalassa/v1/projects',
      '/api/thalassa/v1/regions',
      '/api/thalassa/v1/audit?limit=1',
    ])
      expect((await send(gateway + path)).status).toBe(200)
    expect(JSON.parse((await send(gateway + keys)).text)).toMatchObject([{ slug: 'orders' }])
  }
  expect(asked.filter((path) => path === '/oidc/token')).toHaveLength(1)
})

test('a token that expired early is exchanged again, and the call succeeds', async () => {
  const { kms, asked, gatewayWith } = await start()
  const gateway = await gatewayWith({ kind: 'client', ...kms.thalassa.credential.client })
  expect((await send(gateway + keys)).status).toBe(200)
  kms.clock.time += HOUR
  const replies = await Promise.all([1, 2, 3].map(() => send(gateway + keys)))
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
  expect((await send(gateway + keys)).status).toBe(200)
  expect(asked.filter((path) => path === '/oidc/token')).toHaveLength(2)
})

test('a wrong client secret is a problem of the gateway, without the secret', async () => {
  const { kms, gatewayWith } = await start()
  const { id } = kms.thalassa.credential.client
  const reply = await send((await gatewayWith({ kind: 'client', id, secret: 'not-the-secret' })) + keys)
  expect(reply.status).toBe(502)
  expect(JSON.parse(reply.text)).toMatchObject({ type: '#/gateway/upstream-credentials' })
  expect(reply.text).not.toContain('not-the-secret')
})

test('the browser selects the project only if the configuration has none', async () => {
  const { kms, gatewayWith } = await start()
  const credential = { kind: 'token', token: kms.token } as const
  const make = (gateway: string, name: string, headers: Record<string, string> = {}) =>
    send(gateway + keys, {
      method: 'POST',
      body: JSON.stringify({ name }),
      headers: { 'content-type': 'application/json', ...headers },
    })
  const projectOf = async (reply: ReturnType<typeof make>) => JSON.parse((await reply).text).projectId
  const [platform, payments] = Object.values((await kms.call('GET', '/v1/projects')).body)
  const choose = (project: string) => ({ 'x-project-identity': project })

  const free = await gatewayWith(credential)
  expect(await projectOf(make(free, 'a'))).toBeUndefined()
  expect(await projectOf(make(free, 'b', choose('payments')))).toBe(payments?.identity)
  expect(await projectOf(make(free, 'c', choose(String(platform?.identity))))).toBe(platform?.identity)
  expect((await make(free, 'd', choose('none'))).status).toBe(404)
  expect(JSON.parse((await send(`${free}/api/session`)).text).clouds[0]).not.toHaveProperty('project')

  const fixed = await gatewayWith(credential, 'payments')
  expect(await projectOf(make(fixed, 'e', choose('platform')))).toBe(payments?.identity)
  const foreign = await make(free, 'f', { 'x-organisation-identity': 'other', authorization: 'Token x' })
  expect(foreign.status).toBe(201)
})
