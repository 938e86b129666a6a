import { describe, expect, test } from 'vitest'
import { understand } from './expression.ts'
import { readRole } from './policy.ts'
import type { Policy } from './wire-organisation.ts'

const roleOf = (policy?: Policy) => readRole({ id: 'role-1', name: 'ci', ...(policy ? { policy } : {}) })

const rule = (expression: string, action = 'allow') => ({ action, expression })
const byRules = (...rules: ReturnType<typeof rule>[]) => ({ type: 'rules', rules })
const denying = (services: NonNullable<Policy['services']>): Policy => ({
  'default-service-strategy': 'deny',
  services,
})
const allowing = (services: NonNullable<Policy['services']>): Policy => ({
  'default-service-strategy': 'allow',
  services,
})

const use = rule("operation in ['encrypt', 'decrypt', 'generate-data-key']")
const reads = rule("operation in ['list-kms-keys', 'get-kms-key', 'list-kms-key-rotations']")
const iamReads = rule(
  "operation in ['list-api-keys','get-api-key','list-iam-roles','get-iam-role','get-iam-organization-policy']",
)
const address = rule("source_ip == '10.0.0.1'")

describe('permissions of a role', () => {
  test.each<[string, Policy | undefined]>([
    ['Everything', undefined],
    ['Everything', {}],
    ['Everything', allowing({})],
    ['Everything', allowing({ kms: { type: 'allow' } })],
    ['Everything', allowing({ kms: byRules(rule('true')) })],
    ['Everything but KMS', allowing({ kms: { type: 'deny' } })],
    ['Everything but KMS, Object storage', allowing({ kms: byRules(), sos: { type: 'deny' } })],
    ['Everything; of KMS only encrypt, decrypt, data keys', allowing({ kms: byRules(use) })],
    ['Everything but IAM; of KMS by 1 rule', allowing({ iam: { type: 'deny' }, kms: byRules(address) })],
    ['Nothing', denying({})],
    ['Nothing', denying({ kms: { type: 'deny' } })],
    ['Nothing', denying({ kms: byRules() })],
    ['Nothing', denying({ kms: {} })],
    ['Nothing', denying({ kms: byRules(rule('false')) })],
    ['Nothing', denying({ kms: byRules(rule('true', 'deny'), rule('true')) })],
    ['All of KMS', denying({ kms: { type: 'allow' } })],
    ['All of KMS', denying({ kms: byRules(rule('true')) })],
    ['Encrypt, decrypt, data keys', denying({ kms: byRules(use) })],
    ['List and read', denying({ kms: byRules(reads) })],
    ['Encrypt, list and read', denying({ kms: byRules(reads, rule("operation == 'encrypt'")) })],
    ['List', denying({ kms: byRules(rule("operation == 'list-kms-keys'")) })],
    ['All of KMS, IAM read', denying({ kms: { type: 'allow' }, iam: byRules(iamReads) })],
    [
      'IAM create API keys, change-of-tomorrow',
      denying({ iam: byRules(rule("operation in ['create-api-key', 'change-of-tomorrow']")) }),
    ],
    [
      'All of KMS but schedule deletion',
      denying({ kms: byRules(rule("operation == 'schedule-kms-key-deletion'", 'deny'), rule('true')) }),
    ],
    ['All of KMS but create', denying({ kms: byRules(rule("operation != 'create-kms-key'")) })],
    ['By 1 rule of KMS', denying({ kms: byRules(address) })],
    ['By 2 rules of KMS', denying({ kms: byRules(address, use) })],
    ['By 1 rule of KMS, all of DNS', denying({ kms: byRules(address), dns: { type: 'allow' } })],
    [
      '8 of 26 operations of KMS',
      denying({
        kms: byRules(use, rule("operation in ['sign','verify','re-encrypt','create-kms-key','rotate-kms-key']")),
      }),
    ],
    ['Encrypt with 1 key', denying({ kms: byRules(rule("operation == 'encrypt' && parameters.id == 'k-1'")) })],
    [
      'Encrypt, decrypt with 2 keys',
      denying({ kms: byRules(rule("operation in ['encrypt','decrypt'] && parameters.id in ['k-1','k-2']")) }),
    ],
    ['Everything with 1 key', denying({ kms: byRules(rule("resources.kms_key.id == 'k-1'")) })],
    ['By 1 rule of KMS', denying({ kms: byRules(rule("parameters.id != 'k-1'")) })],
    [
      'By 2 rules of KMS',
      denying({
        kms: byRules(
          rule("operation == 'encrypt' && parameters.id == 'k-1'"),
          rule("operation == 'decrypt' && parameters.id == 'k-2'"),
        ),
      }),
    ],
    ['All of Databases', denying({ dbaas: byRules(rule('true')) })],
    ['Databases list-dbaas-services', denying({ dbaas: byRules(rule("operation == 'list-dbaas-services'")) })],
    ['All of tomorrow', denying({ tomorrow: { type: 'allow' } })],
    ['All of __proto__', denying(JSON.parse('{"__proto__":{"type":"allow"}}'))],
  ])('%s', (words, policy) => {
    expect(roleOf(policy).allows).toBe(words)
  })

  test('a rule with an unknown result does not reduce the shown permissions', () => {
    const { services } = roleOf(denying({ kms: byRules(use, address) }))
    expect(services[0]).toEqual({
      service: 'kms',
      name: 'KMS',
      type: 'rules',
      rules: [
        { action: 'allow', expression: use.expression, description: 'Encrypt, decrypt, data keys' },
        { action: 'allow', expression: address.expression },
      ],
      allows: 'By 2 rules',
    })
  })

  test('an unknown action or type does not count as allowed', () => {
    expect(roleOf(denying({ kms: byRules(rule('true', 'audit')) })).allows).toBe('Nothing')
    expect(roleOf(denying({ kms: { type: 'audit' } })).allows).toBe('Nothing')
  })
})

