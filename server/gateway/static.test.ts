import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { openPages } from './static.ts'
import { send, startGateway } from './test-parts.ts'

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

test('a file that isn’t there is not the page', async () => {
  const url = await start()
  for (const path of ['/assets/old-9f8e.js', '/assets/', '/missing.js', '/assets/app-1a2b.js.br']) {
    expect(await send(url + path)).toMatchObject({ status: 404, text: 'Not found\n' })
  }
})

test('nothing outside the folder', async () => {
  const url = await start()
  for (const path of ['/../static.ts', '/assets/../../static.ts', '/..%2fstatic.ts', '/%2e%2e/static.ts']) {
    expect(await send(url, {}, path)).toMatchObject({ status: 404 })
  }
})

test('assets are kept for ever, compressed when the browser can', async () => {
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

test('304 for what the browser has, of that encoding', async () => {
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

test('says how to build the app when there is none', () => {
  expect(() => openPages('nowhere')).toThrow('Run: npm run build')
})
