/** The log of a console in which people sign in, at its most talkative, has no credential of anybody. */
import { hash } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { json, startUpstream } from './gateway/testing/servers.ts'
import { CookieJar } from './testing/browser.ts'
import { startIdentityProvider } from './testing/identity-provider.ts'
import { exit, printed, start } from './testing/program.ts'
import { chooseAt, people, rolesOfTest } from './testing/team.ts'

/** Values of a jar’s cookies, which are long; short ones may be in any text. */
const cookieValues = (text: string) =>
  text
    .split('; ')
    .map((pair) => pair.slice(pair.indexOf('=') + 1))
    .filter((value) => value.length > 16)

test('no token, cookie, code or state is in the log', async () => {
  const provider = await startIdentityProvider(people)
  onTestFinished(provider.close)
  const upstream = await startUpstream(json({}, 503))
  const token = 'token-of-a-program-in-this-test'
  const secrets = {
    SESSION_SECRET: 'secret-of-the-sessions-of-this-test',
    OIDC_CLIENT_SECRET: provider.clientSecret,
    THALASSA_ACCESS_TOKEN: 'access-token-of-the-cloud',
    EXOSCALE_API_SECRET: 'secret-of-an-api-key',
  }
  const program = start(['console', '--port', '0'], {
    ...secrets,
    KMS_DATA_DIR: ':memory:',
    LOG_LEVEL: 'trace',
    AUDIT_STDOUT: 'true',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    API_TOKENS: `ci:${hash('sha256', token, 'hex')}`,
    ROLES: `${rolesOfTest}; token:ci: admin`,
    THALASSA_ORGANISATION_ID: 'acme',
    THALASSA_API_ENDPOINT: upstream.url,
    EXOSCALE_API_KEY: 'EXOkey',
    EXOSCALE_API_ENDPOINT: 'http://127.0.0.1:9/v2',
  })
  await printed(program, 'out', /^console: .*\n/m)
  const [, url = ''] = /^console: (.*)$/m.exec(program.output.out) ?? []
  provider.register(`${url}/`)

  const seen: string[] = [token, 'a-guess-at-a-token', ...Object.values(secrets)]
  const jar = new CookieJar()
  const keep = () => seen.push(...cookieValues(jar.header(new URL(`${url}/auth/callback`))))
  const { url: interaction } = await jar.visit(`${url}/auth/sign-in?to=/keys`)
  keep()
  await chooseAt(jar, interaction, 'ada')
  keep()
  await jar.fetch(`${url}/auth/callback?code=code-of-a-callback&state=state-of-a-callback&iss=x`)
  await jar.fetch(`${url}/auth/callback?error=access_denied&state=state-of-a-callback`)
  await fetch(`${url}/auth/back-channel-logout`, { method: 'POST', body: 'logout_token=a-logout-token-of-nobody' })
  seen.push('code-of-a-callback', 'state-of-a-callback', 'a-logout-token-of-nobody')

  const encrypt = { method: 'POST', body: JSON.stringify({ plaintext: 'cGxhaW50ZXh0LW9mLWEtdGVzdA==' }) }
  for (const authorization of [`Bearer ${token}`, 'Bearer a-guess-at-a-token'])
    for (const path of ['/api/session', '/api/thalassa/v1/kms/nl-01/keys?name=name-in-a-query', '/api/audit'])
      await (await fetch(url + path, { headers: { authorization } })).arrayBuffer()
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  for (const path of [
    'thalassa/v1/kms/nl-01/keys/kms-1',
    'exoscale/ch-gva-2/kms-key/00000000-0000-0000-0000-000000000000',
  ])
    await (await fetch(`${url}/api/${path}/encrypt`, { ...encrypt, headers })).arrayBuffer()
  seen.push('cGxhaW50ZXh0LW9mLWEtdGVzdA==', 'name-in-a-query')
  await (await jar.fetch(`${url}/auth/sign-out`, { method: 'POST', headers: { origin: url } })).arrayBuffer()

  program.child.kill('SIGTERM')
  await exit(program.child)
  const { out, err } = program.output
  expect(err).toContain('"path":"/auth/callback","status":303')
  expect(err).toContain('/encrypt')
  expect(out).toContain('"operation":"sign-in"')
  expect(seen.length).toBeGreaterThan(12)
  expect(seen.filter((secret) => (out + err).includes(secret))).toEqual([])
})
