import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { openPages } from './static.ts'
import { send, startGateway } from './testing/servers.ts'

const script = 'export const answer = 42\n'

const build = () => {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'theme.js'), '/* theme */')
  writeFileSync(join(folder, 'assets/app-1a2b.js'), script)
  writeFileSync(join(folder, 'assets/app-1a2b.js.br'), brotliCompressSync(script))
  writeFileSync(join(folder, 'assets/app-1a2b.js.gz'), gzipSync(script))
  return folder
}

const start = async () => startGateway({ pages: openPages(build()) })

test('the page, for the root and for every route of the app', async () => {
  const url = await start()
  for (const path of ['/', '/keys', '/keys/thalassa/nl-01/kms-abc?tab=rotation', '/index.html']) {
    const { status, text, headers } = await send(url + path)
    expect({ status, text }).toEqual({ status: 200, text: '<!doctype html>' })
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
  }
})

test.each([
  ['/', './'],
  ['/keys', './'],
  ['/keys/', '../'],
  ['/keys/thalassa/nl-01/kms-abc', '../../../'],
  [`/${'a/'.repeat(20)}`, '../'.repeat(20)],
])(
  'the links of the page at %s lead to the root of the console, whatever the path of it is on a proxy',
  async (path, up) => {
    const folder = build()
    writeFileSync(join(folder, 'index.html'), '<link href="./a.css"><script src="/theme.js"></script><a href="/keys">')
    const url = await startGateway({ pages: openPages(folder) })
    const headers = { accept: 'text/html' }
    const { text } = await send(url, { headers }, path)
    expect(text).toBe(`<link href="${up}a.css"><script src="${up}theme.js"></script><a href="${up}keys">`)
    const packed = await fetch(url + path, { headers: { ...headers, 'accept-encoding': 'br' } })
    expect(await packed.text()).toBe(text)
  },
)

const routes = [
  '/',
  '/keys',
  '/keys/',
  '/keys/new',
  '/keys/thalassa/nl-01/my.key',
  '/keys/a/b/c%2Fd?tab=rotation',
  '/Activity',
]
routes.push('/api-keys', '/connections', '/playground', '/playground/files?tab=decrypt')

const nothing = ['/api', '/v1', '/v1/kms/summary', '/v2', '/v2/zone', '/zone/ch-gva-2/v2/kms-key', '/oidc/token']
nothing.push('/_kms/reset', '/metrics', '/health', '/healthz/', '/.well-known/openid-configuration', '/graphql')
nothing.push(
  '/keys/a',
  '/keys/a/b',
  '/keys/a/b/c/d',
  '/api-keys/EXO1',
  '/design',
  '/index',
  '//',
  '/assets/',
  '/keys.json',
)
nothing.push('/assets/old-9f8e.js', '/missing.js', '/favicon.ico', '/robots.txt', '/assets/app-1a2b.js.br')

test.each(routes)('%s is a route of the app', async (path) => {
  const url = await start()
  for (const accept of ['text/html,application/xhtml+xml,*/*;q=0.8', '*/*'])
    expect(await send(url, { headers: { accept } }, path)).toMatchObject({ status: 200, text: '<!doctype html>' })
})

test.each(nothing)('%s is not found: a problem for programs, the page with status 404 for a browser', async (path) => {
  const url = await start()
  for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }]) {
    const answer = await send(url, { headers }, path)
    expect(answer).toMatchObject({ status: 404, headers: { 'content-type': 'application/problem+json' } })
    expect(JSON.parse(answer.text)).toMatchObject({
      type: '#/gateway/unknown-path',
      detail: expect.stringContaining(path),
    })
    expect(await send(url, { method: 'HEAD', headers }, path)).toMatchObject({ status: 404, text: '' })
    expect(await send(url, { method: 'POST', headers }, path)).toMatchObject({ status: 404 })
  }
  const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
  const page = await send(url, { headers }, path)
  expect(page.status).toBe(404)
  expect(page.headers.etag).toBeUndefined()
  if (path !== '/api') expect(page).toMatchObject({ text: '<!doctype html>', headers: { 'cache-control': 'no-cache' } })
  expect(await send(url, { method: 'HEAD', headers }, path)).toMatchObject({ status: 404, text: '' })
})

