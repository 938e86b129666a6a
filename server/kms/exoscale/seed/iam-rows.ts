/** Roles, policies and API keys of a seed's part `exoscale`, as rows. */
import { compile, ExpressionError } from '../../../../src/clouds/exoscale/evaluation/expressions.ts'
import type { SeedContext, SeedCredential, SeedPart, SeedResource, Target } from '../../seed/seed.ts'
import type { Path, SeedErrors } from '../../seed/seed-errors.ts'
import { POLICY_ID, POLICY_KIND } from '../iam/organisation.ts'
import { allowAll, type Policy } from '../iam/policy.ts'
import { builtIn, KMS_CRYPTO, OWNER, ROLE_KIND, type Role, resourceOf, SEEDED } from '../iam/roles.ts'
import { CLOUD } from '../keys.ts'
import { derivedUuid } from '../uuid.ts'
import type { ExoscaleSeed } from './schema.ts'

const PART = 'exoscale'

interface SeedExpression {
  readonly at: Path
  readonly expression: string
}

type Rules = Policy['services'][string]['rules']

const expressionsIn = (rules: Rules, at: Path): readonly SeedExpression[] =>
  (rules ?? []).flatMap(({ expression }, index) =>
    expression === undefined ? [] : [{ expression, at: [...at, 'rules', index, 'expression'] }],
  )

const expressionsOf = (policy: Policy | undefined, at: Path): readonly SeedExpression[] =>
  Object.entries(policy?.services ?? {}).flatMap(([service, { rules }]) =>
    expressionsIn(rules, [...at, 'services', service]),
  )

/** Roles with their ids, in the order of the list. */
function rolesOf({ 'iam-roles': listed = [] }: ExoscaleSeed, { time, errors }: SeedContext): readonly Role[] {
  return listed.map(({ id, 'created-at': createdAt, editable = true, policy = allowAll, ...role }, index) => {
    const made = { ...role, id: id ?? derivedUuid(`${CLOUD} role ${role.name}`), createdAt: createdAt ?? time + index }
    if (builtIn.some((one) => one.id === made.id))
      errors.add([PART, 'iam-roles', index, 'id'], 'is that of a role of the cloud, which is there in any case')
    return { ...made, editable, policy, builtIn: false }
  })
}

const roleResource = (role: Role, index: number): SeedResource => ({
  at: [PART, 'iam-roles', index],
  resource: resourceOf(role),
})

/** API keys bound to a role of the seed or the provider; `roleIds` are other roles, which the store must have. */
function apiKeysOf(part: ExoscaleSeed, roles: readonly Role[], { time, errors }: SeedContext) {
  const known = [...roles, ...builtIn, ...(part['iam-roles'] ? [] : [{ id: KMS_CRYPTO, name: 'kms-crypto' }])]
  const roleIds: { at: Path; id: string }[] = []
  let hasStart = false
  const roleOf = ({ role, 'role-id': id }: ExoscaleSeed['api-keys'][number], at: Path): string => {
    if (role !== undefined && id !== undefined) errors.add([...at, 'role'], "can't be given together with role-id")
    if (id !== undefined && !known.some((one) => one.id === id)) roleIds.push({ at: [...at, 'role-id'], id })
    if (role === undefined) return id ?? OWNER
    const named = known.filter((one) => one.name === role)
    if (named.length !== 1) errors.add([...at, 'role'], named.length > 1 ? 'names several roles' : 'names no role')
    return named[0]?.id ?? OWNER
  }
  const credentials = part['api-keys'].map((apiKey, index): SeedCredential => {
    const roleId = roleOf(apiKey, [PART, 'api-keys', index])
    // The first key with full rights is printed at start.
    const isStart = roleId === OWNER && !hasStart
    hasStart ||= isStart
    return {
      at: [PART, 'api-keys', index, 'secret'],
      cloud: CLOUD,
      id: apiKey.key,
      name: apiKey.name,
      secret: apiKey.secret,
      createdAt: apiKey['created-at'] ?? time + index,
      attributes: { roleId, ...(isStart && { start: true }) },
    }
  })
  return { credentials, roleIds }
}

interface IamRows extends Pick<SeedPart, 'resources' | 'credentials'> {
  /** Adds an error for each invalid expression, as the API does. */
  check(errors: SeedErrors): Promise<void>
  /** Prevents the example role, and checks that the store has the other roles. */
  applyRoles(target: Target): void
}

export function iamRows(content: ExoscaleSeed, context: SeedContext): IamRows {
  const roles = rolesOf(content, context)
  const policy = content['iam-organization-policy']
  const at = [PART, 'iam-organization-policy']
  const resource = { cloud: CLOUD, kind: POLICY_KIND, id: POLICY_ID, createdAt: context.time }
  const expressions = [
    ...roles.flatMap((role, index) => [
      ...expressionsOf(role.policy, [PART, 'iam-roles', index, 'policy']),
      ...expressionsIn(role['assume-role-policy']?.rules, [PART, 'iam-roles', index, 'assume-role-policy']),
    ]),
    ...expressionsOf(policy, at),
  ]
  const { credentials, roleIds } = apiKeysOf(content, roles, context)
  return {
    credentials,
    resources: [...roles.map(roleResource), ...(policy ? [{ at, resource: { ...resource, content: policy } }] : [])],
    async check(errors) {
      for (const { at: place, expression } of expressions) {
        try {
          await compile(expression)
        } catch (error) {
          if (!(error instanceof ExpressionError)) throw error
          errors.add(place, error.message)
        }
      }
    },
    applyRoles({ rows, errors }) {
      if (content['iam-roles'] !== undefined && rows.setting(SEEDED) === undefined) rows.putSetting(SEEDED, 'yes')
      for (const { at: place, id } of roleIds)
        if (!rows.resource(CLOUD, ROLE_KIND, id)) errors.add(place, 'is the id of no role')
    },
  }
}
