import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ExoscaleEndpoint, endpoints } from '../../../../src/clouds/exoscale/endpoints.ts'
import { type ApiRevision, includes } from '../../../../src/clouds/exoscale/revisions.ts'
import type { CreatedApiKey } from '../../../../src/clouds/exoscale/wire-organisation.ts'
import { pathWith } from '../contract/testing/targets.ts'
import { keyNotFound, revisions } from '../testing/expectations.ts'
import { openTestServer, type TestServer } from '../testing/server.ts'
import { callAs, keyWithPolicy, kmsRules, NOWHERE, newRole } from './testing/access.ts'

const denyAll = { 'default-service-strategy': 'deny', services: {} }
const allowing = (service: string) => ({
  'default-service-strategy': 'deny',
  services: { [service]: { type: 'allow' } },
})

/** Every operation as a request with an empty body, on objects that don't exist. */
const requestsOf = (revision: ApiRevision) =>
  Object.entries<ExoscaleEndpoint>(endpoints)
    .filter(([, { since = 'reference' }]) => includes(revision, since))
    .map(([operation, { method, path, service }]) => ({ operation, method, target: pathWith(path, NOWHERE), service }))
const ruledOf = (revision: ApiRevision) =>
  requestsOf(revision).flatMap((request) => (request.service ? [{ ...request, service: request.service }] : []))

