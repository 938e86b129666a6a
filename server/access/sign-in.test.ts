import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GatewayProblem, Session } from '../../src/clouds/gateway/wire.ts'
import { CookieJar } from '../testing/browser.ts'
import { chooseAt, startTeam, type Team } from '../testing/team.ts'

const HOUR = 3_600_000

let team: Team

beforeAll(async () => {
  team = await startTeam()
})

afterAll(() => team.close())

const session = async (jar: CookieJar, { url } = team) => jar.fetch(`${url}/api/session`)

const problemOf = async (response: Response) => GatewayProblem.parse(await response.json())

/** Cookies of the console in a jar. */
const cookiesOf = (jar: CookieJar, { url } = team) => jar.header(new URL(url))

describe('signing in', () => {
  test('a request of nobody is refused, with the way to sign in; pages are there', async () => {
    const refused = await session(new CookieJar())
    expect(refused.status).toBe(401)
    expect(await problemOf(refused)).toMatchObject({ type: '#/gateway/signed-out', signIn: 'provider' })
    const keys = await fetch(`${team.url}/api/thalassa/v1/kms/nl-01/keys`)
    expect(keys.status).toBe(401)
  })

  test('leads to the page that was wanted, and the session names the person and their grants', async () => {
    const jar = new CookieJar()
    const { url: interaction } = await jar.visit(`${team.url}/auth/sign-in?to=${encodeURIComponent('/keys?q=db')}`)
    expect(interaction.host).not.toBe(new URL(team.url).host)
    const { url } = await chooseAt(jar, interaction, 'linus')
    expect(url.href).toBe(`${team.url}/keys?q=db`)
    const { person, grants } = Session.parse(await (await session(jar)).json())
    expect(person).toEqual({
      subject: 'linus',
      name: 'Linus Pauling',
      grants: [
        { group: 'sre', role: 'operator' },
        { group: '*', role: 'viewer' },
      ],
      canSignOut: true,
    })
    expect(grants).toHaveLength(3)
  })

  test('two attempts in one browser both end well', async () => {
    const jar = new CookieJar()
    const first = await jar.visit(`${team.url}/auth/sign-in?to=/keys`)
    const second = await jar.visit(`${team.url}/auth/sign-in?to=/activity`)
    expect((await chooseAt(jar, second.url, 'ada')).url.pathname).toBe('/activity')
    expect((await chooseAt(jar, first.url, 'ada')).url.pathname).toBe('/keys')
  })

  test.each([
    '//evil.example/x',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '\t//evil.example',
  ])('never leads to %j', async (to) => {
    const jar = new CookieJar()
    const { url } = await jar.visit(`${team.url}/auth/sign-in?to=${encodeURIComponent(to)}`)
    const back = await chooseAt(jar, url, 'ada')
    expect(back.url.href).toBe(`${team.url}/`)
  })

  test('the popup ends at a page that tells the one that waits', async () => {
    const jar = new CookieJar()
    const { url: interaction } = await jar.visit(`${team.url}/auth/sign-in?popup=1`)
    const { url, response } = await chooseAt(jar, interaction, 'ada')
    expect(url.pathname).toBe('/auth/done')
    expect(await response.text()).toContain('done.js')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(await (await fetch(new URL('done.js', url))).text()).toContain('BroadcastChannel')
  })
})

