import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CookieJar } from '../testing/browser.ts'
import { type IdentityProvider, startIdentityProvider } from '../testing/identity-provider.ts'
import { openOidc, ProviderUnavailableError, SignInRefusedError } from './oidc.ts'

const CONSOLE = 'http://127.0.0.1:1/'
const CALLBACK = `${CONSOLE}auth/callback`

let provider: IdentityProvider

beforeAll(async () => {
  provider = await startIdentityProvider({ ada: { name: 'Ada Lovelace', groups: ['sre'] } })
  provider.register(CONSOLE)
})

afterAll(() => provider.close())

const open = (issuer = provider.issuer, timeout?: number) => {
  const { clientId, clientSecret } = provider
  const settings = { issuer: new URL(issuer), clientId, clientSecret, scope: 'openid profile' }
  return openOidc(settings, Date.now, timeout)
}

/** A sign-in at the provider, up to its way back, which is not taken. */
async function signedIn() {
  const oidc = open()
  const { to, attempt } = await oidc.begin(CALLBACK)
  const jar = new CookieJar()
  const { url: interaction } = await jar.visit(to)
  let response = await jar.fetch(interaction, { method: 'POST', body: new URLSearchParams({ who: 'ada' }) })
  let back = new URL(response.headers.get('location') ?? '', interaction)
  while (!back.href.startsWith(CALLBACK)) {
    response = await jar.fetch(back)
    back = new URL(response.headers.get('location') ?? '', back)
  }
  return { oidc, attempt, back }
}

describe('the answer of the provider', () => {
  test('names the person with the groups', async () => {
    const { oidc, attempt, back } = await signedIn()
    expect(await oidc.finish(back, attempt)).toMatchObject({ sub: 'ada', name: 'Ada Lovelace', groups: ['sre'] })
  })

  test.each([
    ['verifier', 'x'.repeat(43)],
    ['state', 'another'],
    ['nonce', 'another'],
  ])('is refused with another %s', async (name, value) => {
    const { oidc, attempt, back } = await signedIn()
    await expect(oidc.finish(back, { ...attempt, [name]: value })).rejects.toThrow(SignInRefusedError)
  })

  test('is refused when the person declined', async () => {
    const { oidc, attempt } = await signedIn()
    const declined = new URL(`${CALLBACK}?error=access_denied&state=${attempt.state}&iss=${provider.issuer}`)
    await expect(oidc.finish(declined, attempt)).rejects.toThrow(SignInRefusedError)
  })

  test('can’t be had while the provider is down, which is no refusal', async () => {
    const { oidc, attempt, back } = await signedIn()
    provider.breakDown(502)
    await expect(oidc.finish(back, attempt)).rejects.toThrow(ProviderUnavailableError)
    provider.breakDown(undefined)
  })
})

test('a provider that does not answer is not waited for without end', async () => {
  const silent = createServer(() => {})
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const issuer = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  await expect(open(issuer, 0.2).begin(CALLBACK)).rejects.toThrow(ProviderUnavailableError)
  silent.closeAllConnections()
  silent.close()
})

test('another issuer than the setting names is not believed', async () => {
  const other = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ issuer: 'https://evil.example', authorization_endpoint: 'https://evil.example/a' }))
  })
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  const issuer = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  await expect(open(issuer).begin(CALLBACK)).rejects.toThrow(ProviderUnavailableError)
  other.close()
})
