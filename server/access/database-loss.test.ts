/** A console whose database of records fails, and two consoles on one. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { Approval, ApprovalPage } from '../../src/clouds/gateway/approvals.ts'
import { AuditPage } from '../../src/clouds/gateway/audit.ts'
import { GatewayProblem } from '../../src/clouds/gateway/wire.ts'
import { newPostgresDatabase, rootKeyOfTest } from '../records/testing/databases.ts'
import type { CookieJar } from '../testing/browser.ts'
import { startNetwork } from '../testing/cut-connections.ts'
import { type Postgres, startPostgres } from '../testing/postgres.ts'
import { startTeam, type Team } from '../testing/team.ts'

const KEYS = '/api/thalassa/v1/kms/nl-01/keys'

const send = async (jar: CookieJar, method: string, url: string, body?: object) => {
  const response = await jar.fetch(url, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
}

const createKey = async (team: Team, jar: CookieJar, name: string): Promise<string> =>
  (await send(jar, 'POST', team.url + KEYS, { name, keyType: 'aes256-gcm96' })).body.identity

describe('the database stops', () => {
  let postgres: Postgres

  beforeAll(async () => {
    postgres = await startPostgres()
  })

  afterAll(() => postgres.close())

  test('requests are answered by 503 until it is back; then the console goes on by itself', async () => {
    const team = await startTeam({ DATABASE_URL: postgres.url, KMS_ROOT_KEY: rootKeyOfTest })
    onTestFinished(() => team.close())
    const jar = await team.signIn('ada')
    const key = await createKey(team, jar, 'kept')
    await postgres.stop()
    const paths = [`${KEYS}/${key}`, '/api/session', '/api/audit', '/api/approvals']
    for (const path of paths) {
      const { status, headers, body } = await send(jar, 'GET', team.url + path)
      expect([status, headers.get('retry-after')], path).toEqual([503, '1'])
      expect(GatewayProblem.parse(body)).toMatchObject({
        type: '#/gateway/records-unavailable',
        detail: 'The console’s records can’t be reached now.',
      })
    }
    expect((await send(jar, 'POST', `${team.url}${KEYS}/${key}/disable`)).status).toBe(503)
    expect((await fetch(`${team.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${team.url}/healthz`)).status).toBe(200)
    await postgres.start()
    await expect.poll(async () => (await fetch(`${team.url}/readyz`)).status).toBe(200)
    expect((await send(jar, 'GET', `${team.url}${KEYS}/${key}`)).body.status).toBe('active')
    const { events } = AuditPage.parse((await send(jar, 'GET', `${team.url}/api/audit`)).body)
    expect(events.map(({ operation }) => operation)).toEqual(['create', 'sign-in'])
  })

  test('while the call is under way: the answer says that it may have been carried out', async () => {
    const network = await startNetwork(postgres.url)
    const team = await startTeam({ DATABASE_URL: network.url, KMS_ROOT_KEY: rootKeyOfTest })
    onTestFinished(async () => {
      await team.close()
      await network.close()
    })
    const jar = await team.signIn('ada')
    const key = await createKey(team, jar, 'used')
    network.cut({ at: '"operation":"disable"', when: 'before' })
    const { status, body } = await send(jar, 'POST', `${team.url}${KEYS}/${key}/disable`)
    expect(status).toBe(503)
    expect(GatewayProblem.parse(body).detail).toContain('may have been carried out')
    expect((await send(jar, 'GET', `${team.url}${KEYS}/${key}`)).body.status).toBe('disabled')
  })

  test('within a decision: the request is not approved, and can be', async () => {
    const network = await startNetwork(postgres.url)
    const team = await startTeam({ DATABASE_URL: network.url, KMS_ROOT_KEY: rootKeyOfTest })
    onTestFinished(async () => {
      await team.close()
      await network.close()
    })
    const [ada, linus] = [await team.signIn('ada'), await team.signIn('linus')]
    const key = await createKey(team, ada, 'to delete')
    const path = `/v1/kms/nl-01/keys/${key}`
    const call = { provider: 'thalassa', method: 'DELETE', path, reason: 'the service is gone' }
    const { id } = Approval.parse((await send(linus, 'POST', `${team.url}/api/approvals`, call)).body)
    const approve = () => send(ada, 'POST', `${team.url}/api/approvals/${id}`, { decision: 'approve' })
    network.cut({ at: 'UPDATE console_approvals', when: 'before' })
    expect((await approve()).status).toBe(503)
    expect((await send(ada, 'GET', `${team.url}/api/approvals/${id}`)).body.state).toBe('waiting')
    expect(Approval.parse((await approve()).body).state).toBe('done')
  })
})

describe('two consoles on one database', () => {
  let teams: readonly [Team, Team]

  beforeAll(async () => {
    const settings = { DATABASE_URL: await newPostgresDatabase(), KMS_ROOT_KEY: rootKeyOfTest }
    teams = [await startTeam(settings), await startTeam(settings)]
  })

  afterAll(async () => {
    for (const team of teams) await team.close()
  })

  test('a session that ends at one has ended at the other before the answer', async () => {
    const [one, other] = teams
    const jar = await one.signIn('ada')
    const [, value = ''] = /kms-console=([\w-]+)/.exec(jar.header(new URL(one.url))) ?? []
    const cookie = `${new URL(other.url).port}-kms-console=${value}`
    const statusAtOther = async () => (await fetch(`${other.url}/api/session`, { headers: { cookie } })).status
    expect(await statusAtOther()).toBe(200)
    await jar.fetch(`${one.url}/auth/sign-out`, { method: 'POST' })
    expect(await statusAtOther()).toBe(401)
  })

  test('a request for approval is decided at either, once', async () => {
    const [one, other] = teams
    const [linus, ada, grace] = [await one.signIn('linus'), await one.signIn('ada'), await other.signIn('grace')]
    const path = `/v1/kms/nl-01/keys/${await createKey(one, ada, 'shared')}`
    const call = { provider: 'thalassa', method: 'DELETE', path, reason: 'the service is gone' }
    const { id } = Approval.parse((await send(linus, 'POST', `${one.url}/api/approvals`, call)).body)
    const { approvals } = ApprovalPage.parse((await send(grace, 'GET', `${other.url}/api/approvals`)).body)
    expect(approvals.map((approval) => approval.id)).toContain(id)
    const decisions = await Promise.all([
      send(ada, 'POST', `${one.url}/api/approvals/${id}`, { decision: 'decline' }),
      send(grace, 'POST', `${other.url}/api/approvals/${id}`, { decision: 'decline' }),
    ])
    expect(decisions.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})