describe.each(revisions)('revision %s', (revision) => {
  const ruled = ruledOf(revision)
  let server: TestServer
  let key: string
  beforeAll(async () => {
    server = await openTestServer({ revision })
    key = await server.newKey('app-key')
  })
  afterAll(() => server.close())

  describe('each operation belongs to a service', () => {
    let nobody: CreatedApiKey
    const only = new Map<string, CreatedApiKey>()
    const all = new Map<string, CreatedApiKey>()
    beforeAll(async () => {
      nobody = await keyWithPolicy(server, denyAll)
      for (const service of ['kms', 'iam', 'compute']) {
        only.set(service, await keyWithPolicy(server, allowing(service)))
        all.set(
          service,
          await keyWithPolicy(server, {
            'default-service-strategy': 'allow',
            services: { [service]: { type: 'deny' } },
          }),
        )
      }
    })
    const credential = (keys: ReadonlyMap<string, CreatedApiKey>, service: string) => keys.get(service) ?? nobody

    test.each(ruled)('$operation is refused before its input is read', async ({ method, target, service }) => {
      const body = method === 'GET' ? undefined : {}
      const refused = { status: 403, body: { message: `Forbidden by role policy for ${service}` } }
      expect(await callAs(server, nobody, method, target, body)).toMatchObject(refused)
      expect(await callAs(server, credential(all, service), method, target, body)).toMatchObject(refused)
    })

    test.each(ruled.filter(({ operation }) => !operation.startsWith('reset')))(
      '$operation is allowed by its own service only',
      async ({ method, target, service }) => {
        const body = method === 'GET' ? undefined : {}
        expect((await callAs(server, credential(only, service), method, target, body)).status).not.toBe(403)
        for (const other of ['kms', 'iam', 'compute'])
          if (other !== service)
            expect((await callAs(server, credential(only, other), method, target)).status).toBe(403)
      },
    )

    test.each(ruled)('$operation is the name that rules compare', async ({ operation, method, target, service }) => {
      const services = {
        [service]: { type: 'rules', rules: [{ action: 'deny', expression: `operation == '${operation}'` }] },
      }
      const one = await keyWithPolicy(server, { 'default-service-strategy': 'allow', services })
      const reply = await callAs(server, one, method, target, method === 'GET' ? undefined : {})
      expect(reply.body).toEqual({
        message: `Forbidden by role policy for ${service} - A deny rule matched. Rule index: 0`,
      })
    })

    test('the list of zones is public, unless the request is signed', async () => {
      expect((await server.raw({ method: 'GET', target: '/v2/zone' })).status).toBe(200)
      expect((await callAs(server, nobody, 'GET', '/v2/zone')).status).toBe(403)
    })
  })

  describe('expressions', () => {
    async function answerUnder(expression: string) {
      const credential = await keyWithPolicy(server, kmsRules(['allow', expression]))
      return callAs(server, credential, 'POST', `${key}/encrypt`, {
        plaintext: 'aGVsbG8=',
        tag: { number: 7, list: ['a', 'b'] },
      })
    }

    test.each([
      "service == 'kms' && zone == 'ch-gva-2' && source_ip == '127.0.0.1'",
      "operation in ['encrypt', 'decrypt']",
      "api_key.startsWith('EXO') && api_key.size() == 27",
      "timestamp(now) < timestamp('2026-01-01T00:00:01Z')",
      "resources.kms_key.name == 'app-key' && resources.kms_key.origin_zone == zone",
      '!resources.kms_key.multi_zone && resources.kms_key.material.version == 1',
      "parameters.id == resources.kms_key.id && parameters.plaintext == 'aGVsbG8='",
      "parameters['tag'].number == 7 && parameters.tag.list.exists(x, x == 'b')",
      'parameters.tag.number > 6 && parameters.tag.number < 7.5',
      "parameters.has('plaintext') && !parameters.has('ciphertext')",
      'has(parameters.plaintext) && !has(parameters.ciphertext)',
      "'plaintext' in parameters && operation.contains('cryp') && operation.endsWith('t')",
      "operation.matches('^enc(rypt)+$')",
      "(false || true) && (operation == 'x' ? false : true)",
    ])('%s allows', async (expression) => {
      expect((await answerUnder(expression)).status).toBe(200)
    })

    // An error or a value that is no boolean counts as false.
    test.each([
      "operation in ['decrypt']",
      "timestamp(now) > timestamp('2026-01-01T00:00:01Z')",
      'resources.kms_key.multi_zone',
      "parameters.missing != 'x'",
      "resources.bucket != 'backups'",
      "'true'",
      '1',
      'operation',
      '1 / 0 == 1',
      'parameters.plaintext > 1',
    ])('%s allows nothing', async (expression) => {
      expect(await answerUnder(expression)).toMatchObject({
        status: 403,
        text: '{"message":"Forbidden by role policy for kms"}',
      })
    })

    test('get no facts of an unknown key, a body that is no object, or deep nesting', async () => {
      const any = kmsRules(['allow', "!has(resources.kms_key) && !parameters.has('name')"])
      const credential = await keyWithPolicy(server, any)
      const unknown = await callAs(server, credential, 'GET', `/v2/kms-key/${NOWHERE}`)
      const notFound = revision === 'reference' ? keyNotFound.status : keyNotFound.today
      expect(unknown.status).toBe(notFound)
      expect((await callAs(server, credential, 'GET', '/v2/kms-key/no-uuid')).status).toBe(400)
      expect((await callAs(server, credential, 'POST', `/v2/kms-key/${NOWHERE}/rotate`, [])).status).toBe(notFound)
      expect((await callAs(server, credential, 'GET', key)).status).toBe(403)
      const deep = `{"name":"deep","x":${'['.repeat(5000)}${']'.repeat(5000)}}`
      const named = await keyWithPolicy(server, kmsRules(['deny', "parameters.name == 'deep'"], ['allow', 'true']))
      const raw = { method: 'POST', target: '/v2/kms-key', body: deep }
      const headers = { authorization: await server.authorize(raw, server.expiry(), named) }
      expect((await server.raw({ ...raw, headers })).status).toBe(403)
    })
  })

  describe('other spellings of a call get the same decision', () => {
    const target = () => key.split('/').at(-1) ?? ''
    const upper = () => `/v2/kms-key/${target().toUpperCase()}`

    test('ids in capitals, in the path and in the body', async () => {
      const guarded = await keyWithPolicy(
        server,
        kmsRules(
          ['deny', `parameters.id == '${target()}'`],
          ['deny', `parameters.destination.key == '${target()}'`],
          ['allow', 'true'],
        ),
      )
      expect((await callAs(server, guarded, 'POST', `${key}/encrypt`, { plaintext: '' })).status).toBe(403)
      expect((await callAs(server, guarded, 'POST', `${upper()}/encrypt`, { plaintext: '' })).status).toBe(403)
      const escaped = upper().replace(/-(?=[^-]*$)/, '%2d')
      expect((await callAs(server, guarded, 'POST', `${escaped}/encrypt`, { plaintext: '' })).status).toBe(403)
      const source = { key: (await server.newKey()).split('/').at(-1), ciphertext: '' }
      const body = { source, destination: { key: target().toUpperCase() } }
      expect((await callAs(server, guarded, 'POST', `/v2/kms-key/${source.key}/re-encrypt`, body)).status).toBe(403)
    })

    test('the id of a role', async () => {
      const roleId = await newRole(server)
      const rules = [
        { action: 'deny', expression: `parameters['role-id'] == '${roleId}'` },
        { action: 'allow', expression: 'true' },
      ]
      const services = { iam: { type: 'rules', rules } }
      const guarded = await keyWithPolicy(server, { 'default-service-strategy': 'deny', services })
      for (const id of [roleId, roleId.toUpperCase()])
        expect((await callAs(server, guarded, 'POST', '/v2/api-key', { name: 'k', 'role-id': id })).status).toBe(403)
    })

    test('a byte order mark before the body', async () => {
      const guarded = await keyWithPolicy(
        server,
        kmsRules(['deny', "parameters.name.startsWith('prod')"], ['allow', 'true']),
      )
      for (const mark of ['', '\uFEFF']) {
        const raw = { method: 'POST', target: '/v2/kms-key', body: `${mark}{"name":"prod-1"}` }
        const headers = { authorization: await server.authorize(raw, server.expiry(), guarded) }
        expect((await server.raw({ ...raw, headers })).status).toBe(403)
      }
    })
  })

  test('a body that is too large for rules is refused', async () => {
    const ruled = await keyWithPolicy(server, kmsRules(['allow', 'parameters.tags.all(t, t in parameters.tags)']))
    const plaintext = (bytes: number) => Buffer.alloc(bytes).toString('base64')
    const encrypt = (body: object) => callAs(server, ruled, 'POST', `${key}/encrypt`, body)
    expect((await encrypt({ plaintext: plaintext(65_536), tags: [1, 2] })).status).toBe(200)
    const many = await encrypt({ plaintext: '', tags: Array.from({ length: 16_000 }, (_, nth) => nth) })
    expect(many).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('up to 131072 bytes and 1000 values') },
    })
    expect((await encrypt({ plaintext: plaintext(200_000), tags: [] })).status).toBe(400)
  })

  describe('rules are evaluated in order', () => {
    const statusWith = async (...rules: ReadonlyArray<readonly [string, string]>) => {
      const { status, body } = await callAs(server, await keyWithPolicy(server, kmsRules(...rules)), 'GET', key)
      return status === 200 ? 200 : body.message
    }
    const refused = 'Forbidden by role policy for kms'

    test('the first matching rule decides', async () => {
      expect(await statusWith(['deny', 'false'], ['allow', 'true'], ['deny', 'true'])).toBe(200)
      expect(await statusWith(['allow', 'false'], ['deny', 'true'], ['allow', 'true'])).toBe(
        `${refused} - A deny rule matched. Rule index: 1`,
      )
    })

    test('a failing rule is skipped', async () => {
      expect(await statusWith(['deny', 'parameters.not.there'], ['allow', 'true'])).toBe(200)
      expect(await statusWith(['allow', 'parameters.not.there'])).toBe(refused)
    })

    test('without a matching rule the call is refused, regardless of the default', async () => {
      const services = { kms: { type: 'rules', rules: [{ action: 'allow', expression: 'false' }] } }
      const credential = await keyWithPolicy(server, { 'default-service-strategy': 'allow', services })
      expect((await callAs(server, credential, 'GET', key)).body).toEqual({ message: refused })
    })

    test.each([{}, { type: 'rules' }, { type: 'rules', rules: [{}, { action: 'allow' }, { expression: 'true' }] }])(
      'a service with %j is refused',
      async (kms) => {
        const credential = await keyWithPolicy(server, { 'default-service-strategy': 'allow', services: { kms } })
        expect((await callAs(server, credential, 'GET', key)).body).toEqual({ message: refused })
      },
    )
  })

  test('re-encryption needs permission on both keys', async () => {
    const other = await server.newKey('other')
    const id = (path: string) => path.replace('/v2/kms-key/', '')
    const { ciphertext } = (await server.post(`${key}/encrypt`, { plaintext: '' })).body
    const source = { key: id(key), ciphertext }
    const statusWith = async (...rules: ReadonlyArray<readonly [string, string]>) => {
      const credential = await keyWithPolicy(server, kmsRules(...rules))
      const both = [id(other), id(other).toUpperCase()].map((to) =>
        callAs(server, credential, 'POST', `${key}/re-encrypt`, { source, destination: { key: to } }),
      )
      const [plain, upper] = await Promise.all(both)
      expect(upper?.status).toBe(plain?.status)
      return plain?.status
    }
    expect(await statusWith(['allow', "resources.kms_key.name in ['app-key', 'other']"])).toBe(200)
    expect(await statusWith(['allow', `parameters.id in ['${id(key)}', '${id(other)}']`])).toBe(200)
    for (const name of ['app-key', 'other']) {
      expect(await statusWith(['allow', `resources.kms_key.name == '${name}'`])).toBe(403)
      expect(await statusWith(['deny', `resources.kms_key.name == '${name}'`], ['allow', 'true'])).toBe(403)
    }
    for (const one of [id(key), id(other)]) expect(await statusWith(['allow', `parameters.id == '${one}'`])).toBe(403)
  })

  test('re-encryption to nothing is refused as the operation does it', async () => {
    const credential = await keyWithPolicy(server, kmsRules(['allow', 'true']))
    for (const destination of [undefined, null, {}, { key: 7 }, { key: 'x' }])
      expect((await callAs(server, credential, 'POST', `${key}/re-encrypt`, { destination })).status).toBe(400)
  })

  test('members are written with hyphens or with underscores', async () => {
    const refused = async (expression: string, body: object, target = 'schedule-deletion') => {
      const credential = await keyWithPolicy(server, kmsRules(['deny', expression], ['allow', 'true']))
      return (await callAs(server, credential, 'POST', `${await server.newKey()}/${target}`, body)).status === 403
    }
    for (const member of ["['delay-days']", '.delay_days', "['delay_days']"]) {
      expect(await refused(`parameters${member} < 14`, { 'delay-days': 7 })).toBe(true)
      expect(await refused(`parameters${member} < 14`, { 'delay-days': 30 })).toBe(false)
    }
    expect(await refused("parameters.has('delay_days')", { 'delay-days': 7 })).toBe(true)
    expect(await refused('has(parameters.source.encryption_context)', {}, 're-encrypt')).toBe(false)
    const source = { 'encryption-context': '' }
    expect(await refused('has(parameters.source.encryption_context)', { source }, 're-encrypt')).toBe(true)
    expect(await refused('resources.kms_key.rotation.rotation_period == 365', {})).toBe(true)
    expect(await refused("resources.kms_key['multi-zone'] == false", {})).toBe(true)
    expect(await refused("resources.kms_key.rotation['manual-count'] == 0", {})).toBe(true)
  })

  test('a member that was sent with underscores does not stand for the real one', async () => {
    const pair = kmsRules(['allow', 'parameters.delay_days == 30'])
    const credential = await keyWithPolicy(server, pair)
    const statusOf = async (body: object) =>
      (await callAs(server, credential, 'POST', `${await server.newKey()}/schedule-deletion`, body)).status
    expect(await statusOf({ 'delay-days': 30 })).toBe(200)
    expect(await statusOf({ delay_days: 30 })).toBe(403)
    expect(await statusOf({ 'delay-days': 7, delay_days: 30 })).toBe(403)
    expect(await statusOf({ delay_days: 30, 'delay-days': 7 })).toBe(403)
  })

  test('names that callers choose keep their spelling', async () => {
    const rules = [{ action: 'allow', expression: "parameters.labels.team_a == 'x' && !has(parameters.labels.team_b)" }]
    const credential = await keyWithPolicy(server, {
      'default-service-strategy': 'deny',
      services: { iam: { type: 'rules', rules } },
    })
    const labels = { team_a: 'x', 'team-a': 'y', 'team-b': 'z' }
    expect((await callAs(server, credential, 'POST', '/v2/iam-role', { name: 'r', labels })).status).toBe(200)
  })
})
