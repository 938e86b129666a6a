import { expect, onTestFinished, test } from 'vitest'
import { startThalassa } from '../testing/thalassa-server.ts'

const page = 'https://console.example:8443'
const start = async (origins: readonly string[]) => {
  const kms = await startThalassa({ origins })
  onTestFinished(() => kms.close())
  return kms
}

test('a preflight of a listed origin is answered before authentication', async () => {
  const kms = await start(['https://other.example', page])
  for (const path of ['/v1/kms/summary', '/v1/kms/nl-01/keys/k/encrypt', '/oidc/token', '/nothing']) {
    const { status, headers } = await kms.call('OPTIONS', path, { headers: { origin: page, authorization: null } })
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe(page)
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST, PATCH, DELETE, OPTIONS')
    expect(headers.get('access-control-allow-headers')).toBe(
      'Authorization, Content-Type, X-Organisation-Identity, X-Project-Identity',
    )
    expect(headers.get('vary')).toContain('Origin')
  }
  for (const headers of [{ origin: page }, { origin: page, authorization: null }]) {
    const answer = await kms.call('GET', '/v1/kms/summary', { headers })
    expect(answer.headers.get('access-control-allow-origin')).toBe(page)
  }
})

test.each([
  ['no list', [], page],
  ['another origin', [page], 'https://evil.example'],
  ['another port', [page], 'https://console.example'],
  ['the null origin', [page], 'null'],
])('nobody else is let in: %s', async (_name, origins, origin) => {
  const kms = await start(origins)
  const preflight = await kms.call('OPTIONS', '/v1/kms/summary', { headers: { origin } })
  const answer = await kms.call('GET', '/v1/kms/summary', { headers: { origin } })
  expect([preflight.status, answer.status]).toEqual([204, 200])
  for (const { headers } of [preflight, answer]) expect(headers.has('access-control-allow-origin')).toBe(false)
})
