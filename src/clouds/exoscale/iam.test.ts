import { describe, expect, test } from 'vitest'
import type { CloudConnection } from '../gateway/wire.ts'
import type { Snippet } from '../snippet.ts'
import { iam } from './iam.ts'

const connection = (members: Partial<CloudConnection> = {}): CloudConnection => ({
  id: 'exoscale',
  mode: 'live',
  endpoint: 'https://api-{zone}.exoscale.com/v2',
  zones: ['de-fra-1', 'ch-gva-2'],
  ...members,
})

const made = { key: 'EXO1', name: 'ci', roleId: 'r-1', secret: 'a-secret_with-43' }

describe('the environment file', () => {
  test('contains only the names that the CLI and Terraform read, for the live cloud', () => {
    expect(iam.environmentFile(made, connection())).toBe(
      'EXOSCALE_API_KEY=EXO1\nEXOSCALE_API_SECRET=a-secret_with-43\n',
    )
    expect(iam.variables).toEqual(['EXOSCALE_API_KEY', 'EXOSCALE_API_SECRET'])
  })

  test('contains another endpoint', () => {
    const local = connection({ mode: 'embedded', endpoint: 'http://127.0.0.1:8400/zone/{zone}/v2' })
    expect(iam.environmentFile(made, local)).toContain(
      '\nEXOSCALE_API_ENDPOINT=http://127.0.0.1:8400/zone/ch-gva-2/v2\n',
    )
  })

  test('quotes special characters of a shell', () => {
    expect(iam.environmentFile({ ...made, secret: `it's "$HOME"` }, connection())).toContain(
      `\nEXOSCALE_API_SECRET='it'\\''s "$HOME"'\n`,
    )
  })
})

test('any zone answers for the organisation; the usual one is preferred', () => {
  expect(iam.location(connection())).toBe('ch-gva-2')
  expect(iam.location(connection({ zones: ['at-vie-1'] }))).toBe('at-vie-1')
  const { zones, ...without } = connection()
  expect(iam.location(without)).toBe('ch-gva-2')
})

describe('trying a key', () => {
  test('reads the file, and contains no secret', () => {
    const trial = iam.trial(connection(), 'ci.env')
    const codes = 'snippets' in trial ? trial.snippets : []
    expect(codes.map(({ label }) => label)).toEqual(['exo', 'curl'])
    expect(codes[1]?.code).toMatch(/^\. \.\/ci\.env\n[\s\S]*\nexo_call GET \/kms-key$/)
    expect(codes[0]?.code).toContain('set -a; . ./ci.env; set +a\nexo kms key list')
  })

  test('is unavailable if the local KMS has no own port', () => {
    const { endpoint, ...inside } = connection({ mode: 'embedded' })
    expect(iam.trial(inside, 'ci.env')).toEqual({ unreachable: expect.stringContaining('KMS_PORT=8400') })
  })
})

describe('code to create a key', () => {
  const codeOf = (name: string, label: string) =>
    iam
      .createCode('ch-gva-2', { name, roleId: 'r-1', roleName: 'kms crypto' })
      .find((snippet) => snippet.label === label)?.code

  test('exists in every language', () => {
    expect(codeOf('ci', 'curl')).toMatch(/\nexo_call POST \/api-key '\{"name":"ci","role-id":"r-1"\}'$/)
    expect(codeOf('ci', 'exo')).toBe("exo iam api-key create ci 'kms crypto'")
    expect(codeOf('ci', 'Go')).toContain('client.CreateAPIKey(ctx, v3.CreateAPIKeyRequest{')
    expect(codeOf('ci', 'Python')).toContain('client.create_api_key(name="ci", role_id="r-1")')
    expect(codeOf('ci', 'Terraform')).toContain(
      'resource "exoscale_iam_api_key" "ci" {\n  name    = "ci"\n  role_id = "r-1"\n}',
    )
  })

  test('accepts any name', () => {
    expect(codeOf('-f', 'exo')).toBe("exo iam api-key create -- -f 'kms crypto'")
    expect(codeOf(`it's "q" $HOME`, 'exo')).toBe(`exo iam api-key create 'it'\\''s "q" $HOME' 'kms crypto'`)
    expect(codeOf('a ${b}', 'Terraform')).toContain('name    = "a $${b}"')
  })
})

test('code to delete a key exists in every language', () => {
  const snippets = iam.removeCode('ch-gva-2', { key: 'EXO1', name: 'leaving', roleId: 'r-1' })
  expect(snippets.map(({ label }) => label)).toEqual(['exo', 'Go', 'Python', 'curl', 'Terraform'])
  const codeOf = (label: string) => snippets.find((snippet) => snippet.label === label)?.code
  expect(codeOf('curl')).toContain('exo_call DELETE /api-key/EXO1')
  expect(codeOf('exo')).toBe('exo iam api-key delete EXO1 \\\n  --force')
  expect(codeOf('Terraform')).toContain('terraform destroy -target=exoscale_iam_api_key.leaving')
})

