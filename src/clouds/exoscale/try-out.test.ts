import { describe, expect, test } from 'vitest'
import type { TriedCall } from '../role-policies.ts'
import { parametersFault, tryOutOperations, verdictOf } from './try-out.ts'

const KEY = '0197c3a0-0000-7000-8000-000000000001'
const OTHER = '0197c3a0-0000-7000-8000-000000000002'

const allowAll = { 'default-service-strategy': 'allow', services: {} }
const rules = (...expressions: readonly (readonly [action: string, expression: string])[]) => ({
  'default-service-strategy': 'deny',
  services: { kms: { type: 'rules', rules: expressions.map(([action, expression]) => ({ action, expression })) } },
})

const verdict = (call: Partial<TriedCall>, policy: object, organisation: object | undefined = allowAll) =>
  verdictOf(
    {
      operation: 'encrypt',
      location: 'ch-gva-2',
      keyId: KEY,
      parameters: '',
      sourceIp: '10.0.0.1',
      apiKey: 'EXO1',
      ...call,
    },
    {
      policy: { ...allowAll, ...policy },
      organisation: organisation && { ...allowAll, ...organisation },
      now: '2026-01-01T00:00:00Z',
      readKey: async (id) => (id === KEY ? { id, name: 'billing', 'multi-zone': true } : undefined),
    },
  )

describe('the try-out says what decides', () => {
  const policy = rules(
    ['deny', "parameters['delay-days'] < 14"],
    ['allow', "operation == 'encrypt' && parameters.id == '0197C3A0-0000-7000-8000-000000000001'.lowerAscii()"],
    ['allow', "resources.kms_key.name == 'billing' && resources.kms_key.multi_zone"],
    ['deny', 'true'],
  )

  test('a rule, and what the others did', async () => {
    expect(await verdict({}, policy)).toMatchObject({
      allowed: true,
      because: 'Rule 3 of kms in this policy allows it.',
      rules: [
        { outcome: 'skipped', reason: 'field not found: delay-days.' },
        { outcome: 'never', reason: 'The expression calls lowerAscii, which is no function.' },
        { outcome: 'matches' },
        { outcome: 'unreached' },
      ],
    })
    expect(await verdict({ operation: 'schedule-kms-key-deletion', parameters: '{"delay-days": 7}' }, policy)).toEqual(
      expect.objectContaining({ allowed: false, because: 'Rule 1 of kms in this policy refuses it.' }),
    )
  })

  test('rules that never match, also those that the decision does not reach', async () => {
    const unknown = rules(['allow', 'my-random-name'], ['allow', 'true'], ['deny', "operation == 'encript'"])
    expect(await verdict({}, unknown)).toMatchObject({
      allowed: true,
      because: 'Rule 2 of kms in this policy allows it.',
      rules: [
        { outcome: 'never', reason: expect.stringMatching(/^The expression names “my”; known are operation, /) },
        { outcome: 'matches' },
        { outcome: 'never', reason: 'No operation of kms is named encript.' },
      ],
    })
  })

  test.each([
    [rules(['allow', "operation == 'decrypt'"]), 'No rule of kms in this policy matches, so the call is refused.'],
    [{ 'default-service-strategy': 'deny' }, 'This policy does not list kms, and its default refuses it.'],
    [{ services: { kms: { type: 'deny' } } }, 'This policy refuses all of kms.'],
  ])('%j', async (refusing, because) => {
    expect(await verdict({}, refusing)).toMatchObject({ allowed: false, because })
    const organisation = because.replace(/this policy/i, (words) =>
      words.startsWith('T') ? 'The organisation’s policy' : 'the organisation’s policy',
    )
    expect(await verdict({}, allowAll, refusing)).toMatchObject({ allowed: false, because: organisation })
  })

  test('a re-encryption needs both keys', async () => {
    const one = rules(['allow', `parameters.id == '${KEY}'`])
    const parameters = JSON.stringify({ destination: { key: OTHER } })
    expect(await verdict({ operation: 're-encrypt', parameters: '{}' }, one)).toMatchObject({ allowed: true })
    expect(await verdict({ operation: 're-encrypt', parameters }, one)).toMatchObject({ allowed: false })
  })
})

test('operations are those that policies can name, and some are on a key', () => {
  const isOnKey = (id: string) => tryOutOperations.find((operation) => operation.id === id)?.isOnKey
  expect([isOnKey('encrypt'), isOnKey('list-kms-keys'), isOnKey('create-api-key'), isOnKey('list-zones')]).toEqual([
    true,
    false,
    false,
    undefined,
  ])
})

test('parameters are a JSON object or nothing', () => {
  expect(['', ' ', '{"a": 1}', '[]', '{'].map(parametersFault)).toEqual([
    undefined,
    undefined,
    undefined,
    'The body must be a JSON object.',
    'The body is not JSON.',
  ])
})