test('a role with only an id can be shown', () => {
  expect(readRole({ id: 'role-1' })).toEqual({
    id: 'role-1',
    name: 'role-1',
    permissions: [],
    editable: true,
    labels: {},
    defaultStrategy: 'allow',
    services: [],
    allows: 'Everything',
    breadth: expect.any(Number),
  })
})

test('narrow roles have less breadth than wide ones', () => {
  const byBreadth = [
    denying({}),
    denying({ kms: byRules(rule("operation == 'encrypt' && parameters.id == 'k-1'")) }),
    denying({ kms: byRules(rule("operation == 'encrypt'")) }),
    denying({ kms: byRules(use) }),
    denying({ kms: byRules(address) }),
    denying({ kms: { type: 'allow' } }),
    denying({ kms: { type: 'allow' }, iam: byRules(iamReads) }),
    denying({ kms: { type: 'allow' }, sos: { type: 'allow' } }),
    allowing({ kms: { type: 'deny' } }),
    allowing({}),
  ].map((policy) => roleOf(policy).breadth)
  expect(byBreadth).toEqual([...new Set(byBreadth)].sort((a, b) => a - b))
})

test('the policy is kept as JSON of the API', () => {
  const policy = denying({ kms: { type: 'allow' } })
  expect(JSON.parse(roleOf(policy).policyText ?? '')).toEqual(policy)
  expect(roleOf().policyText).toBeUndefined()
})

describe('an expression', () => {
  const operations = ['encrypt', 'decrypt', 'list-kms-keys']
  test.each([
    ['operation in [\'encrypt\', "decrypt"]', ['encrypt', 'decrypt']],
    ["operation in ['encrypt', 'decrypt'] // clé", ['encrypt', 'decrypt']],
    ["'encrypt' == operation || operation == 'decrypt'", ['encrypt', 'decrypt']],
    ["!(operation in ['encrypt'])", ['decrypt', 'list-kms-keys']],
    ["operation.startsWith('list-')", ['list-kms-keys']],
    ["operation != 'encrypt' && operation != 'decrypt'", ['list-kms-keys']],
    ["operation == 'encrypt' || true && false", ['encrypt']],
    ['true', operations],
    ['false', []],
  ])('%s', (expression, allowed) => {
    expect(operations.filter((id) => understand(expression)?.holds(id, 'k-1'))).toEqual(allowed)
  })

  test.each([
    '',
    'operation',
    "operation in ['encrypt'",
    'operation in []',
    "operation in ['it\\'s']",
    "operation == 'encrypt' && source_ip == '10.0.0.1'",
    "resources.kms_key.name == 'a'",
    "operation == 'encrypt' ? true : false",
    "operation.endsWith('key')",
    "timestamp(now) > timestamp('2026-01-01T00:00:00Z')",
    "operation == 'encrypt' operation",
  ])('is not understood: %s', (expression) => {
    expect(understand(expression)).toBeUndefined()
  })
})
