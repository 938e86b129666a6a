import { expect, test } from 'vitest'
import { clockDifference } from './forward.ts'
import { exoscaleAt, thalassaAt } from './testing/connections.ts'
import { json, send, startGateway, startUpstream } from './testing/servers.ts'

const date = 'Sun, 22 Nov 2026 10:00:00 GMT'
const there = Date.parse(date)

test.each([
  [0, undefined],
  [29_499, undefined],
  [29_500, 30],
  [-29_500, undefined],
  [-30_000, -30],
  [720_400, 720],
  [-86_400_000, -86_400],
])('%d ms apart', (apart, difference) => {
  expect(clockDifference(date, there + apart)).toBe(difference)
})

test.each([undefined, '', 'yesterday'])('no time in %j', (text) => {
  expect(clockDifference(text, there)).toBeUndefined()
})

const paths = ['thalassa/v1/kms/summary', 'exoscale/ch-gva-2/kms-key']

async function gatewayAt(status: number, now: number) {
  const cloud = await startUpstream(json({ message: 'Request expired' }, status, { date }))
  const connections = [thalassaAt(cloud.url), exoscaleAt(`${cloud.url}/{zone}/v2`)]
  return startGateway({ connections, now: () => now })
}

const told = async (gateway: string, path: string) =>
  (await send(`${gateway}/api/${path}`)).headers['x-clock-difference']

test.each(paths)('a refusal of %s includes the difference', async (path) => {
  for (const status of [401, 403]) {
    expect(await told(await gatewayAt(status, there + 720_000), path)).toBe('720')
    expect(await told(await gatewayAt(status, there - 60_000), path)).toBe('-60')
    expect(await told(await gatewayAt(status, there + 5_000), path)).toBeUndefined()
  }
})

test.each(paths)('other answers of %s do not', async (path) => {
  for (const status of [200, 400, 404, 409, 429, 500])
    expect(await told(await gatewayAt(status, there + 720_000), path)).toBeUndefined()
})
