import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EndpointId, type ExoscaleEndpoint, endpoints } from '../../../../src/clouds/exoscale/endpoints.ts'
import { runs, sample } from '../../../testing/runs.ts'
import { revisions } from '../testing/expectations.ts'
import { openTestServer, type Reply, type TestServer } from '../testing/server.ts'
import { contractOf } from './testing/operations.ts'
import { type Body, violations } from './testing/requests.ts'
import { breaches, type ObjectSchema, opened, type Path } from './testing/schema.ts'
import { namedIn, operationsOf, type Prepared, pathWith, prepare, readAll, withBody } from './testing/targets.ts'

const UUID_OF_NOTHING = '019eef1b-c320-7416-89a2-8f65eb889ad1'

/** Every path in a body, except the body itself. */
function* places(value: unknown, at: Path = []): Generator<Path> {
  if (at.length > 0) yield at
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) yield* places(member, [...at, name])
}

function put(value: unknown, [name, ...rest]: Path, changed: unknown): unknown {
  if (name === undefined) return changed
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === name ? put(item, rest, changed) : item))
  return { ...(value as Body), [name]: put((value as Body)[name], rest, changed) }
}

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer({ revision })
  })
  afterEach(() => server.close())

  /** Checks a refusal as invalid whose message names the member; the hook has validated the answer. */
  function expectNamed(reply: Reply, at: Path, what: string) {
    const name = at.join('.')
    const said = `${name || 'the body'}: ${what}`
    expect([said, reply.status, reply.headers['content-type']]).toEqual([said, 400, 'application/problem+json'])
    expect(reply.body.detail, said).toContain(name)
    if (revision === 'reference')
      expect(
        namedIn(reply).some((path) => path.startsWith(name)),
        said,
      ).toBe(true)
    else expect(reply.body).not.toHaveProperty('errors')
  }

  const send = ({ method, target }: Prepared, body: unknown, headers = {}) =>
    server.call(method, target, typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body), {
      'content-type': 'application/json',
      ...headers,
    })

  describe.each(withBody(revision))('%s', (operation, schema: ObjectSchema) => {
    test('refuses each violation of its schema, names the member and changes nothing', async () => {
      const prepared = await prepare(server, operation)
      const before = await readAll(server)
      for (const body of prepared.bodies)
        for (const { at, what, value } of sample(violations(schema, body)))
          if (at.length > 0) expectNamed(await send(prepared, value), at, `${what} in ${JSON.stringify(value)}`)
      expect(await readAll(server)).toEqual(before)
    })

    test('refuses any body that violates its schema', async () => {
      const prepared = await prepare(server, operation)
      const before = await readAll(server)
      const [body] = prepared.bodies
      const value = fc.oneof(
        fc.jsonValue({ maxDepth: 2 }),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ maxLength: 300 }),
        fc.base64String({ maxLength: 20 }),
      )
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...places(body)), value, async (at, changed) => {
          const broken: unknown = JSON.parse(JSON.stringify(put(body, at, changed)))
          fc.pre([...breaches(opened(schema), broken)].length > 0)
          expectNamed(await send(prepared, broken), at, JSON.stringify(changed))
        }),
        { numRuns: runs(40) },
      )
      expect(await readAll(server)).toEqual(before)
    })

    test('refuses a body that is not a JSON object', async () => {
      const prepared = await prepare(server, operation)
      const before = await readAll(server)
      const bodies = [
        '[]',
        'null',
        '17',
        'true',
        '"text"',
        '{"name":',
        "{'name':1}",
        'name=x',
        '{}x',
        '\ufeff{',
        '[{}]',
      ]
      for (const body of bodies) expectNamed(await send(prepared, body), [], body)
      expectNamed(await send(prepared, new Uint8Array([0x7b, 0xff, 0x7d])), [], 'no UTF-8')
      const [valid] = prepared.bodies
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/json'])
        expectNamed(await send(prepared, valid, { 'content-type': type }), [], type)
      expect(await readAll(server)).toEqual(before)
    })
  })

  const withRequired = withBody(revision).filter(([, { required = [] }]) => required.length > 0)

  test.each(withRequired)('%s names the missing members of an absent body', async (operation, { required = [] }) => {
    const { method, target } = await prepare(server, operation)
    for (const body of [undefined, {}]) {
      const reply = await server.call(method, target, body)
      for (const member of required) expectNamed(reply, [member], 'absent')
    }
  })

  const withoutRequired = ['enable-kms-key-rotation', 'schedule-kms-key-deletion', 'update-iam-role'] as const

  test.each(withoutRequired)('%s requires a body, and none of its members', async (operation) => {
    const { method, target } = await prepare(server, operation)
    const before = await readAll(server)
    const absent = await server.call(method, target)
    expectNamed(absent, [], 'absent')
    expect(absent.body.detail).toBe('the body is missing; {} stands for the defaults')
    expect(await readAll(server)).toEqual(before)
    expect((await server.call(method, target, {})).status).toBe(200)
  })

  const withExpression: ReadonlyArray<readonly [EndpointId, string]> = [
    ['create-iam-role', 'policy.services.kms.rules.0.expression'],
    ['create-iam-role', 'assume-role-policy.rules.0.expression'],
    ['update-iam-role', 'assume-role-policy.rules.0.expression'],
    ['update-iam-role-policy', 'services.kms.rules.0.expression'],
    ['update-iam-organization-policy', 'services.kms.rules.0.expression'],
  ]

  test.each(withExpression)('%s refuses a %s that is not CEL', async (operation, member) => {
    const prepared = await prepare(server, operation)
    const before = await readAll(server)
    const at = member.split('.')
    for (const expression of ['', 'operation ==', "operation == 'encrypt", '(', 'a b', '1 +* 2', ')'.repeat(2000)])
      expectNamed(await send(prepared, put(prepared.bodies[0], at, expression)), at, expression)
    expect(await readAll(server)).toEqual(before)
  })

  const withUuid = operationsOf(revision).filter((id) => {
    const { id: schema } = contractOf(revision, id)
    return schema?.type === 'string' && schema.format === 'uuid'
  })

  test.each(withUuid)('%s requires a UUID in its path', async (operation) => {
    const before = await readAll(server)
    const { method, path }: ExoscaleEndpoint = endpoints[operation]
    const ids = [
      'x',
      UUID_OF_NOTHING.replaceAll('-', ''),
      `${UUID_OF_NOTHING}0`,
      UUID_OF_NOTHING.slice(1),
      `%7B${UUID_OF_NOTHING}%7D`,
      `${UUID_OF_NOTHING}%0A`,
      UUID_OF_NOTHING.replace('0', 'g'),
      '%00',
      '%',
      '%E0%A4',
    ]
    for (const id of ids) {
      const target = pathWith(path, id)
      expectNamed(await server.call(method, target, method === 'GET' ? undefined : {}), ['id'], id)
    }
    expect(await readAll(server)).toEqual(before)
  })
})
