import { expect, test } from 'vitest'
import { readOutbound } from './outbound.ts'
import type { Variables } from './provider.ts'

const read = (url: string, set: Variables) => {
  const findings = { mistakes: [] as string[], warnings: [] }
  const [route] = readOutbound([new URL(url)], set, (_name, path) => path, findings).routes
  return { proxy: route?.proxy, mistakes: findings.mistakes }
}

const shown = (url: string, set: Variables) => read(url, set).proxy?.shown

const cloud = 'https://api.cloud.example/v2'
const proxy = 'http://proxy:3128'

test.each<[string, Variables, string | undefined]>([
  [cloud, {}, undefined],
  [cloud, { HTTPS_PROXY: proxy }, proxy],
  [cloud, { https_proxy: 'http://lower:1', HTTPS_PROXY: proxy }, 'http://lower:1'],
  [cloud, { HTTP_PROXY: proxy }, undefined],
  ['http://api.cloud.example', { HTTP_PROXY: proxy, HTTPS_PROXY: 'http://other:1' }, proxy],
  [cloud, { HTTPS_PROXY: 'proxy:3128' }, proxy],
  [cloud, { HTTPS_PROXY: 'https://proxy' }, 'https://proxy'],
  ['http://127.0.0.1:8400', { HTTP_PROXY: proxy }, undefined],
  ['http://127.8.8.8', { HTTP_PROXY: proxy }, undefined],
  ['http://localhost:8400', { HTTP_PROXY: proxy }, undefined],
  ['http://[::1]:8400', { HTTP_PROXY: proxy }, undefined],
])('a call to %s with %j goes through %s', (url, set, expected) => {
  expect(shown(url, set)).toBe(expected)
})

test.each([
  ['*', cloud],
  ['api.cloud.example', cloud],
  ['cloud.example', cloud],
  ['.cloud.example', cloud],
  ['*.cloud.example', cloud],
  ['other, API.Cloud.example', cloud],
  ['other api.cloud.example:443', cloud],
  ['10.1.2.3', 'https://10.1.2.3'],
  ['10.0.0.0/8', 'https://10.1.2.3:8443'],
  ['fd00::/8', 'https://[fd00::1]'],
  ['fd00::1', 'https://[fd00::1]'],
  ['[fd00::1]:443', 'https://[fd00::1]'],
])('NO_PROXY=%s excepts %s', (exceptions, url) => {
  expect(shown(url, { HTTPS_PROXY: proxy, NO_PROXY: exceptions })).toBeUndefined()
})

test.each([
  ['cloud', cloud],
  ['i.cloud.example', cloud],
  ['cloud.example:444', cloud],
  ['example.org,,', cloud],
  ['10.0.0.0/8', 'https://11.1.2.3'],
  ['10.0.0.0/99', 'https://10.1.2.3'],
  ['10.0.0.0/8', cloud],
  ['fd00::/8', 'https://10.1.2.3'],
])('NO_PROXY=%s does not except %s', (exceptions, url) => {
  expect(shown(url, { HTTPS_PROXY: proxy, NO_PROXY: exceptions })).toBe(proxy)
})

test('user and password of a proxy are used, and never shown', () => {
  const found = read(cloud, { HTTPS_PROXY: 'http://user:p%40ss@proxy:3128' }).proxy
  expect(found).toEqual({ url: 'http://user:p%40ss@proxy:3128/', shown: proxy })
})

test.each(['socks5://secret-proxy:1080', 'http://', 'http://a b', '://x', '4'.repeat(400)])(
  'HTTPS_PROXY=%s is refused without being quoted',
  (value) => {
    const { proxy: found, mistakes } = read(cloud, { HTTPS_PROXY: value })
    expect(found).toBeUndefined()
    expect(mistakes).toEqual(['HTTPS_PROXY must be the address of an HTTP proxy, such as http://proxy.example:3128'])
  },
)

test('what no live cloud needs is not read', () => {
  const findings = { mistakes: [], warnings: [] }
  const set = { HTTPS_PROXY: 'socks5://proxy', EXTRA_CA_FILE: '/nowhere' }
  readOutbound([], set, (_name, path) => path, findings)
  expect(read('http://127.0.0.1:1', { HTTP_PROXY: 'socks5://proxy' }).mistakes).toEqual([])
  expect(findings.mistakes).toEqual([])
})
