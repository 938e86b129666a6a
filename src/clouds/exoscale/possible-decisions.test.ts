import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide, type EvaluatedPolicy } from './evaluation/decide.ts'
import { factsOf } from './evaluation/facts.ts'
import { type KnownCall, possibleDecisions } from './possible-decisions.ts'

const KEY = '0197c3a0-0000-7000-8000-000000000001'
const OTHER = '0197c3a0-0000-7000-8000-000000000002'

const rules = (...expressions: readonly (readonly [action: string, expression: string])[]): EvaluatedPolicy => ({
  'default-service-strategy': 'deny',
  services: { kms: { type: 'rules', rules: expressions.map(([action, expression]) => ({ action, expression })) } },
})

const call = (members: Partial<KnownCall> = {}): KnownCall => ({
  operation: 'encrypt',
  service: 'kms',
  zone: 'ch-gva-2',
  id: KEY,
  key: { id: KEY, name: 'billing', 'multi-zone': true },
  hasBody: true,
  ...members,
})

/** What one rule that allows makes of an encryption. */
const alone = async (expression: string, members: Partial<KnownCall> = {}) => {
  const [first] = await possibleDecisions(rules(['allow', expression]), call(members))
  return first?.on ?? first?.allowed
}

describe('a rule', () => {
  test.each([
    ['true', true],
    ["operation == 'encrypt'", true],
    ["operation == 'decrypt'", false],
    [`parameters.id == '${KEY}' && zone == 'ch-gva-2'`, true],
    [`parameters['id'] == '${OTHER}'`, false],
    ["resources.kms_key.name == 'billing' && resources.kms_key.multi_zone", true],
    ['resources.kms_key.none == 1', false],
    ['my_random_name', false],
    ["source_ip == '192.0.2.7'", ['source_ip']],
    ["source_ip.startsWith('10.') || api_key == 'EXO1'", ['source_ip', 'api_key']],
    ["timestamp(now) < timestamp('2027-01-01T00:00:00Z')", ['now']],
    ['has(source_ip.x)', ['source_ip']],
    ["parameters['delay-days'] > 7", ['parameters.delay-days']],
    ['has(parameters.encryption_context)', ['parameters.encryption_context']],
    ["parameters.has('encryption_context')", ['parameters.encryption_context']],
    ["'plaintext' in parameters", ['parameters.plaintext']],
    ["parameters.all(name, name != 'x')", ['parameters']],
    ['size(parameters) > 1', ['parameters']],
  ])('%s: %j', async (expression, outcome) => {
    expect(await alone(expression)).toEqual(outcome)
  })

  test.each([
    "source_ip == '192.0.2.7' && operation == 'decrypt'",
    "has(parameters.encryption_context) && operation == 'decrypt'",
    "size(parameters) > 3 && operation == 'decrypt'",
    `parameters.id == '${OTHER}' && has(parameters.encryption_context)`,
    "!(source_ip != '192.0.2.7' || operation != 'decrypt')",
  ])('does not depend on what can’t change it: %s', async (expression) => {
    expect(await alone(expression)).toBe(false)
  })

  test('of a call without a body looks into nothing that is open', async () => {
    expect(await alone('has(parameters.encryption_context)', { hasBody: false })).toBe(false)
  })
})

describe('a policy', () => {
  const office = "source_ip == '192.0.2.7'"

  test('is decided by the first rule that matches, by its number', async () => {
    const policy = rules(['deny', "operation == 'decrypt'"], ['allow', 'true'], ['deny', 'true'])
    expect(await possibleDecisions(policy, call())).toEqual([{ allowed: true, by: 'rule', rule: 2 }])
    expect(await possibleDecisions(policy, call({ operation: 'decrypt' }))).toEqual([
      { allowed: false, by: 'rule', rule: 1 },
    ])
  })

  test('has what a rule that depends on the request decides, and what is left', async () => {
    expect(await possibleDecisions(rules(['allow', office]), call())).toEqual([
      { allowed: true, by: 'rule', rule: 1, on: ['source_ip'] },
      { allowed: false, by: 'no-rule' },
    ])
  })

  test('decides without rules by the service or its default', async () => {
    const allow = { 'default-service-strategy': 'allow', services: {} }
    expect(await possibleDecisions(allow, call())).toEqual([{ allowed: true, by: 'default' }])
    const refused = { ...allow, services: { kms: { type: 'deny' } } }
    expect(await possibleDecisions(refused, call())).toEqual([{ allowed: false, by: 'service' }])
    expect(await possibleDecisions(rules(), call())).toEqual([{ allowed: false, by: 'no-rule' }])
  })
})

test('any request is decided as one of the possible decisions says', async () => {
  const condition = fc.letrec((tie) => ({
    leaf: fc.constantFrom(
      'true',
      "operation == 'encrypt'",
      `parameters.id == '${KEY}'`,
      `parameters.id == '${OTHER}'`,
      "source_ip == '192.0.2.7'",
      "api_key == 'EXO1'",
      'parameters.size > 3',
      'has(parameters.context)',
      "parameters.has('size')",
      "'context' in parameters",
      'size(parameters) == 2',
      'resources.kms_key.multi_zone',
      'resources.kms_key.none',
    ),
    any: fc.oneof(
      { maxDepth: 3 },
      tie('leaf'),
      fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(${a} && ${b})`),
      fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(${a} || ${b})`),
      tie('any').map((a) => `!(${a})`),
      fc.tuple(tie('any'), tie('any'), tie('any')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    ),
  })).any as fc.Arbitrary<string>
  const policies = fc
    .array(fc.tuple(fc.constantFrom('allow', 'deny'), condition), { maxLength: 4 })
    .map((list) => rules(...list))
  const requests = fc.record({
    sourceIp: fc.constantFrom('192.0.2.7', '198.51.100.1'),
    apiKey: fc.constantFrom('EXO1', 'EXO2'),
    members: fc.constantFrom({}, { size: 2 }, { size: 5 }, { context: 'x' }, { size: 5, context: 'x' }),
  })
  await fc.assert(
    fc.asyncProperty(policies, requests, async (policy, request) => {
      const known = call()
      const possible = await possibleDecisions(policy, known)
      const made = await decide(policy, 'kms', async () =>
        factsOf({ ...known, ...request, now: '2026-01-01T00:00:00Z' }),
      )
      const number = made.by === 'rule' ? { rule: made.outcomes.length } : {}
      expect(possible.map(({ on, ...decision }) => decision)).toContainEqual({
        allowed: made.allowed,
        by: made.by,
        ...number,
      })
    }),
    { numRuns: 300 },
  )
})