describe('callbacks that belong to nobody', () => {
  /** An attempt of a browser, and its way back, which the browser has not taken. */
  async function attempt(who: string) {
    const jar = new CookieJar()
    const { url: interaction } = await jar.visit(`${team.url}/auth/sign-in?to=/keys`)
    let response = await jar.fetch(interaction, { method: 'POST', body: new URLSearchParams({ who }) })
    let back = new URL(response.headers.get('location') ?? '', interaction)
    while (back.pathname !== '/auth/callback') {
      response = await jar.fetch(back)
      back = new URL(response.headers.get('location') ?? '', back)
    }
    return { jar, back }
  }

  test('the callback of another browser is refused: nobody is signed in as somebody else', async () => {
    const { back } = await attempt('ada')
    const victim = new CookieJar()
    const refused = await victim.fetch(back)
    expect(refused.status).toBe(400)
    expect(await problemOf(refused)).toMatchObject({ type: '#/gateway/sign-in-refused' })
    expect((await session(victim)).status).toBe(401)
  })

  test.each(['state', 'code', 'iss'])('another %s is refused', async (name) => {
    const one = await attempt('ada')
    const other = await attempt('linus')
    if (name === 'iss') one.back.searchParams.set('iss', 'https://evil.example')
    else one.back.searchParams.set(name, other.back.searchParams.get(name) ?? '')
    const refused = await one.jar.fetch(one.back)
    expect(refused.status).toBe(400)
    expect((await session(one.jar)).status).toBe(401)
  })

  test('a callback works once', async () => {
    const { jar, back } = await attempt('ada')
    expect((await jar.fetch(back)).status).toBe(303)
    const again = await new CookieJar().fetch(back, { headers: { cookie: cookiesOf(jar) } })
    expect(again.status).toBe(400)
  })

  test('an attempt that takes longer than ten minutes is refused', async () => {
    const { jar, back } = await attempt('ada')
    team.pass(11 * 60_000)
    expect((await jar.fetch(back)).status).toBe(400)
  })

  test('a page, not JSON, tells it to a browser', async () => {
    const refused = await fetch(`${team.url}/auth/callback?state=x&code=y`, { headers: { accept: 'text/html' } })
    expect(refused.headers.get('content-type')).toContain('text/html')
    expect(await refused.text()).toContain('not begun in this browser')
  })
})

describe('sessions', () => {
  test('a cookie that was changed, is foreign, or has expired is that of nobody', async () => {
    const jar = await team.signIn('ada')
    const cookies = cookiesOf(jar)
    const ask = (cookie: string) => fetch(`${team.url}/api/session`, { headers: { cookie } })
    expect((await ask(cookies)).status).toBe(200)
    const last = cookies.at(-2) === 'A' ? 'B' : 'A'
    expect((await ask(`${cookies.slice(0, -2)}${last}${cookies.at(-1)}`)).status).toBe(401)
    const other = await startTeam({ SESSION_SECRET: 'another-secret-with-32-characters-or-more' })
    const foreign = cookiesOf(await other.signIn('ada'), other)
      .split('=')
      .slice(1)
      .join('=')
    await other.close()
    expect((await ask(`${cookies.split('=')[0]}=${foreign}`)).status).toBe(401)
  })

  test('ends after an hour without a request, and after eight hours in any case', async () => {
    const idle = await team.signIn('ada')
    team.pass(HOUR + 1000)
    expect((await session(idle)).status).toBe(401)
    const busy = await team.signIn('ada')
    for (let minutes = 0; minutes < 8 * 60; minutes += 40) {
      expect((await session(busy)).status, `after ${minutes} minutes`).toBe(200)
      team.pass(40 * 60_000)
    }
    expect((await session(busy)).status).toBe(401)
  })

  test('few answers set a cookie, and none is readable by scripts', async () => {
    const jar = await team.signIn('ada')
    const first = await session(jar)
    expect(first.headers.getSetCookie()).toEqual([])
    team.pass(10 * 60_000)
    const [renewed = ''] = (await session(jar)).headers.getSetCookie()
    expect(renewed).toMatch(/^\d+-kms-console=[\w-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=3600$/)
  })

  test('signing out ends copies of the cookie too, and leads to the provider’s own sign-out', async () => {
    const jar = await team.signIn('ada')
    const copy = cookiesOf(jar)
    const out = await jar.fetch(`${team.url}/auth/sign-out`, { method: 'POST' })
    const { to } = (await out.json()) as { to: string }
    expect(to.startsWith(`${team.provider.issuer}/session/end?`)).toBe(true)
    expect(cookiesOf(jar)).toBe('')
    expect((await fetch(`${team.url}/api/session`, { headers: { cookie: copy } })).status).toBe(401)
  })

  test('who signed out here alone can sign in again', async () => {
    const jar = await team.signIn('ada')
    await jar.fetch(`${team.url}/auth/sign-out`, { method: 'POST' })
    team.pass(1000)
    // The session at the provider goes on, so that it asks for nothing.
    const { url } = await jar.visit(`${team.url}/auth/sign-in?to=/keys`)
    expect(url.href).toBe(`${team.url}/keys`)
    expect((await session(jar)).status).toBe(200)
  })

  test('another site can’t sign somebody out', async () => {
    const jar = await team.signIn('ada')
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await jar.fetch(`${team.url}/auth/sign-out`, { method: 'POST', headers })).status).toBe(403)
    expect((await session(jar)).status).toBe(200)
  })

  test('signing out at the provider ends the session here (back-channel logout)', async () => {
    const own = await startTeam()
    const jar = await own.signIn('linus')
    const { response, url } = await jar.visit(`${own.provider.issuer}/session/end`)
    const form = await response.text()
    const [, action = ''] = /<form[^>]+action="([^"]+)"/.exec(form) ?? []
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(form) ?? []
    await jar.visit(new URL(action, url), { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) })
    await expect.poll(async () => (await session(jar, own)).status).toBe(401)
    await own.close()
  })

  test('a forged logout token ends nothing', async () => {
    const jar = await team.signIn('linus')
    const claims = { iss: team.provider.issuer, aud: team.provider.clientId, sub: 'linus', jti: 'x', iat: 0 }
    const forged = `${Buffer.from('{"alg":"none","typ":"logout+jwt"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`
    const body = new URLSearchParams({ logout_token: forged })
    expect((await fetch(`${team.url}/auth/back-channel-logout`, { method: 'POST', body })).status).toBe(400)
    expect((await session(jar)).status).toBe(200)
  })
})

