/** Roles, policies and API keys of a seed's part `exoscale`, as rows. */

import { derivedUuid } from '../../seed/derive.ts'
import type { Seed, SeedCredential, SeedExpression, SeedResource } from '../../seed/seed.ts'
import type { Path, SeedErrors } from '../../seed/seed-errors.ts'
import { POLICY_ID, POLICY_KIND } from '../iam/organisation.ts'
import { allowAll, type Policy } from '../iam/policy.ts'
import { builtIn, example, OWNER, ROLE_KIND, type Role } from '../iam/roles.ts'
import { CLOUD } from '../keys.ts'
import type { ExoscalePart } from './schema.ts'

interface Context {
  /** Milliseconds; the time of what has none. */
  readonly time: number
  readonly errors: SeedErrors
}

const PART = 'exoscale'

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
function rolesOf({ 'iam-roles': listed = [] }: ExoscalePart, { time, errors }: Context): readonly Role[] {
  return listed.map(({ id, 'created-at': createdAt, editable = true, policy = allowAll, ...role }, index) => {
    const made = { ...role, id: id ?? derivedUuid(`${CLOUD} role ${role.name}`), createdAt: createdAt ?? time + index }
    if (builtIn.some((one) => one.id === made.id))
      errors.add([PART, 'iam-roles', index, 'id'], 'is that of a role of the cloud, which is there in any case')
    return { ...made, editable, policy, builtIn: false }
  })
}

const roleResource = ({ id, createdAt, ...content }: Role, index: number): SeedResource => ({
  at: [PART, 'iam-roles', index],
  resource: { cloud: CLOUD, kind: ROLE_KIND, id, createdAt, content },
})

/** API keys bound to a role of the seed or of the cloud; `roleIds` are those that only the store can know. */
function apiKeysOf(part: ExoscalePart, roles: readonly Role[], { time, errors }: Context) {
  const known = [...roles, ...builtIn, ...(part['iam-roles'] ? [] : [example])]
  const roleIds: { at: Path; id: string }[] = []
  let hasStart = false
  const roleOf = ({ role, 'role-id': id }: ExoscalePart['api-keys'][number], at: Path): string => {
    if (role !== undefined && id !== undefined) errors.add([...at, 'role'], "can't be given together with role-id")
    if (id !== undefined && !known.some((one) => one.id === id)) roleIds.push({ at: [...at, 'role-id'], id })
    if (role === undefined) return id ?? OWNER
    const named = known.filter((one) => one.name === role)
    if (named.length !== 1) errors.add([...at, 'role'], named.length > 1 ? 'names several roles' : 'names no role')
    return named[0]?.id ?? OWNER
  }
  const credentials = part['api-keys'].map((apiKey, index): SeedCredential => {
    const roleId = roleOf(apiKey, [PART, 'api-keys', index])
    // The first one that may do everything is the one that is printed.
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

export function iamRows(
  part: ExoscalePart,
  context: Context,
): Pick<Seed, 'hasRoles' | 'resources' | 'expressions' | 'credentials' | 'roleIds'> {
  const roles = rolesOf(part, context)
  const policy = part['iam-organization-policy']
  const content = { cloud: CLOUD, kind: POLICY_KIND, id: POLICY_ID, createdAt: context.time }
  const at = [PART, 'iam-organization-policy']
  return {
    hasRoles: part['iam-roles'] !== undefined,
    resources: [...roles.map(roleResource), ...(policy ? [{ at, resource: { ...content, content: policy } }] : [])],
    expressions: [
      ...roles.flatMap((role, index) => [
        ...expressionsOf(role.policy, [PART, 'iam-roles', index, 'policy']),
        ...expressionsIn(role['assume-role-policy']?.rules, [PART, 'iam-roles', index, 'assume-role-policy']),
      ]),
      ...expressionsOf(policy, at),
    ],
    ...apiKeysOf(part, roles, context),
  }
}
