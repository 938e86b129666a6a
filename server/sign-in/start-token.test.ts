import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createGateway } from '../gateway/gateway.ts'
import { ownHosts } from '../gateway/guard.ts'
import { listen } from '../listen.ts'
import { CookieJar } from '../testing/browser.ts'
import { cookiePlace } from './cookies.ts'
import { openStartToken } from './start-token.ts'

async function start() {
  let url = ''
  let port = 0
  const startToken = openStartToken(() => cookiePlace(new URL(url)))
  const answer = createGateway({
    version: '1',
    connections: [],
    startToken,
    hosts: () => ownHosts({ host: '127.0.0.1', port }),
    readOnly: false,
    log: pino({ level: 'silent' }),
    pages: () => ({ status: 200, headers: {}, body: 'the page' }),
  })
  const own = await listen({ answer, host: '127.0.0.1', port: 0, variable: 'PORT' })
  url = own.url
  port = own.port
  return { url, address: startToken.addressOf(new URL(own.url)), close: own.close }
}

test('a console on this machine answers only to who has the token of its printed address', async () => {
  const { url, address, close } = await start()
  const refused = await fetch(`${url}/api/session`)
  expect(refused.status).toBe(401)
  expect(await refused.json()).toMatchObject({ type: '#/gateway/signed-out', signIn: 'token' })

  const jar = new CookieJar()
  const { url: page, response } = await jar.visit(address)
  expect(page.href).toBe(`${url}/`)
  expect(await response.text()).toBe('the page')
  expect((await jar.fetch(`${url}/api/session`)).status).toBe(200)
  const token = new URL(address).searchParams.get('token')
  expect((await fetch(`${url}/api/session`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
  await close()
})

test('neither another token, nor that of another start, nor the token as a cookie lets in', async () => {
  const { url, address, close } = await start()
  const token = new URL(address).searchParams.get('token')
  const other = await start()
  for (const entry of [`${url}/?token=x`, `${url}/?token=${new URL(other.address).searchParams.get('token')}`]) {
    const jar = new CookieJar()
    await jar.visit(entry)
    expect((await jar.fetch(`${url}/api/session`)).status).toBe(401)
  }
  const cookie = `${new URL(url).port}-kms-console-start=${token}`
  expect((await fetch(`${url}/api/session`, { headers: { cookie } })).status).toBe(401)
  await other.close()
  await close()
})

test('the rest of the address is kept, and the cookie is not readable by scripts', async () => {
  const { address, close } = await start()
  const entry = await fetch(address.replace('/?', '/keys?q=db&'), { redirect: 'manual' })
  expect(entry.status).toBe(303)
  expect(entry.headers.get('location')).toBe('/keys?q=db')
  expect(entry.headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
  await close()
})