test('the 404 page is never answered with 304', async () => {
  const url = await start()
  const etag = (await send(url)).headers.etag ?? ''
  const headers = { accept: 'text/html', 'if-none-match': etag }
  expect(await send(`${url}/nowhere`, { headers })).toMatchObject({ status: 404, text: '<!doctype html>' })
})

test('dots in an address: a key’s page is there, files that are not served are not', async () => {
  const url = await start()
  const browser = { headers: { accept: 'text/html' } }
  for (const path of ['/keys/thalassa/nl-01/a.b', '/keys/thalassa/nl-01/.env', '/keys/thalassa/nl-01/app.js'])
    expect(await send(url + path, browser), path).toMatchObject({ status: 200, text: '<!doctype html>' })
  for (const path of ['/.env', '/.git', '/.git/config', '/a.b', '/assets/gone.js', '/keys.html', '/package.json']) {
    expect(await send(url + path, browser), path).toMatchObject({ status: 404, text: '<!doctype html>' })
    const { status, text } = await send(url + path, { headers: { accept: '*/*' } })
    expect({ status, type: JSON.parse(text).type }).toEqual({ status: 404, type: '#/gateway/unknown-path' })
  }
})

test('nothing outside the folder', async () => {
  const url = await start()
  for (const path of ['/../static.ts', '/assets/../../static.ts', '/..%2fstatic.ts', '/%2e%2e/static.ts']) {
    expect(await send(url, {}, path)).toMatchObject({ status: 404 })
  }
})

test('assets are immutable, and compressed if the browser accepts it', async () => {
  const url = await start()
  const get = (encoding: string) => send(`${url}/assets/app-1a2b.js`, { headers: { 'accept-encoding': encoding } })
  const identity = await send(`${url}/assets/app-1a2b.js`)
  expect(identity.text).toBe(script)
  expect(identity.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    'content-length': String(script.length),
  })
  expect((await get('gzip, deflate, br, zstd')).headers['content-encoding']).toBe('br')
  expect((await get('gzip')).headers['content-encoding']).toBe('gzip')
  expect((await get('br;q=0, gzip;q=0.5')).headers['content-encoding']).toBe('gzip')
  expect((await get('zstd')).headers['content-encoding']).toBeUndefined()
  const answer = await fetch(`${url}/assets/app-1a2b.js`, { headers: { 'accept-encoding': 'br' } })
  expect(await answer.text()).toBe(script)
})

test('304 for a cached file of the same encoding', async () => {
  const url = await start()
  const first = await send(`${url}/theme.js`)
  const etag = first.headers.etag ?? ''
  expect(first.headers['cache-control']).toBe('no-cache')
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
    const again = await send(`${url}/theme.js`, { headers: { 'if-none-match': known } })
    expect(again).toMatchObject({ status: 304, text: '', headers: { etag } })
  }
  expect(await send(`${url}/theme.js`, { headers: { 'if-none-match': '"other"' } })).toMatchObject({ status: 200 })
  const plain = await send(`${url}/assets/app-1a2b.js`)
  const brotli = { 'accept-encoding': 'br', 'if-none-match': plain.headers.etag ?? '' }
  expect(await send(`${url}/assets/app-1a2b.js`, { headers: brotli })).toMatchObject({ status: 200 })
})

test('HEAD has the headers and no body; other methods are refused', async () => {
  const url = await start()
  const head = await send(`${url}/theme.js`, { method: 'HEAD' })
  expect(head).toMatchObject({ status: 200, text: '', headers: { 'content-length': '11' } })
  expect(await send(`${url}/theme.js`, { method: 'POST' })).toMatchObject({
    status: 405,
    headers: { allow: 'GET, HEAD' },
  })
})

test('a missing build is reported with the build command', () => {
  expect(() => openPages('nowhere')).toThrow('Run: npm run build')
})
