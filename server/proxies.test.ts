/** A console in which people sign in, behind a proxy and under a path of it. */
import { expect, onTestFinished, test } from 'vitest'
import { send } from './gateway/testing/servers.ts'
import { proxies } from './testing/proxies.ts'
import { startTeam } from './testing/team.ts'

test.each(proxies)('behind %s, people sign in, and what is not theirs is refused', async (_, start) => {
  const { url, startBehind } = await start()
  const team = await startTeam({ PUBLIC_URL: url, SESSION_SECRET: 's'.repeat(40) })
  onTestFinished(team.close)
  await startBehind(Number(new URL(team.url).port))
  const { origin, host } = new URL(url)

  // Sign-in: the redirects lead to the address of the proxy, and the cookies to its path.
  const jar = await team.signIn('ada', undefined, `${new URL(url).pathname}keys`, url)
  expect(jar.header(new URL(url))).toContain('kms-console=')
  expect(jar.header(new URL(`${origin}/other`))).toBe('')
  expect((await jar.fetch(`${url}api/session`)).status).toBe(200)
  expect((await fetch(`${url}api/session`)).status).toBe(401)

  // Calls of its pages pass, those of other sites and for other hosts don't.
  const cookie = jar.header(new URL(url))
  const create = (headers: Readonly<Record<string, string>>) =>
    send(`${url}api/thalassa/v1/kms/nl-01/keys`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ name: 'behind a proxy', keyType: 'aes256-gcm96' }),
    })
  expect((await create({ origin, 'sec-fetch-site': 'same-origin' })).status).toBe(201)
  expect((await create({ origin: 'https://evil.example' })).status).toBe(403)
  expect((await create({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  // Caddy answers another host itself, with 200 and nothing: the list below shows that no key was made.
  expect((await create({ host: 'evil.example' })).status).not.toBe(201)

  // Percent signs arrive as they were sent: a query is not taken apart, a path is not decoded.
  const listed = await send(`${url}api/thalassa/v1/kms/nl-01/keys?name=behind%20a%20proxy`, { headers: { cookie } })
  expect(JSON.parse(listed.text)).toEqual([expect.objectContaining({ name: 'behind a proxy' })])
  const encoded = await send(url, { headers: { cookie } }, '/kms/api/thalassa/v1/kms/nl-01/keys/a%2Fversions')
  expect(encoded).toMatchObject({ status: 404, text: expect.stringContaining('a%2Fversions') })

  // No way leads out of the path, or around it.
  for (const path of [
    '/api/session',
    '/kms/../api/session',
    '/kms/%2e%2e/api/session',
    '/kms/..%2fapi/session',
    '/kms//api/session',
    '/kms/..;/api/session',
  ]) {
    const { status, text } = await send(`http://${host}`, { headers: { cookie, host } }, path)
    expect([path, status, text.includes('"clouds"')]).toEqual([path, expect.any(Number), false])
  }
  expect((await jar.fetch(`${url}auth/sign-out`, { method: 'POST', headers: { origin } })).status).toBe(200)
  expect((await jar.fetch(`${url}api/session`)).status).toBe(401)
})
