import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AuditPage } from '../../src/clouds/gateway/audit.ts'
import { GatewayProblem } from '../../src/clouds/gateway/wire.ts'
import { CookieJar } from '../testing/browser.ts'
import { type PersonName, people, startTeam, type Team } from '../testing/team.ts'

let team: Team
const jars = new Map<PersonName, CookieJar>()

beforeAll(async () => {
  team = await startTeam({ APPROVALS: 'none' })
  for (const who of ['ada', 'grace', 'linus', 'rosa'] as const) jars.set(who, await team.signIn(who))
})

afterAll(() => team.close())

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

async function call(who: PersonName, method: string, path: string, body?: object): Promise<Answer> {
  const response = await (jars.get(who) ?? new CookieJar()).fetch(`${team.url}/api${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
}

const KEYS = '/thalassa/v1/kms/nl-01/keys'

const createKey = async (name: string, labels: Readonly<Record<string, string>> = {}) => {
  const { body } = await call('ada', 'POST', KEYS, { name, keyType: 'aes256-gcm96', exportAllowed: true, labels })
  return String(body.identity)
}

const plaintext = Buffer.from('hello').toString('base64')

describe('what each role may do', () => {
  test.each([
    ['rosa', 200, 403, 403, 403],
    ['linus', 200, 200, 200, 403],
    ['ada', 200, 200, 200, 200],
  ] as const)('%s', async (who, reads, uses, changes, exports) => {
    const key = await createKey(`of-${who}`)
    expect((await call(who, 'GET', `${KEYS}/${key}`)).status).toBe(reads)
    expect((await call(who, 'POST', `${KEYS}/${key}/encrypt`, { plaintext })).status).toBe(uses)
    expect((await call(who, 'POST', `${KEYS}/${key}/rotate`)).status).toBe(changes)
    expect((await call(who, 'POST', `${KEYS}/${key}/export`, {})).status).toBe(exports)
  })

  test('a refusal names the role and the groups that have it', async () => {
    const key = await createKey('refused')
    const { status, body } = await call('rosa', 'POST', `${KEYS}/${key}/disable`)
    expect(status).toBe(403)
    expect(GatewayProblem.parse(body)).toMatchObject({
      type: '#/gateway/not-allowed',
      detail: 'This needs the role operator for Thalassa Cloud, nl-01. Groups with it: kms-admins, sre.',
    })
  })

  test('only an admin makes API keys', async () => {
    const role = { 'role-id': String((await firstRole()).id), name: 'ci' }
    expect((await call('linus', 'POST', '/exoscale/ch-gva-2/api-key', role)).status).toBe(403)
    expect((await call('ada', 'POST', '/exoscale/ch-gva-2/api-key', role)).status).toBe(200)
  })
})

const firstRole = async () => {
  const { body } = await call('ada', 'GET', '/exoscale/ch-gva-2/iam-role')
  return (body['iam-roles'] as readonly Record<string, unknown>[])[0] ?? {}
}

describe('limits of a role', () => {
  let limited: Team
  let jar: CookieJar

  beforeAll(async () => {
    limited = await startTeam(
      {
        APPROVALS: 'none',
        ROLES: `kms-admins: admin; sre: operator on thalassa where env=staging; zone: operator on exoscale/ch-gva-2;
          *: viewer`,
      },
      {
        ada: { name: 'Ada', groups: ['kms-admins'] },
        linus: { name: 'Linus', groups: ['sre'] },
        gen: { name: 'Gen', groups: ['zone'] },
      },
    )
    jar = await limited.signIn('linus')
  })

  afterAll(() => limited.close())

  const send = async (by: CookieJar, method: string, path: string, body?: object) => {
    const response = await by.fetch(`${limited.url}/api${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    return { status: response.status, text: await response.text() }
  }

  const makeKey = async (by: CookieJar, env: string) => {
    const { status, text } = await send(by, 'POST', KEYS, {
      name: `key-${env}-${Math.random()}`,
      keyType: 'aes256-gcm96',
      labels: { env },
    })
    return { status, key: (JSON.parse(text) as { identity?: string }).identity ?? '' }
  }

  test('keys with the label, and new ones that have it', async () => {
    const admin = await limited.signIn('ada')
    const staging = await makeKey(admin, 'staging')
    const production = await makeKey(admin, 'production')
    expect((await send(jar, 'POST', `${KEYS}/${staging.key}/rotate`)).status).toBe(200)
    expect((await send(jar, 'POST', `${KEYS}/${production.key}/rotate`)).status).toBe(403)
    expect((await makeKey(jar, 'staging')).status).toBe(201)
    expect((await makeKey(jar, 'production')).status).toBe(403)
    expect((await send(jar, 'GET', KEYS)).status).toBe(200)
    // Some providers read names without regard to letter case, and 'ſ' as 's'.
    for (const name of ['Labels', 'labelſ']) {
      const body = { name, keyType: 'aes256-gcm96', labels: { env: 'staging' }, [name]: { env: 'production' } }
      expect([name, (await send(jar, 'POST', KEYS, body)).status]).toEqual([name, 400])
    }
  })

  test('a location, also where the call changes a second one', async () => {
    const zone = await limited.signIn('gen')
    const key = { name: 'local', usage: 'encrypt-decrypt', 'multi-zone': true }
    const made = await send(zone, 'POST', '/exoscale/ch-gva-2/kms-key', key)
    expect(made.status).toBe(200)
    const { id } = JSON.parse(made.text) as { id: string }
    expect((await send(zone, 'POST', '/exoscale/at-vie-1/kms-key', { ...key, name: 'other' })).status).toBe(403)
    expect((await send(zone, 'POST', `/exoscale/ch-gva-2/kms-key/${id}/replicate`, { zone: 'at-vie-1' })).status).toBe(
      403,
    )
    const inOtherCase = await send(zone, 'POST', `/exoscale/ch-gva-2/kms-key/${id}/replicate`, { Zone: 'at-vie-1' })
    expect(inOtherCase).toMatchObject({
      status: 400,
      text: expect.stringContaining('Zone: write this member as zone.'),
    })
    expect((await send(zone, 'POST', `/exoscale/ch-gva-2/kms-key/${id}/rotate`)).status).toBe(200)
  })
})