describe('code for roles', () => {
  const policy = {
    'default-service-strategy': 'deny',
    services: { kms: { type: 'rules', rules: [{ action: 'allow', expression: "operation == 'encrypt'" }] } },
  }
  const wanted = { name: 'ci encrypt', description: 'For CI', policyText: JSON.stringify(policy, null, 2) }
  const role = {
    id: 'r-1',
    name: 'ci encrypt',
    permissions: [],
    editable: true,
    labels: {},
    defaultStrategy: 'deny',
    services: [],
    allows: 'Encrypt',
    breadth: 1,
    policyText: wanted.policyText,
  } as const
  const pick = (snippets: readonly Snippet[], label: string) =>
    snippets.find((snippet) => snippet.label === label)?.code ?? ''
  const json = `{"default-service-strategy":"deny","services":{"kms":{"type":"rules","rules":[{"action":"allow","expression":"operation == '\\''encrypt'\\''"}]}}}`
  const hcl = [
    '    default_service_strategy = "deny"',
    '    services = {',
    '      kms = {',
    '        type = "rules"',
    '        rules = [',
    '          {',
    '            action     = "allow"',
    `            expression = "operation == 'encrypt'"`,
    '          },',
    '        ]',
    '      }',
    '    }',
  ].join('\n')
  const go = [
    'v3.IAMPolicy{',
    '\t\tDefaultServiceStrategy: "deny",',
    '\t\tServices: map[string]v3.IAMServicePolicy{"kms": {',
    '\t\t\tType: "rules",',
    '\t\t\tRules: []v3.IAMServicePolicyRule{',
    '\t\t\t\t{',
    '\t\t\t\t\tAction:     "allow",',
    `\t\t\t\t\tExpression: "operation == 'encrypt'",`,
    '\t\t\t\t},',
    '\t\t\t},',
    '\t\t}},',
    '\t}',
  ].join('\n')

  test('creates one in every language', () => {
    const snippets = iam.createRoleCode('ch-gva-2', wanted)
    expect(snippets.map(({ label }) => label)).toEqual(['exo', 'Go', 'Python', 'curl', 'Terraform'])
    expect(pick(snippets, 'curl')).toContain(
      `exo_call POST /iam-role '{"name":"ci encrypt","description":"For CI","policy":${json}}'`,
    )
    expect(pick(snippets, 'exo')).toBe(
      `exo iam role create \\\n  --description 'For CI' \\\n  --policy '${json}' \\\n  'ci encrypt'`,
    )
    expect(pick(snippets, 'Terraform')).toContain(
      `resource "exoscale_iam_role" "ci_encrypt" {\n  name        = "ci encrypt"\n  description = "For CI"\n  policy = {\n${hcl}\n  }\n}`,
    )
    expect(pick(snippets, 'Go').replaceAll('\n\t', '\n')).toContain(`Policy: &${go}`)
    expect(pick(snippets, 'Python')).toContain(
      '"rules": [{"action": "allow", "expression": "operation == \'encrypt\'"}]',
    )
  })

  test('changes only what is different', () => {
    const snippets = iam.changeRoleCode('ch-gva-2', role, { policyText: wanted.policyText })
    expect(pick(snippets, 'curl')).toMatch(/\nexo_call PUT \/iam-role\/r-1:policy '\{"default-service-strategy"/)
    expect(pick(snippets, 'curl')).not.toContain('PUT /iam-role/r-1 ')
    expect(pick(snippets, 'exo')).toBe(`exo iam role update r-1 \\\n  --policy '${json}'`)
    expect(pick(snippets, 'Go')).toContain('client.UpdateIAMRolePolicy(ctx, "r-1", v3.IAMPolicy{')
    expect(pick(iam.changeRoleCode('ch-gva-2', role, { description: 'Other' }), 'Go')).toContain(
      'client.UpdateIAMRole(ctx, "r-1", v3.UpdateIAMRoleRequest{Description: "Other"})',
    )
  })

  test('deletes one by its id', () => {
    const snippets = iam.removeRoleCode('ch-gva-2', role)
    expect(pick(snippets, 'curl')).toContain('exo_call DELETE /iam-role/r-1')
    expect(pick(snippets, 'exo')).toBe('exo iam role delete r-1 \\\n  --force')
    expect(pick(snippets, 'Terraform')).toContain('-target=exoscale_iam_role.ci_encrypt')
  })
})
