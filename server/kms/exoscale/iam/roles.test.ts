import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Operation, Role, RoleList } from '../../../../src/clouds/exoscale/wire-organisation.ts'
import { answered, expectProblem, revisions } from '../testing/expectations.ts'
import { openTestServer, type TestServer } from '../testing/server.ts'
import { callAs, keyWithPolicy, kmsRules, NOWHERE, newApiKey, newRole, roleNamed } from './testing/access.ts'

const cryptoOnly = kmsRules(['allow', "operation in ['encrypt', 'decrypt']"])

describe.each(revisions)('in %s', (revision) => {
  let server: TestServer
  let id: string
  beforeAll(async () => {
    server = await openTestServer({ revision })
  })
  beforeEach(async () => {
    id = await newRole(server, {
      name: 'kms-admin',
      description: 'Keys',
      labels: { team: 'platform', __proto: '' },
      'max-session-ttl': 60,
    })
  })
  afterAll(() => server.close())

  const role = async (of = id) => answered(await server.get(`/v2/iam-role/${of}`), 200, Role)
  const put = (path: string, body: object | string) => server.call('PUT', `/v2/iam-role/${path}`, body)

  test('the provider’s roles and an example role exist from the start', async () => {
    const { 'iam-roles': roles = [] } = answered(await server.get('/v2/iam-role'), 200, RoleList)
    expect(roles.slice(0, 3)).toEqual([
      expect.objectContaining({ name: 'Owner', editable: false, policy: expect.objectContaining({ services: {} }) }),
      expect.objectContaining({
        name: 'Billing',
        editable: false,
        policy: { 'default-service-strategy': 'deny', services: {} },
      }),
      expect.objectContaining({ name: 'kms-crypto', editable: true }),
    ])
    expect(JSON.stringify(roles[2]).includes("'sign', 'verify', 'get-public-key'")).toBe(revision === '2026-11')
  })

  test('creating a role returns an operation with its id; without a policy it allows everything', async () => {
    const reply = await server.post('/v2/iam-role', { name: 'plain' })
    const { reference, ...operation } = answered(reply, 200, Operation)
    expect(operation).toEqual({ id: expect.any(String), state: 'success' })
    const made = String(reference?.id)
    expect(reference).toEqual({ id: made, link: `/v2/iam-role/${made}`, command: 'get-iam-role' })
    expect(await role(made)).toEqual({
      id: made,
      name: 'plain',
      editable: true,
      policy: { 'default-service-strategy': 'allow', services: {} },
    })
  })

  test('saving a policy warns of a number that a call may leave out', async () => {
    const open = kmsRules(
      ['allow', "operation == 'encrypt'"],
      ['deny', "parameters['delay-days'] < 14"],
      ['allow', 'true'],
    )
    const closed = kmsRules(['deny', "!has(parameters.delay_days) || parameters['delay-days'] < 14"], ['allow', 'true'])
    const warning =
      /services\.kms\.rules\.1: A call without delay-days is not refused: .* has\(parameters\.delay_days\)/
    const remarks = async (policy: object) => [
      await server.post('/v2/iam-role', { name: 'x', policy }),
      await put(`${id}:policy`, policy),
      await server.call('PUT', '/v2/iam-organization-policy', policy),
    ]
    for (const reply of await remarks(open)) {
      const { message, id: operation } = answered(reply, 200, Operation)
      expect(message).toMatch(warning)
      expect((await server.get(`/v2/operation/${operation}`)).body.message).toBe(message)
    }
    await server.post('/v2/iam-organization-policy:reset')
    for (const reply of await remarks(closed)) expect(reply.body).not.toHaveProperty('message')
    await server.post('/v2/iam-organization-policy:reset')
    expect(answered(await server.post('/v2/iam-role', { name: 'x', policy: open }), 200, Operation).message).toMatch(
      /^policy\.services\.kms\.rules\.1: /,
    )
  })

  test('a call without the number passes the rule that warned, and not the one that asks for it', async () => {
    for (const [expression, status] of [
      ['parameters.delay_days > 14', 200],
      ['!has(parameters.delay_days) || parameters.delay_days > 14', 403],
    ] as const) {
      const credential = await keyWithPolicy(server, kmsRules(['deny', expression], ['allow', 'true']))
      expect((await callAs(server, credential, 'POST', `${await server.newKey()}/schedule-deletion`, {})).status).toBe(
        status,
      )
    }
  })

  test('an update keeps absent members', async () => {
    const before = await role()
    const reply = await put(id, {
      description: 'Changed',
      permissions: ['bypass-governance-retention'],
      name: 'ignored',
      editable: false,
    })
    expect(answered(reply, 200, Operation)).toMatchObject({ state: 'success', reference: { id } })
    const after = { ...before, description: 'Changed', permissions: ['bypass-governance-retention'] }
    expect(await role()).toEqual(after)
    await put(id, { 'max-session-ttl': 3600, labels: {} })
    expect(await role()).toEqual({ ...after, 'max-session-ttl': 3600, labels: {} })
  })

  test('the assume-role policy is stored and not returned', async () => {
    const rules = [{ action: 'allow', expression: "service == 'iam'" }]
    expect((await put(id, { 'assume-role-policy': { rules } })).status).toBe(200)
    expect(await role()).not.toHaveProperty('assume-role-policy')
  })

  test('a policy is replaced as a whole, and applies to the next request', async () => {
    const key = await server.newKey()
    const credential = await keyWithPolicy(server, cryptoOnly)
    const encrypt = () => callAs(server, credential, 'POST', `${key}/encrypt`, { plaintext: '' })
    expect((await encrypt()).status).toBe(200)
    const denyAll = { 'default-service-strategy': 'deny', services: {} }
    const reply = await put(`${credential.roleId}:policy`, denyAll)
    expect(answered(reply, 200, Operation)).toMatchObject({ state: 'success', reference: { id: credential.roleId } })
    expect(await role(credential.roleId)).toMatchObject({ policy: denyAll })
    expect(await encrypt()).toMatchObject({ status: 403, text: '{"message":"Forbidden by role policy for kms"}' })
    await put(`${credential.roleId}:policy`, cryptoOnly)
    expect((await encrypt()).status).toBe(200)
  })

  test('the policy of a signature vector is accepted: an expression may end with a comment', async () => {
    const commented = kmsRules(['allow', "operation in ['encrypt', 'decrypt'] // clé"])
    expect((await put(`${id}:policy`, commented)).status).toBe(200)
    expect(await role()).toMatchObject({ policy: commented })
  })

  test('a locked policy can’t be changed; the rest of its role can', async () => {
    const fixed = await newRole(server, { name: 'fixed', editable: false, policy: cryptoOnly })
    expect(await put(`${fixed}:policy`, cryptoOnly)).toMatchObject({
      status: 409,
      text: '{"message":"The policy of the role fixed can\'t be changed"}',
    })
    expect((await put(fixed, { description: 'x' })).status).toBe(200)
    expect(await role(fixed)).toMatchObject({ editable: false, description: 'x' })
  })

  test.each(['Owner', 'Billing'])('%s can be neither changed nor deleted', async (name) => {
    const own = await roleNamed(server, name)
    const before = await role(own)
    expect((await put(own, { description: 'x' })).status).toBe(409)
    expect((await put(`${own}:policy`, cryptoOnly)).status).toBe(409)
    expect(await server.call('DELETE', `/v2/iam-role/${own}`)).toMatchObject({
      status: 409,
      body: { message: `The role ${name} can't be deleted` },
    })
    expect(await role(own)).toEqual(before)
  })

  test('a role can be deleted once no API key uses it', async () => {
    const { key } = await newApiKey(server, id)
    expect(await server.call('DELETE', `/v2/iam-role/${id}`)).toMatchObject({
      status: 409,
      body: { message: 'The role kms-admin is in use by an API key' },
    })
    await server.call('DELETE', `/v2/api-key/${key}`)
    const reply = await server.call('DELETE', `/v2/iam-role/${id}`)
    expect(answered(reply, 200, Operation)).toMatchObject({ state: 'success', reference: { id } })
    expect(await server.get(`/v2/iam-role/${id}`)).toMatchObject({ status: 404 })
  })

  test('concurrent deletion of a role and creation of its API key stay consistent', async () => {
    const [made, removed] = await Promise.all([
      server.post('/v2/api-key', { name: 'racing', 'role-id': id }),
      server.call('DELETE', `/v2/iam-role/${id}`),
    ])
    expect([
      [200, 409],
      [404, 200],
    ]).toContainEqual([made.status, removed.status])
  })

  test('an unknown role is not found', async () => {
    const gone = { status: 404, text: '{"message":"IAM role not found"}' }
    expect(await server.get(`/v2/iam-role/${NOWHERE}`)).toMatchObject(gone)
    expect(await put(NOWHERE, {})).toMatchObject(gone)
    expect(await put(`${NOWHERE}:policy`, cryptoOnly)).toMatchObject(gone)
    expect(await server.call('DELETE', `/v2/iam-role/${NOWHERE}`)).toMatchObject(gone)
  })

  test.each(['POST', 'PUT'])('%s of the assume-role policy does not exist', async (method) => {
    const nothing = { status: 404, text: '{"message":"Not Found"}' }
    expect(await server.call(method, `/v2/iam-role/${id}:assume-role-policy`, { rules: [] })).toMatchObject(nothing)
    expect(await server.call(method, `/v2/iam-role/${id}/assume`, { ttl: 60 })).toMatchObject(nothing)
  })

  test('an id that is no UUID is refused', async () => {
    const detail = 'does not match the uuid pattern must be a valid RFC 4122 UUID'
    const problem = {
      status: 400,
      slug: 'request-invalid-path-parameters',
      title: 'Invalid Path Parameters',
      detail: `id ${detail}`,
      errors: [{ path: 'id', pointer: '/id', location: '$.id', detail }],
    }
    expectProblem(await server.get('/v2/iam-role/Owner'), problem, revision, '/v2/iam-role/Owner')
    expectProblem(await server.get('/v2/operation/1'), problem, revision, '/v2/operation/1')
  })

  test.each([
    ['test', 'names “test”; known are operation, '],
    ['my-random-name', 'names “my”; known are operation, '],
    ["resource.kms_key.id == 'x'", 'names “resource”; known are operation, '],
    ["operation == 'encrypt' || unknown", 'names “unknown”; '],
    ['[1].all(x, x > 0) && x == 1', 'names “x”; '],
    ['notAllowed(operation)', 'calls notAllowed, which is no function.'],
    ["made.Up{name: 'x'} == null", 'makes a made.Up, which is no type.'],
  ])(
    '%s is saved with a warning, and matches no call: the next rule decides, then the default',
    async (unknown, why) => {
      const remarked = expect.stringContaining(`services.kms.rules.0: The rule never matches: the expression ${why}`)
      const key = await server.newKey()
      for (const [rules, status] of [
        [kmsRules(['deny', unknown], ['allow', 'true']), 200],
        [kmsRules(['allow', unknown]), 403],
      ] as const) {
        const replies = [
          await put(`${id}:policy`, rules),
          await server.post('/v2/iam-role', {
            name: 'unknown',
            policy: rules,
            'assume-role-policy': rules.services.kms,
          }),
          await server.call('PUT', '/v2/iam-organization-policy', rules),
        ]
        await server.post('/v2/iam-organization-policy:reset')
        for (const reply of replies) expect(answered(reply, 200, Operation)).toMatchObject({ message: remarked })
        expect(await role()).toMatchObject({ policy: rules })
        const credential = await newApiKey(server, id)
        expect((await callAs(server, credential, 'POST', `${key}/encrypt`, { plaintext: '' })).status).toBe(status)
      }
    },
  )

  const long = 'x'.repeat(256)
  const proto = (value: unknown): object => JSON.parse(JSON.stringify({ name: value }).replace('name', '__proto__'))
  const permissionRule = 'must be bypass-governance-retention or reset-iam-organization-policy'
  const unread = 'policy.services.kms.rules.0.expression is no CEL expression: '
  test.each<readonly [what: string, given: object, detail: string | RegExp]>([
    ['no name', { name: undefined }, 'name is required'],
    ['an empty name', { name: '' }, 'name must be a string of 1 to 191 characters'],
    ['a long name', { name: 'x'.repeat(192) }, 'name must be a string of 1 to 191 characters'],
    ['an empty description', { description: '' }, 'description must be a string of 1 to 255 characters'],
    ['a long description', { description: long }, 'description must be a string of 1 to 255 characters'],
    ['a word for editable', { editable: 'no' }, 'editable must be true or false'],
    ['no list of permissions', { permissions: {} }, 'permissions must be an array'],
    ['an unknown permission', { permissions: ['root'] }, `permissions.0 ${permissionRule}`],
    [
      'a permission twice',
      { permissions: ['bypass-governance-retention', 'bypass-governance-retention'] },
      'permissions must not name a permission twice',
    ],
    ['a list of labels', { labels: [] }, 'labels must be an object'],
    ['a number as a label', { labels: { a: 1 } }, 'labels.a must be a string'],
    ['a label that would be dropped', { labels: proto('x') }, 'labels.__proto__ must have another name'],
    [
      'a service that would be dropped',
      { policy: { 'default-service-strategy': 'allow', services: proto({ type: 'deny' }) } },
      'policy.services.__proto__ must have another name',
    ],
    ['no time at all', { 'max-session-ttl': 0 }, 'max-session-ttl must be an integer above 0'],
    ['half a second', { 'max-session-ttl': 1.5 }, 'max-session-ttl must be an integer above 0'],
    ['no policy', { policy: null }, 'policy must be an object'],
    ['a policy without default', { policy: { services: {} } }, 'policy.default-service-strategy is required'],
    ['a policy without services', { policy: { 'default-service-strategy': 'deny' } }, 'policy.services is required'],
    [
      'an unknown default',
      { policy: { 'default-service-strategy': 'maybe', services: {} } },
      'policy.default-service-strategy must be allow or deny',
    ],
    [
      'an unknown type',
      { policy: { 'default-service-strategy': 'deny', services: { kms: { type: 'x' } } } },
      'policy.services.kms.type must be rules or allow or deny',
    ],
    [
      'an unknown action',
      { policy: kmsRules(['perhaps', 'true']) },
      'policy.services.kms.rules.0.action must be allow or deny',
    ],
    [
      'a second expression that ends early',
      { policy: kmsRules(['allow', 'true'], ['deny', 'operation == ']) },
      /^policy\.services\.kms\.rules\.1\.expression is no CEL expression: /,
    ],
    [
      'a long expression',
      { policy: kmsRules(['allow', `'${'x'.repeat(4095)}' == ''`]) },
      'policy.services.kms.rules.0.expression must be at most 4096 characters',
    ],
    [
      'brackets that close, one too deep',
      { policy: kmsRules(['allow', `${'('.repeat(65)}true${')'.repeat(65)}`]) },
      `${unread}too deeply nested`,
    ],
    ['brackets without end', { policy: kmsRules(['allow', '('.repeat(2000)]) }, `${unread}too deeply nested`],
    [
      'a macro within a macro',
      { policy: kmsRules(['allow', '[1].all(x, [2].exists(y, x == y))']) },
      'policy.services.kms.rules.0.expression must not have a macro within a macro, or on what one has made',
    ],
    [
      'macros in a row, each of which doubles the list',
      { policy: kmsRules(['allow', `[[1]]${'.map(x, x + x)'.repeat(60)}[0].exists(x, x == 2)`]) },
      'policy.services.kms.rules.0.expression must not have a macro within a macro, or on what one has made',
    ],
    [
      'a repeatedly doubled text',
      { policy: kmsRules(['allow', `(${Array(200).fill('parameters.s').join('+')}).size() > 0`]) },
      'policy.services.kms.rules.0.expression must have at most 20 additions',
    ],
    [
      'an invalid assume-role policy',
      { 'assume-role-policy': { rules: [{ expression: ')' }] } },
      /^assume-role-policy\.rules\.0\.expression is no CEL expression: /,
    ],
  ])('%s is refused', async (_what, given, detail) => {
    const before = await server.get('/v2/iam-role')
    const reply = await server.post('/v2/iam-role', { name: 'refused', ...given })
    expect(reply).toMatchObject({ status: 400, headers: { 'content-type': 'application/problem+json' } })
    expect(reply.body).toMatchObject({
      title: 'Bad Request',
      detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
    })
    expect(Object.hasOwn(reply.body, 'errors')).toBe(revision === 'reference')
    expect((await server.get('/v2/iam-role')).body).toEqual(before.body)
  })

  test('roles are kept over a restart, and a deleted example role is not created again', async () => {
    const seeded = await roleNamed(server, 'kms-crypto')
    await server.call('DELETE', `/v2/iam-role/${seeded}`)
    const before = await server.get('/v2/iam-role')
    await server.restart()
    expect((await server.get('/v2/iam-role')).body).toEqual(before.body)
  })
})
