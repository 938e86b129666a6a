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
  (port: string) => `192.0.2.7:${port}`,
  () => 'localhost.evil.example',
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

test('accepts another port of this machine, as that of a port forward, with its own page', async () => {
  const { gateway } = await start()
  for (const host of ['localhost:9000', '127.0.0.1', '[::1]:443'])
    expect(await send(gateway, { headers: { host } })).toMatchObject({ status: 200, text: 'page' })
  const path = `${gateway}/api/thalassa/v1/kms/nl-01/keys`
  const from = (origin: string) => ({ method: 'GET', headers: { host: 'localhost:9000', origin } })
  expect(await send(path, from('http://localhost:9000'))).toMatchObject({ status: 200 })
  expect(await send(path, from('http://localhost:8300'))).toMatchObject({ status: 403 })
})

test('tells a browser in a page which setting lets another address in', async () => {
  const { gateway, port } = await start()
  const headers = { host: `kms.example:${port}`, accept: 'text/html,*/*' }
  const page = await send(gateway, { headers })
  expect(page).toMatchObject({ status: 403, headers: { 'content-type': 'text/html; charset=utf-8' } })
  expect(page.text).toContain(`set PUBLIC_URL to that address, such as http://kms.example:${port}/.`)
  const broken = await send(gateway, { headers: { ...headers, host: 'kms.example?<b>' } })
  expect(broken.text).not.toContain('<b>')
})

const publicUrl = new URL('https://kms.example/kms/')

async function startBehindProxy() {
  const cloud = await startUpstream(json({}))
  const pages = (_: unknown, path: string) => ({ status: 200, headers: {}, body: `page ${path}` })
  const hosts = ownHosts({ host: '127.0.0.1', port: 8300, publicUrl })
  return startGateway({ connections: [thalassaAt(cloud.url)], pages, hosts: () => hosts, publicUrl })
}

test.each([
  ['keeps Host', 'kms.example'],
  ['sets Host', '127.0.0.1:8300'],
])('behind a proxy that ends TLS and %s, pages and calls pass with the public address', async (_, host) => {
  const gateway = await startBehindProxy()
  const own = { host, origin: 'https://kms.example', 'sec-fetch-site': 'same-origin' }
  expect(await send(gateway, { headers: { host } })).toMatchObject({ status: 200 })
  const headers = { ...own, 'content-type': 'application/json' }
  const call = { method: 'POST', headers, body: '{}' }
  for (const path of ['/api/thalassa/v1/kms/nl-01/keys', '/kms/api/thalassa/v1/kms/nl-01/keys'])
    expect(await send(gateway + path, call)).toMatchObject({ status: 200 })
  for (const origin of ['https://kms.example.evil.example', 'http://kms.example', 'https://kms.example:444'])
    expect(await send(`${gateway}/api/session`, { headers: { ...own, origin } })).toMatchObject({ status: 403 })
})

test('tells browsers to use https alone where people open the console by https', async () => {
  const gateway = await startBehindProxy()
  const { headers } = await send(gateway, { headers: { host: 'kms.example' } })
  expect(headers['strict-transport-security']).toBe('max-age=31536000')
  expect((await send((await start()).gateway)).headers).not.toHaveProperty('strict-transport-security')
})

test('with certificates of its own, accepts its page by https alone', async () => {
  const gateway = await startGateway({ scheme: 'https' })
  const { host } = new URL(gateway)
  const call = (origin: string) => send(`${gateway}/api/session`, { headers: { origin } })
  expect(await call(`https://${host}`)).toMatchObject({ status: 200 })
  expect(await call(`http://${host}`)).toMatchObject({ status: 403 })
})

test('without the public address, names it to a page that is refused', async () => {
  const { gateway } = await start()
  const headers = { origin: 'https://kms.example', 'sec-fetch-site': 'same-origin' }
  const { status, text } = await send(`${gateway}/api/session`, { headers })
  expect(status).toBe(403)
  expect(JSON.parse(text).detail).toContain('set PUBLIC_URL to its address, such as https://kms.example/.')
})

test('serves the console under the path of its public address, whether or not a proxy takes it away', async () => {
  const gateway = await startBehindProxy()
  const headers = { host: 'kms.example' }
  const get = (path: string) => send(gateway + path, { headers })
  expect(await get('/kms/keys')).toMatchObject({ status: 200, text: 'page /keys' })
  expect(await get('/keys')).toMatchObject({ status: 200, text: 'page /keys' })
  expect(await get('/kms')).toMatchObject({ status: 308, headers: { location: '/kms/' } })
  expect(await get('/kms/api/session')).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
  expect((await get('/kms//api/session')).text).toBe('page //api/session')
})

test('derives its names from the listening address', () => {
  expect(ownHosts({ host: 'kms.internal', port: 8300 }).has('kms.internal:8300')).toBe(true)
  expect(ownHosts({ host: 'kms.internal', port: 8300 }).has('localhost:8300')).toBe(false)
  expect(ownHosts({ host: '192.0.2.7', port: 80 }).has('192.0.2.7')).toBe(true)
  expect(ownHosts({ host: '::1', port: 1 }).has('localhost:1')).toBe(true)
  expect(ownHosts({ host: '0.0.0.0', port: 1 }).has('127.0.0.1:1')).toBe(true)
})