test('a person in 300 groups fits into the cookie, with those that grants name', async () => {
  const groups = [...Array.from({ length: 300 }, (_, nth) => `group-with-a-long-name-${nth}`), 'sre']
  const crowded = await startTeam({}, { many: { name: 'Many', groups } })
  const jar = new CookieJar()
  const { url } = await jar.visit(`${crowded.url}/auth/sign-in`)
  await chooseAt(jar, url, 'many')
  const { person } = Session.parse(await (await session(jar, crowded)).json())
  expect(person?.grants.map(({ role }) => role)).toEqual(['operator', 'viewer'])
  expect(cookiesOf(jar, crowded).length).toBeLessThan(600)
  await crowded.close()
})

test('a role that is taken from a group is gone for who is signed in, once the console has the new setting', async () => {
  const before = await startTeam()
  const jar = await before.signIn('linus')
  const [, cookie] = cookiesOf(jar, before).split('kms-console=')
  await before.close()
  const after = await startTeam({ ROLES: 'kms-admins: admin; *: viewer' })
  const headers = { cookie: `${new URL(after.url).port}-kms-console=${cookie}` }
  const { person } = Session.parse(await (await fetch(`${after.url}/api/session`, { headers })).json())
  expect(person?.grants.map(({ role }) => role)).toEqual(['viewer'])
  await after.close()
})

describe('a provider with problems', () => {
  test('is down at the start: the console runs, says so, and signs in once it is up', async () => {
    const own = await startTeam()
    own.provider.breakDown(503)
    const refused = await fetch(`${own.url}/auth/sign-in`, { headers: { accept: 'text/html' }, redirect: 'manual' })
    expect(refused.status).toBe(503)
    expect(await refused.text()).toContain('The identity provider can’t be reached.')
    own.provider.breakDown(undefined)
    expect((await session(await own.signIn('ada'), own)).status).toBe(200)
    // Who is signed in stays so while it is down.
    const jar = await own.signIn('ada')
    own.provider.breakDown(503)
    expect((await session(jar, own)).status).toBe(200)
    await own.close()
  })

  test('replaces its keys: people go on signing in', async () => {
    const own = await startTeam()
    expect((await session(await own.signIn('ada'), own)).status).toBe(200)
    await own.provider.rotateKeys()
    expect((await session(await own.signIn('linus'), own)).status).toBe(200)
    await own.close()
  })
})

describe('under a path, by https', () => {
  test('cookies hold there alone, and only by https', async () => {
    const own = await startTeam({ PUBLIC_URL: 'https://kms.example.test/kms/' })
    const headers = { host: 'kms.example.test' }
    const { request } = await import('node:http')
    const answer = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      request(`${own.url}/kms/auth/sign-in`, { headers }, resolve).on('error', reject).end()
    })
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toContain(encodeURIComponent('https://kms.example.test/kms/auth/callback'))
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^__Secure-kms-sign-in-[\w-]+=.*; Path=\/kms\/; HttpOnly; Secure; SameSite=Lax/,
    )
    answer.resume()
    await own.close()
  })
})
