import { describe, expect, test } from 'vitest'
import { templates } from './policy-templates.ts'
import { checkPolicyText, lineOfRefusal } from './policy-text.ts'

const text = (services: object, strategy = 'deny') =>
  JSON.stringify({ 'default-service-strategy': strategy, services }, null, 1)

const withRule = (expression: unknown, action: unknown = 'allow', service = 'kms') =>
  text({ [service]: { type: 'rules', rules: [{ action, expression }] } })

const remarksOn = async (policy: string) =>
  (await checkPolicyText(policy)).map(({ line, tone, message }) => `${line} ${tone}: ${message}`)

test.each(templates)('the template $label has no remarks', async ({ policy }) => {
  expect(await remarksOn(policy('0197C3A0-0000-7000-8000-000000000001'))).toEqual([])
})

describe('the check of a policy names the line', () => {
  test.each<[string, string[]]>([
    ['{\n "services" {}', ['2 error: Unexpected {. Add :.']],
    ['[]', ['1 error: A policy must be an object.']],
    ['{}', ['1 error: default-service-strategy must be "allow" or "deny".', '1 error: services must be an object.']],
    [text({}, 'maybe'), ['2 error: default-service-strategy must be "allow" or "deny".']],
    [text({ kms: { type: 'all' } }), ['5 error: type must be "allow" or "deny" or "rules".']],
    [text({ kms: {} }), ['4 warning: Without type every call is refused.']],
    [text({ kms: { type: 'rules' } }), ['4 warning: No rules: every call is refused.']],
    [text({ kms: { type: 'allow', rules: [] } }), ['6 warning: The rules have no effect. Set type to "rules".']],
    [withRule('true', 'audit'), ['8 error: action must be "allow" or "deny".']],
    [withRule(7), ['9 error: expression must be a text in CEL.']],
    [withRule("operation = 'encrypt'"), [expect.stringMatching(/^9 error: The expression is no CEL expression: /)]],
    [withRule("operation == 'encript'"), ['9 warning: The rule never matches: no operation of kms is named encript.']],
    [
      withRule("operation == 'encrypt'", 'allow', 'iam'),
      ['9 warning: The rule never matches: no operation of iam is named encrypt.'],
    ],
    [
      withRule("operation in ['encrypt', 'encript']"),
      ['9 warning: kms has no operation encript that this console knows. Check the spelling.'],
    ],
    [withRule("operation in ['sign', 'verify', 'get-public-key', 'connect-key-store']"), []],
    [
      withRule("resources.kms_key.nme == 'x' && resources['kms-key'].key_spec == 'AES_256' && resources.bucket == 'x'"),
      [
        '9 warning: No kms-key.nme is in resources of kms. The comparison fails and the rule is skipped.',
        '9 warning: No bucket is in resources of kms. The comparison fails and the rule is skipped.',
      ],
    ],
    [withRule("resources.kms_key.rotation.next_at != '' && !has(resources.kms_key.nme)"), []],
    [withRule("resources.bucket == 'x'", 'allow', 'sos'), []],
    [withRule("operation == 'get-bucket'", 'allow', 'sos'), []],
    [
      withRule("source == '10.0.0.1'"),
      [
        expect.stringMatching(
          /^9 warning: The rule never matches: the expression names “source”; known are operation, /,
        ),
      ],
    ],
    [
      withRule("parameters['delay-days'] < 14", 'deny'),
      [expect.stringMatching(/^9 warning: A call without delay-days/)],
    ],
    [withRule('true', 'allow', 'kmss'), [expect.stringMatching(/^4 warning: No service kmss is known\./)]],
  ])('%j', async (policy, remarks) => {
    expect(await remarksOn(policy)).toEqual(remarks)
  })
})

test('the place that a refusal of the API names has a line', () => {
  const policy = withRule('true')
  expect(lineOfRefusal(policy, 'Policy.services.kms.rules.0.expression is no CEL expression.')).toBe(9)
  expect(lineOfRefusal(policy, 'Services.kms.rules.0.action must be allow or deny')).toBe(8)
  expect(lineOfRefusal(policy, 'Default-service-strategy is required')).toBe(2)
  expect(lineOfRefusal(policy, 'Name is required')).toBeUndefined()
})
