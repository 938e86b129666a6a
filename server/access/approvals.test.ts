import { hash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { Approval, ApprovalPage } from '../../src/clouds/gateway/approvals.ts'
import { AuditPage } from '../../src/clouds/gateway/audit.ts'
import { GatewayProblem } from '../../src/clouds/gateway/wire.ts'
import { json, startUpstream } from '../gateway/testing/servers.ts'
import { databaseSettings } from '../records/testing/databases.ts'
import { CookieJar } from '../testing/browser.ts'
import { type PersonName, rolesOfTest, startTeam, type Team } from '../testing/team.ts'

const HOUR = 3_600_000

let team: Team
const jars = new Map<PersonName, CookieJar>()

const signInAll = async () => {
  for (const who of ['ada', 'grace', 'linus', 'rosa'] as const) jars.set(who, await team.signIn(who))
}

async function call(who: PersonName, method: string, path: string, body?: object) {
  const response = await (jars.get(who) ?? new CookieJar()).fetch(`${team.url}/api${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>) }
}

const KEYS = '/v1/kms/nl-01/keys'

let made = 0
const createKey = async () => {
  made += 1
  const key = { name: `key-${made}`, keyType: 'aes256-gcm96', exportAllowed: true }
  return String((await call('ada', 'POST', `/thalassa${KEYS}`, key)).body.identity)
}

const statusOf = async (key: string) => (await call('ada', 'GET', `/thalassa${KEYS}/${key}`)).body.status

const ask = (who: PersonName, method: string, path: string, body?: object, reason = 'the service is gone') =>
  call(who, 'POST', '/approvals', { provider: 'thalassa', method, path, reason, ...(body && { body }) })

const askDeletion = async (who: PersonName, key: string) =>
  Approval.parse((await ask(who, 'DELETE', `${KEYS}/${key}`)).body)

const decide = (who: PersonName, id: string, decision: string, note?: string) =>
  call(who, 'POST', `/approvals/${id}`, { decision, ...(note && { note }) })

const slugOf = ({ body }: { readonly body: unknown }) => GatewayProblem.parse(body).type

describe.each(databaseSettings)('on %s', (_name, settings) => {
  beforeAll(async () => {
    team = await startTeam(await settings())
    made = 0
    await signInAll()
  })

  afterAll(() => team.close())

  describe('a deletion', () => {
    test('is not carried out by one person alone, and carried out once by the approval of another', async () => {
      const key = await createKey()
      const alone = await call('linus', 'DELETE', `/thalassa${KEYS}/${key}`)
      expect([alone.status, slugOf(alone)]).toEqual([403, '#/gateway/approval-needed'])
      const asked = await askDeletion('linus', key)
      expect(asked).toMatchObject({ state: 'waiting', kind: 'deletion', asker: { subject: 'linus' }, key: { id: key } })
      expect(await statusOf(key)).toBe('active')
      const { status, body } = await decide('ada', asked.id, 'approve', 'agreed')
      expect(status).toBe(200)
      expect(Approval.parse(body)).toMatchObject({
        state: 'done',
        decision: { by: { subject: 'ada' }, note: 'agreed' },
      })
      expect(await statusOf(key)).toBe('pending_deletion')
      const { events } = AuditPage.parse((await call('rosa', 'GET', `/audit?key=${key}`)).body)
      expect(events.map(({ subject, operation, approval }) => [subject, operation, approval === asked.id])).toEqual([
        ['linus', 'scheduleDeletion', true],
        ['ada', 'approve', true],
        ['linus', 'ask', true],
      ])
      expect((await decide('grace', asked.id, 'approve')).status).toBe(409)
    })

    test('the person who asked can’t approve it, and neither can somebody without the role', async () => {
      const asked = await askDeletion('ada', await createKey())
      const own = await decide('ada', asked.id, 'approve')
      expect([own.status, slugOf(own)]).toEqual([403, '#/gateway/not-allowed'])
      expect((await decide('rosa', asked.id, 'approve')).status).toBe(403)
      expect((await decide('rosa', asked.id, 'decline')).status).toBe(403)
      expect((await ask('rosa', 'DELETE', `${KEYS}/${await createKey()}`)).status).toBe(403)
    })

    test('two approvals at once carry it out once', async () => {
      const asked = await askDeletion('linus', await createKey())
      const both = await Promise.all([decide('ada', asked.id, 'approve'), decide('grace', asked.id, 'approve')])
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    })

    test('is void once the key has changed', async () => {
      const key = await createKey()
      const asked = await askDeletion('linus', key)
      await call('ada', 'POST', `/thalassa${KEYS}/${key}/rotate`)
      const refused = await decide('ada', asked.id, 'approve')
      expect([refused.status, slugOf(refused)]).toEqual([409, '#/gateway/approval-state'])
      expect(GatewayProblem.parse(refused.body).detail).toContain('the key has changed')
      expect(await statusOf(key)).toBe('active')
      expect((await call('ada', 'GET', `/approvals/${asked.id}`)).body.state).toBe('outdated')
    })

    test('can be declined, and withdrawn by who asked and by admins', async () => {
      const declined = await askDeletion('linus', await createKey())
      expect((await decide('grace', declined.id, 'decline', 'still in use')).body.state).toBe('declined')
      const withdrawn = await askDeletion('linus', await createKey())
      expect((await decide('linus', withdrawn.id, 'withdraw')).body.state).toBe('withdrawn')
      const cancelled = await askDeletion('linus', await createKey())
      expect((await decide('rosa', cancelled.id, 'withdraw')).status).toBe(403)
      expect((await decide('ada', cancelled.id, 'withdraw')).body.state).toBe('withdrawn')
      expect((await decide('ada', cancelled.id, 'approve')).status).toBe(409)
    })
  })

  describe('an export, whose answer has key material', () => {
    test('is fetched by the person who asked, once, exactly as asked', async () => {
      const key = await createKey()
      const path = `${KEYS}/${key}/export`
      const asked = Approval.parse((await ask('ada', 'POST', path, {})).body)
      expect(asked.revealsSecret).toBe(true)
      expect((await decide('grace', asked.id, 'approve')).body.state).toBe('approved')
      const byOther = await call('grace', 'POST', `/thalassa${path}`, {})
      expect(slugOf(byOther)).toBe('#/gateway/approval-needed')
      const another = await call('ada', 'POST', `/thalassa${path}`, { version: 1 })
      expect(slugOf(another)).toBe('#/gateway/approval-needed')
      const fetched = await call('ada', 'POST', `/thalassa${path}`, {})
      expect(fetched.status).toBe(200)
      expect(slugOf(await call('ada', 'POST', `/thalassa${path}`, {}))).toBe('#/gateway/approval-needed')
      const { approvals } = ApprovalPage.parse((await call('ada', 'GET', '/approvals')).body)
      expect(approvals.find(({ id }) => id === asked.id)).toMatchObject({ state: 'done', carriedOut: { status: 200 } })
    })

    test('is taken by one of two requests at once', async () => {
      const path = `${KEYS}/${await createKey()}/export`
      const asked = Approval.parse((await ask('ada', 'POST', path, {})).body)
      await decide('grace', asked.id, 'approve')
      const both = await Promise.all([0, 1].map(() => call('ada', 'POST', `/thalassa${path}`, {})))
      expect(both.map(({ status }) => status).sort()).not.toEqual([200, 200])
      expect(both.some(({ status }) => status === 200)).toBe(true)
    })

    test('expires a day after it was asked for, approved or not', async () => {
      const path = `${KEYS}/${await createKey()}/export`
      const asked = Approval.parse((await ask('ada', 'POST', path, {})).body)
      const waiting = await askDeletion('linus', await createKey())
      await decide('grace', asked.id, 'approve')
      team.pass(25 * HOUR)
      await signInAll()
      expect((await call('ada', 'POST', `/thalassa${path}`, {})).status).toBe(409)
      expect((await decide('grace', waiting.id, 'approve')).status).toBe(409)
      expect((await call('ada', 'GET', `/approvals/${waiting.id}`)).body.state).toBe('expired')
    })
  })

  describe('an API key', () => {
    const rolesOf = async () => {
      const { body } = await call('ada', 'GET', '/exoscale/ch-gva-2/iam-role')
      return body['iam-roles'] as readonly { id: string; name: string }[]
    }

    test('needs an approval with a wide role, none with a narrow one', async () => {
      const narrow = await call('ada', 'POST', '/exoscale/ch-gva-2/iam-role', {
        name: 'narrow',
        policy: { 'default-service-strategy': 'deny', services: { kms: { type: 'allow', rules: [] } } },
      })
      expect(narrow.status).toBe(200)
      const roles = await rolesOf()
      const idOf = (name: string) => roles.find((role) => role.name === name)?.id
      const make = (role: string | undefined) =>
        call('ada', 'POST', '/exoscale/ch-gva-2/api-key', { name: 'ci', 'role-id': role })
      expect((await make(idOf('narrow'))).status).toBe(200)
      const wide = await make(idOf('Owner'))
      expect([wide.status, slugOf(wide)]).toEqual([403, '#/gateway/approval-needed'])
      // Some providers read names without regard to letter case.
      const body = { name: 'ci', 'role-id': idOf('narrow'), 'Role-ID': idOf('Owner') }
      const refused = await call('ada', 'POST', '/exoscale/ch-gva-2/api-key', body)
      expect(refused.status).toBe(400)
      expect(GatewayProblem.parse(refused.body).detail).toBe('Role-ID: write this member as role-id.')
    })
  })

  test('a body that is no JSON matches no approval, and gets a clear answer', async () => {
    const headers = { 'content-type': 'application/json' }
    const jar = jars.get('ada') ?? new CookieJar()
    const path = `${KEYS}/${await createKey()}/export`
    const asked = Approval.parse((await ask('ada', 'POST', path, {})).body)
    await decide('grace', asked.id, 'approve')
    for (const at of [`/thalassa${path}`, '/exoscale/ch-gva-2/api-key']) {
      const refused = await jar.fetch(`${team.url}/api${at}`, { method: 'POST', headers, body: '{"name": ' })
      expect([at, refused.status, slugOf({ body: await refused.json() })]).toEqual([at, 415, '#/gateway/body-not-json'])
    }
  })

  test('a provider gets the body that was decided about, also where a member has two values', async () => {
    const upstream = await startUpstream(json({}))
    const own = await startTeam({
      THALASSA_API_ENDPOINT: upstream.url,
      THALASSA_ACCESS_TOKEN: 'token',
      THALASSA_ORGANISATION_ID: 'acme',
    })
    onTestFinished(own.close)
    const jar = await own.signIn('ada')
    const send = (path: string, body: string) =>
      jar.fetch(`${own.url}/api/thalassa${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
    await send(KEYS, '{"labels": {"env": "production"}, "labels": {"env": "staging"}}')
    expect(String(upstream.seen.at(-1)?.body)).toBe('{"labels":{"env":"staging"}}')
  })

  test('a program asks, and can’t approve or decline, such as for the person who has its token', async () => {
    const own = await startTeam({
      API_TOKENS: `ci:${hash('sha256', 'the-token-of-a-program', 'hex')}`,
      ROLES: `${rolesOfTest}; token:ci: admin`,
    })
    const jar = await own.signIn('linus')
    const headers = { 'content-type': 'application/json' }
    const byProgram = { ...headers, authorization: 'Bearer the-token-of-a-program' }
    const post = (path: string, body: object, as: Readonly<Record<string, string>> = headers) =>
      (as === headers ? jar : new CookieJar()).fetch(`${own.url}/api${path}`, {
        method: 'POST',
        headers: as,
        body: JSON.stringify(body),
      })
    const key = { name: 'shared', keyType: 'aes256-gcm96' }
    const { identity } = (await (await post(`/thalassa${KEYS}`, key)).json()) as { identity: string }
    const call = { provider: 'thalassa', method: 'DELETE', path: `${KEYS}/${identity}`, reason: 'not used' }
    const { id } = Approval.parse(await (await post('/approvals', call)).json())
    for (const decision of ['approve', 'decline']) {
      const refused = await post(`/approvals/${id}`, { decision }, byProgram)
      expect(GatewayProblem.parse(await refused.json())).toMatchObject({ status: 403, type: '#/gateway/not-allowed' })
    }
    expect((await own.access.approvals.find(id)).state).toBe('waiting')
    expect((await post('/approvals', call, byProgram)).status).toBe(201)
    await own.close()
  })

  test('a read-only console takes no requests for approval', async () => {
    const own = await startTeam({ READ_ONLY: 'true' })
    const jar = await own.signIn('ada')
    const call = { provider: 'thalassa', method: 'DELETE', path: `${KEYS}/any`, reason: 'its time is over' }
    const headers = { 'content-type': 'application/json' }
    const refused = await jar.fetch(`${own.url}/api/approvals`, { method: 'POST', headers, body: JSON.stringify(call) })
    expect(slugOf({ body: await refused.json() })).toBe('#/gateway/read-only')
    await own.close()
  })

  test('nobody hides the requests of others behind a great many', async () => {
    const own = await startTeam()
    const jar = await own.signIn('linus')
    const post = (path: string, body: object) => {
      const headers = { 'content-type': 'application/json' }
      return jar.fetch(`${own.url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    }
    const key = (await (await post(`/thalassa${KEYS}`, { name: 'many', keyType: 'aes256-gcm96' })).json()) as {
      identity: string
    }
    const call = { provider: 'thalassa', method: 'DELETE', path: `${KEYS}/${key.identity}`, reason: 'again and again' }
    for (let nth = 0; nth < 50; nth += 1) expect((await post('/approvals', call)).status).toBe(201)
    const refused = await post('/approvals', call)
    expect(refused.status).toBe(409)
    expect(GatewayProblem.parse(await refused.json()).detail).toContain('withdraw some of them first')
    await own.close()
  })

  describe('bad requests', () => {
    test.each([
      [{ provider: 'thalassa', method: 'DELETE', path: `${KEYS}/x` }, 400, 'reason'],
      [{ provider: 'thalassa', method: 'DELETE', path: `${KEYS}/x`, reason: ' ' }, 400, 'reason'],
      [{ provider: 'aws', method: 'DELETE', path: '/keys/x', reason: 'because' }, 404, 'aws'],
      [{ provider: 'thalassa', method: 'DELETE', path: '/v1/everything', reason: 'because' }, 404, '/v1/everything'],
      [{ provider: 'thalassa', method: 'POST', path: `${KEYS}/x/encrypt`, reason: 'because' }, 409, 'no approval'],
      [{ provider: 'thalassa', method: 'DELETE', path: `${KEYS}/x`, reason: 'because', more: 1 }, 400, 'more'],
    ])('%j', async (body, status, text) => {
      const refused = await call('ada', 'POST', '/approvals', body)
      expect(refused.status).toBe(status)
      expect(GatewayProblem.parse(refused.body).detail).toContain(text)
    })

    test('an unknown request for approval is not found', async () => {
      expect((await decide('ada', 'no-such-id', 'approve')).status).toBe(404)
      expect((await call('ada', 'GET', '/approvals/no-such-id')).status).toBe(404)
      expect((await decide('ada', 'no-such-id', 'maybe')).status).toBe(400)
    })
  })
})
