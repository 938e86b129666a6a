/** Limits of requests, and their identifiers from a proxy to the audit log. */
import { hash } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { CookieJar } from '../testing/browser.ts'
import { rolesOfTest, startTeam } from '../testing/team.ts'

const token = 'token-of-a-program-in-this-test'
const program = { authorization: `Bearer ${token}` }

async function teamWith(settings: Readonly<Record<string, string>>) {
  const team = await startTeam({
    API_TOKENS: `ci:${hash('sha256', token, 'hex')}`,
    ROLES: `${rolesOfTest}; token:ci: admin`,
    ...settings,
  })
  onTestFinished(team.close)
  return team
}

/** Statuses of requests that are made one after the other, and `Retry-After` of the last. */
async function statusesOf(count: number, send: () => Promise<Response>) {
  const statuses: number[] = []
  let last: Response | undefined
  while (statuses.length < count) {
    last = await send()
    await last.arrayBuffer()
    statuses.push(last.status)
  }
  return { statuses, retryAfter: last?.headers.get('retry-after') }
}

test('a person who makes too many requests waits; others do not', async () => {
  const team = await teamWith({ RATE_LIMIT: '1' })
  const ada = await team.signIn('ada')
  const { statuses, retryAfter } = await statusesOf(30, () => ada.fetch(`${team.url}/api/session`))
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(200))
  expect(statuses).toContain(429)
  expect(retryAfter).toBe('1')
  const problem: unknown = await (await ada.fetch(`${team.url}/api/session`)).json()
  expect(problem).toMatchObject({ type: '#/gateway/too-many-requests', status: 429 })
  expect((await fetch(`${team.url}/api/session`, { headers: program })).status).toBe(200)
})

test('whoever is not signed in is limited by address, also below /auth', async () => {
  const team = await teamWith({ RATE_LIMIT: '1' })
  const guesses = { headers: { authorization: 'Bearer a-guess' } }
  const { statuses } = await statusesOf(30, () => fetch(`${team.url}/api/session`, guesses))
  expect([...new Set(statuses)]).toEqual([401, 429])
  const { statuses: below } = await statusesOf(5, () => new CookieJar().fetch(`${team.url}/auth/sign-in`))
  expect(below).toContain(429)
  // Whoever is known has a limit of their own.
  expect((await fetch(`${team.url}/api/session`, { headers: program })).status).toBe(200)
})

test('RATE_LIMIT=0 limits nothing', async () => {
  const team = await teamWith({ RATE_LIMIT: '0' })
  const { statuses } = await statusesOf(30, () => fetch(`${team.url}/api/session`, { headers: program }))
  expect([...new Set(statuses)]).toEqual([200])
})

async function requestInLog(settings: Readonly<Record<string, string>>, id: string): Promise<string> {
  const team = await teamWith(settings)
  const made = await fetch(`${team.url}/api/thalassa/v1/kms/nl-01/keys`, {
    method: 'POST',
    headers: { ...program, 'content-type': 'application/json', 'x-request-id': id },
    body: JSON.stringify({ name: 'a key', keyType: 'aes256-gcm96' }),
  })
  expect(made.status).toBeLessThan(300)
  const log = await fetch(`${team.url}/api/audit?limit=1`, { headers: program })
  const { events } = (await log.json()) as { events: readonly { request: string }[] }
  return events[0]?.request ?? ''
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

test('an identifier of a trusted proxy reaches the audit log; others get a new one', async () => {
  const trusting = { TRUST_PROXY: '127.0.0.1' }
  expect(await requestInLog(trusting, 'proxy_1.a-b')).toBe('proxy_1.a-b')
  expect(await requestInLog({}, 'proxy_1.a-b')).toMatch(uuid)
  expect(await requestInLog(trusting, 'two words')).toMatch(uuid)
  expect(await requestInLog(trusting, 'x'.repeat(65))).toMatch(uuid)
})
