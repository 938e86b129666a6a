import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KeyList, ProjectList, Summary } from '../../../src/clouds/thalassa/wire.ts'
import { createCredentials } from '../engine/credentials.ts'
import { base64, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'
import { done, setSetting } from '../testing/unaudited.ts'

const keys = '/v1/kms/nl-01/keys'

const bound = { id: 'ac-bound', secret: 'a secret' }

let kms: ThalassaServer
let payments: string
let platform: string
beforeAll(async () => {
  const made = await startThalassa()
  const projects = ProjectList.parse((await made.call('GET', '/v1/projects')).body) ?? []
  payments = projects.find(({ slug }) => slug === 'payments')?.identity ?? ''
  platform = projects.find(({ slug }) => slug === 'platform')?.identity ?? ''
  await createCredentials({ store: made.store, keyWrapper: made.keyWrapper, now: () => made.clock.now() }).add(
    {
      cloud: 'thalassa',
      ...bound,
      name: 'bound',
      attributes: {
        organisation: made.organisation,
        kind: 'client',
        use: 'service',
        holder: 'Bound',
        project: payments,
      },
    },
    done,
  )
  await made.close({ keepData: true })
  kms = await startThalassa({ dataDir: made.dataDir })
})
afterAll(() => kms.close())

const inProject = (project: string) => ({ 'x-project-identity': project })
const names = async (headers: Record<string, string> = {}, query = '') =>
  (KeyList.parse((await kms.call('GET', `${keys}${query}`, { headers })).body) ?? []).map(({ name }) => name).sort()
const create = (name: string, headers: Record<string, string> = {}) =>
  kms.call('POST', keys, { body: { name }, headers })

describe('scopes', () => {
  it('are separate: the organisation and each project, parent and child', async () => {
    const own = await create('shared name')
    const inPayments = await create('shared name', inProject('payments'))
    const inPlatform = await create('shared name', inProject(platform))
    expect([own.status, inPayments.status, inPlatform.status]).toEqual([201, 201, 201])
    expect([own.body.projectId, inPayments.body.projectId, inPlatform.body.projectId]).toEqual([
      undefined,
      payments,
      platform,
    ])
    expect((await create('shared name', inProject(payments))).status).toBe(409)
    await create('only platform', inProject('platform'))
    expect(await names()).toEqual(['shared name'])
    expect(await names(inProject('platform'))).toEqual(['only platform', 'shared name'])
    expect(await names(inProject(payments))).toEqual(['shared name'])

    const bySlug = await kms.call('GET', `${keys}/shared-name`, { headers: inProject('payments') })
    expect(bySlug.body.identity).toBe(inPayments.body.identity)
    expect((await kms.on('shared-name', 'GET')).body.identity).toBe(own.body.identity)
  })

  it('a key of another scope is 404 for every endpoint', async () => {
    const { body } = await create('hidden', inProject('payments'))
    const id = String(body.identity)
    const missing = { status: 404, body: { message: 'kms key not found' } }
    for (const headers of [{}, inProject('platform')])
      for (const [method, end, content] of [
        ['GET', '', undefined],
        ['POST', '/encrypt', { plaintext: base64('x') }],
        ['POST', '/rotate', undefined],
        ['POST', '/disable', undefined],
        ['POST', '/export', {}],
        ['DELETE', '', undefined],
        ['DELETE', '/cancel-deletion', undefined],
      ] as const)
        for (const key of [id, 'hidden'])
          expect(await kms.call(method, `${keys}/${key}${end}`, { body: content, headers })).toMatchObject(missing)
    const found = await kms.call('GET', `${keys}/${id}`, { headers: inProject('payments') })
    expect(found.body).toMatchObject({ objectVersion: 1, status: 'active' })
  })

  it('the summary counts the active one', async () => {
    const total = async (headers: Record<string, string>) =>
      Summary.parse((await kms.call('GET', '/v1/kms/summary', { headers })).body).regions?.[0]?.totalKeys
    expect(await total({})).toBe((await names()).length)
    expect(await total(inProject('payments'))).toBe((await names(inProject('payments'))).length)
  })

  it('are taken from the token, then the header, then the query', async () => {
    const fromPlatform = await names(inProject('platform'))
    expect(await names({}, '?project=platform')).toEqual(fromPlatform)
    expect(await names(inProject('platform'), '?project=payments')).toEqual(fromPlatform)
    const inToken = { authorization: `Bearer ${await kms.accessToken(bound)}` }
    const fromPayments = await names(inProject('payments'))
    expect(fromPayments).not.toEqual(fromPlatform)
    expect(await names(inToken)).toEqual(fromPayments)
    expect(await names({ ...inToken, ...inProject('platform') }, '?project=platform')).toEqual(fromPayments)
  })

  it.each(['PAYMENTS', 'prj-00000000000000000000', 'local', ' ,'])('%j is no project', async (project) => {
    const unknown = { status: 404, body: { message: 'project not found' } }
    expect(await kms.call('GET', keys, { headers: inProject(project) })).toMatchObject(unknown)
  })
})

describe('related resources', () => {
  it('projects: a list, and one by identity or slug', async () => {
    const { body } = await kms.call('GET', '/v1/projects')
    expect(body).toEqual([
      expect.objectContaining({ identity: platform, name: 'Platform', slug: 'platform', objectVersion: 1 }),
      {
        identity: expect.stringMatching(/^prj-[0-9a-v]{20}$/),
        name: 'Payments',
        slug: 'payments',
        description: expect.any(String),
        labels: {},
        annotations: {},
        parentProject: { identity: platform, name: 'Platform', slug: 'platform' },
        createdAt: expect.stringMatching(/Z$/),
        objectVersion: 1,
      },
    ])
    for (const id of [payments, 'payments'])
      expect((await kms.call('GET', `/v1/projects/${id}`)).body.identity).toBe(payments)
    const unknown = { status: 404, body: { message: 'project not found' } }
    expect(await kms.call('GET', '/v1/projects/none')).toMatchObject(unknown)
  })

  it('regions: those of the summary, with their zones', async () => {
    const list = await kms.call('GET', '/v1/regions')
    const summary = Summary.parse((await kms.call('GET', '/v1/kms/summary')).body)
    expect(list.body).toEqual(
      summary.regions?.map(({ identity, slug }) =>
        expect.objectContaining({
          identity,
          slug,
          zones: [`${slug}a`, `${slug}b`, `${slug}c`].map((zone) => expect.objectContaining({ slug: zone })),
        }),
      ),
    )
    for (const { identity, slug } of summary.regions ?? [])
      for (const id of [identity, slug])
        expect((await kms.call('GET', `/v1/regions/${id}`)).body).toMatchObject({ identity, slug })
    const unknown = { status: 404, body: { message: 'region not found' } }
    expect(await kms.call('GET', '/v1/regions/nl-01a')).toMatchObject(unknown)
  })

  it('memberships need no organisation header; a service account has none', async () => {
    const path = '/v1/me/organisation-memberships'
    const without = { 'x-organisation-identity': null }
    const owner = await kms.call('GET', path, { headers: without })
    expect(owner.body).toEqual([
      {
        identity: expect.stringMatching(/^om-/),
        createdAt: expect.any(String),
        organisation: expect.objectContaining({ identity: kms.organisation, slug: 'local' }),
        user: expect.objectContaining({ subject: expect.stringMatching(/^usr-/), name: 'Administrator' }),
        role: 'OWNER',
      },
    ])
    const reader = { ...without, authorization: `Token ${kms.thalassa.credential.readerToken}` }
    expect((await kms.call('GET', path, { headers: reader })).body).toMatchObject([{ role: 'MEMBER' }])
    const service = { ...without, authorization: `Bearer ${await kms.accessToken(bound)}` }
    expect((await kms.call('GET', path, { headers: service })).body).toEqual([])
  })

  it.each(['/v1/projects', '/v1/projects/payments', '/v1/regions', '/v1/regions/nl-01', '/v1/audit'])(
    '%s requires a credential and an organisation',
    async (path) => {
      const status = async (headers: Record<string, string | null>) => (await kms.call('GET', path, { headers })).status
      expect(await status({ authorization: null })).toBe(401)
      expect(await status({ 'x-organisation-identity': null })).toBe(400)
      expect(await status({ 'x-organisation-identity': 'other' })).toBe(404)
    },
  )

  it('reported no internal failure', () => expect(kms.failures).toEqual([]))
})

it('without the projects feature, projects are forbidden', async () => {
  const first = await startThalassa()
  const setting = 'thalassa-organisation'
  const stored = JSON.parse((await first.store.setting(setting)) ?? '')
  await setSetting(first.store, setting, JSON.stringify({ ...stored, features: ['kms'] }))
  await first.close({ keepData: true })
  const without = await startThalassa({ dataDir: first.dataDir })
  const forbidden = { status: 403, body: { message: 'projects are not enabled for this organisation' } }
  expect(await without.call('GET', '/v1/projects')).toMatchObject(forbidden)
  expect(await without.call('GET', keys)).toMatchObject({ status: 200 })
  await without.close()
})
