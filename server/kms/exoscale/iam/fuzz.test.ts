import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ExoscaleEndpoint, endpoints } from '../../../../src/clouds/exoscale/endpoints.ts'
import { runs } from '../../../testing/runs.ts'
import { anyCharacter } from '../../testing/any-text.ts'
import { pathWith } from '../contract/testing/targets.ts'
import { revisions } from '../testing/expectations.ts'
import { openTestServer, type TestServer } from '../testing/server.ts'
import { callAs, keyWithPolicy, newRole } from './testing/access.ts'

const operations = Object.values<ExoscaleEndpoint>(endpoints).filter(({ service }) => service !== 'kms')

const word = fc.constantFrom(
  ...['name', 'role-id', 'description', 'permissions', 'labels', 'policy', 'assume-role-policy', 'max-session-ttl'],
  ...['editable', 'services', 'default-service-strategy', 'kms', 'type', 'rules', 'action', 'expression', 'resources'],
  ...['__proto__', 'constructor', 'toString'],
)
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    'allow',
    'deny',
    'rules',
    'true',
    'x',
    '',
    null,
    true,
    0,
    1,
    -1,
    2 ** 60,
    '\ud800',
    '\u0000',
  ),
  fc.string({ unit: anyCharacter, maxLength: 40 }),
)
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(word, tie('tree'), { maxKeys: 5 }),
  ),
}))
const body = fc.oneof(
  { weight: 4, arbitrary: fc.dictionary(word, tree).map((value) => JSON.stringify(value)) },
  fc.json(),
  fc.string({ unit: anyCharacter, maxLength: 60 }),
  fc.constantFrom('', '{', '[]', `{"policy":${'['.repeat(50_000)}`, `{"labels":${'{"a":'.repeat(5000)}`),
)
const piece = fc.constantFrom(
  ...[
    'operation',
    'parameters',
    'resources',
    '.kms_key',
    '.name',
    "['x']",
    '==',
    '!=',
    'in',
    '&&',
    '||',
    '!',
    '(',
    ')',
  ],
  ...['[', ']', ',', "'encrypt'", 'has(', '.has(', '.matches(', "'('", '1', '-', '/', '0', '?', ':', '{', '}', 'now'],
  ...[
    'timestamp(',
    '.all(x,',
    '.map(',
    'x',
    'dyn(',
    'type(',
    'size(',
    '//',
    '\n',
    '"""',
    'true',
    'false',
    '9999999999999999999',
  ],
)
const operand = fc.constantFrom(
  'operation',
  "parameters['x']",
  'resources.kms_key.name',
  "'encrypt'",
  '1',
  'true',
  '[now]',
)
const operator = fc.constantFrom('==', '!=', 'in', '&&', '||', '+', '<', '/')
const expression = fc.oneof(
  fc.tuple(operand, operator, operand).map((parts) => parts.join(' ')),
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(' ')),
  fc.string({ unit: anyCharacter, maxLength: 60 }),
)

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  let role: string
  let key: string
  beforeAll(async () => {
    server = await openTestServer({ revision })
    key = await server.newKey()
  })
  afterAll(() => server.close())

  test('no body causes an internal failure', async () => {
    role = await newRole(server, { name: 'target' })
    const identifier = fc.constantFrom(role, server.api.credential.key, 'kms-key', '%', '%00', '%ff', '__proto__', 'x')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), identifier, body, async ({ method, path }, id, content) => {
        // The key that this test signs with is not deleted.
        fc.pre(!(method === 'DELETE' && id === server.api.credential.key) && !path.endsWith('organization-policy'))
        const target = pathWith(path, id)
        const { status, text } = await server.call(method, target, method === 'GET' ? undefined : content)
        expect(server.failures).toEqual([])
        expect([200, 400, 404, 409]).toContain(status)
        expect(() => JSON.parse(text)).not.toThrow()
      }),
      { numRuns: runs(250) },
    )
  })

  test('no expression causes an internal failure: it is refused or counts as false', async () => {
    const outcomes = new Set<number>()
    const credential = await keyWithPolicy(server, { 'default-service-strategy': 'deny', services: {} })
    await fc.assert(
      fc.asyncProperty(expression, async (text) => {
        const services = { kms: { type: 'rules', rules: [{ action: 'allow', expression: text }] } }
        const set = await server.call('PUT', `/v2/iam-role/${credential.roleId}:policy`, {
          'default-service-strategy': 'deny',
          services,
        })
        expect([200, 400]).toContain(set.status)
        const use = await callAs(server, credential, 'POST', `${key}/encrypt`, { plaintext: '' })
        expect([200, 403]).toContain(use.status)
        expect(server.failures).toEqual([])
        outcomes.add(set.status)
      }),
      { numRuns: runs(100), examples: [['true'], ['1 +']] },
    )
    expect(outcomes).toEqual(new Set([200, 400]))
  })

  test('no time in a query causes an internal failure', async () => {
    const time = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 30 }),
      fc.date({ noInvalidDate: false }).map(String),
    )
    await fc.assert(
      fc.asyncProperty(time, time, async (from, to) => {
        const query = new URLSearchParams({ from: from.toWellFormed(), to: to.toWellFormed() })
        expect([200, 400]).toContain((await server.get(`/v2/event?${query}`)).status)
        expect(server.failures).toEqual([])
      }),
      { numRuns: runs(100) },
    )
  })
})
