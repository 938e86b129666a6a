import { expect, test } from 'vitest'
import { ownHosts } from './guard.ts'
import { thalassaAt } from './testing/connections.ts'
import { json, send, startGateway, startUpstream } from './testing/servers.ts'

const start = async () => {
  const cloud = await startUpstream(json({}))
  const pages = () => ({ status: 200, headers: {}, body: 'page' })
  const gateway = await startGateway({ connections: [thalassaAt(cloud.url)], pages })
  return { seen: cloud.seen, gateway, host: new URL(gateway).host, port: new URL(gateway).port }
}

test('accepts its address under each of its names', async () => {
  const { gateway, port } = await start()
  for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
    expect(await send(gateway, { headers: { host: `${name}:${port}` } })).toMatchObject({ status: 200, text: 'page' })
  }
})

test.each([
  (port: string) => `kms.evil.example:${port}`,
  (port: string) => `127.0.0.1.evil.example:${port}`,
  (port: string) => `127.0.0.1:${Number(port) + 1}`,
  () => '127.0.0.1',
  () => 'localhost',
])('refuses another host, page or API', async (hostFor) => {
  const { gateway, port, seen } = await start()
  for (const path of ['/', '/api/session', '/api/thalassa/v1/kms/summary']) {
    const { status, text } = await send(gateway + path, { headers: { host: hostFor(port) } })
    expect({ status, type: JSON.parse(text).type }).toEqual({ status: 403, type: '#/gateway/foreign-host' })
  }
  expect(seen).toEqual([])
})

test.each([
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://127.0.0.1:1' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
])('refuses another site’s page: %o', async (headers) => {
  const { gateway, seen } = await start()
  for (const method of ['GET', 'POST', 'DELETE']) {
    const { status, text } = await send(`${gateway}/api/thalassa/v1/kms/nl-01/keys/k`, { method, headers })
    expect({ status, type: JSON.parse(text).type }).toEqual({ status: 403, type: '#/gateway/foreign-origin' })
  }
  expect(seen).toEqual([])
})

test('accepts its own page, tools, and links from other sites to pages', async () => {
  const { gateway, host } = await start()
  const path = `${gateway}/api/thalassa/v1/kms/nl-01/keys`
  const json = { 'content-type': 'application/json' }
  const own = { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }
  expect(await send(path, { method: 'POST', headers: { ...own, ...json }, body: '{}' })).toMatchObject({ status: 200 })
  expect(await send(path, { method: 'POST', headers: json, body: '{}' })).toMatchObject({ status: 200 })
  expect(await send(`${gateway}/keys`, { headers: { 'sec-fetch-site': 'cross-site' } })).toMatchObject({ status: 200 })
})

test('refuses another host in a target that is a whole URL', async () => {
  const { gateway, host } = await start()
  expect(await send(gateway, {}, `http://${host}/api/session`)).toMatchObject({ status: 200 })
  expect(await send(gateway, { headers: { host } }, 'http://evil.example/api/session')).toMatchObject({ status: 403 })
})

test('derives its names from the listening address', () => {
  expect([...ownHosts({ host: 'kms.internal', port: 8300 })]).toEqual(['kms.internal:8300'])
  expect([...ownHosts({ host: '192.0.2.7', port: 80 })]).toEqual(['192.0.2.7', '192.0.2.7:80'])
  expect([...ownHosts({ host: '::1', port: 1 })]).toContain('localhost:1')
  expect([...ownHosts({ host: '0.0.0.0', port: 1 })]).toEqual(expect.arrayContaining(['localhost:1', '127.0.0.1:1']))
})