describe('the audit log of people', () => {
  const read = async (who: PersonName, query = '') => AuditPage.parse((await call(who, 'GET', `/audit${query}`)).body)

  test('has who, what, on which key, and what came of it; reads are left out', async () => {
    const key = await createKey('audited')
    await call('linus', 'GET', `${KEYS}/${key}`)
    await call('linus', 'POST', `${KEYS}/${key}/encrypt`, { plaintext })
    await call('rosa', 'POST', `${KEYS}/${key}/disable`)
    const { events } = await read('rosa', `?key=${key}`)
    expect(events.map(({ subject, operation, outcome }) => [subject, operation, outcome])).toEqual([
      ['rosa', 'disable', 'refused'],
      ['linus', 'encrypt', 'ok'],
    ])
    expect(events[1]).toMatchObject({
      name: 'Linus Pauling',
      by: 'session',
      client: '127.0.0.1',
      provider: 'thalassa',
      location: 'nl-01',
      status: 200,
    })
    expect(events[1]?.request).toMatch(/^[0-9a-f-]{36}$/)
    expect(JSON.stringify(await read('ada', '?limit=500'))).not.toContain(plaintext)
  })

  test('signing in and out is in it', async () => {
    const jar = await team.signIn('rosa')
    await jar.fetch(`${team.url}/auth/sign-out`, { method: 'POST' })
    const { events } = await read('ada', '?subject=rosa&limit=2')
    expect(events.map(({ operation }) => operation)).toEqual(['sign-out', 'sign-in'])
  })

  test('pages lead to its beginning', async () => {
    const all = await read('ada', '?limit=500')
    const paged = []
    for (let before = ''; ; ) {
      const page = await read('ada', `?limit=7${before}`)
      paged.push(...page.events)
      if (page.next === undefined) break
      before = `&before=${page.next}`
    }
    expect(paged.map(({ seq }) => seq)).toEqual(all.events.map(({ seq }) => seq))
    expect(paged.at(-1)?.seq).toBe(1)
  })

  test.each([
    ['?limit=0', 'limit'],
    ['?limit=501', 'limit'],
    ['?from=yesterday', 'from'],
    ['?user=ada', 'user'],
  ])('%s is refused by its name', async (query, name) => {
    const { status, body } = await call('ada', 'GET', `/audit${query}`)
    expect(status).toBe(400)
    expect(GatewayProblem.parse(body).detail).toContain(name)
  })
})

test('who is signed in without any role sees the session, and nothing else', async () => {
  const own = await startTeam({ ROLES: 'kms-admins: admin' })
  const jar = await own.signIn('rosa')
  const statusOf = async (path: string) => (await jar.fetch(`${own.url}/api${path}`)).status
  expect(await statusOf('/session')).toBe(200)
  for (const path of ['/audit', '/approvals', KEYS, '/thalassa/v1/regions'])
    expect(await statusOf(path), path).toBe(403)
  await own.close()
})

describe('programs', () => {
  test('a token has the roles of its name; another one is that of nobody', async () => {
    const { createHash } = await import('node:crypto')
    const digest = createHash('sha256').update('the-token-of-a-program').digest('hex')
    const own = await startTeam(
      { API_TOKENS: `ci:${digest}`, ROLES: 'token:ci: user on thalassa; kms-admins: admin' },
      { ...people, eve: { name: 'Eve', groups: ['token:ci'] } },
    )
    const ask = (token: string, path: string, init: RequestInit = {}) =>
      fetch(`${own.url}/api${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      })
    expect((await ask('the-token-of-a-program', KEYS)).status).toBe(200)
    expect((await ask('the-token-of-a-program', '/exoscale/ch-gva-2/kms-key')).status).toBe(403)
    expect((await ask('the-token-of-a-program', KEYS, { method: 'POST', body: '{}' })).status).toBe(403)
    expect((await ask('another', KEYS)).status).toBe(401)
    // An identity provider can't give somebody the group of a program.
    expect((await (await own.signIn('eve')).fetch(`${own.url}/api${KEYS}`)).status).toBe(403)
    // A cookie does not help a request with a wrong token.
    const jar = await own.signIn('ada')
    expect((await jar.fetch(`${own.url}/api${KEYS}`, { headers: { authorization: 'Bearer another' } })).status).toBe(
      401,
    )
    await own.close()
  })
})

test('the client’s address is what a trusted proxy tells, never what the client does', async () => {
  const own = await startTeam({ TRUST_PROXY: '127.0.0.1' })
  const jar = await own.signIn('linus')
  const path = `${own.url}/api/exoscale/ch-gva-2/kms-key/00000000-0000-4000-8000-000000000000/disable`
  await jar.fetch(path, { method: 'POST', headers: { 'x-forwarded-for': '6.6.6.6, 203.0.113.7' } })
  const { events } = AuditPage.parse(await (await jar.fetch(`${own.url}/api/audit?limit=1`)).json())
  expect(events[0]?.client).toBe('203.0.113.7')
  await own.close()
})
