import { expect, test } from 'vitest'
import { replaceable } from './replaceable.ts'
import { network } from './testing/connections.ts'
import { json, send, startGateway, startUpstream } from './testing/servers.ts'
import { connectThalassa } from './thalassa/connection.ts'

test('a call whose token was replaced meanwhile is made once more with the new one', async () => {
  const upstream = await startUpstream((seen, response) => {
    const isNew = seen.headers.authorization === 'Bearer new'
    replace(connect('new'))
    json([], isNew ? 200 : 401)(seen, response)
  })
  const connect = (token: string) =>
    connectThalassa({
      upstream: network,
      mode: 'live',
      endpoint: upstream.url,
      displayedEndpoint: () => upstream.url,
      credential: { kind: 'bearer', token },
      organisation: 'acme',
      project: undefined,
      timeout: 60_000,
    })
  const { connection, replace } = replaceable(connect('old'))
  const url = await startGateway({ connections: [connection] })
  const answer = await send(`${url}/api/thalassa/v1/kms/nl-01/keys`)
  expect(answer.status).toBe(200)
  expect(upstream.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new'])
})
