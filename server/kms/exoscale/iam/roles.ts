/** IAM roles: in the store, and cached in memory because every request needs them. */
import { createHash } from 'node:crypto'
import * as z from 'zod'
import { type EndpointId, type ExoscaleEndpoint, endpoints } from '../../../../src/clouds/exoscale/endpoints.ts'
import { type ApiRevision, includes } from '../../../../src/clouds/exoscale/revisions.ts'
import { limits } from '../../../../src/clouds/exoscale/rules.ts'
import type { Role as RoleOnWire } from '../../../../src/clouds/exoscale/wire-organisation.ts'
import { type Recorded, unaudited } from '../../engine/audit.ts'
import type { Resource, Rows } from '../../engine/store.ts'
import { ruleError, text } from '../../field-rules.ts'
import type { ProviderServices } from '../../provider.ts'
import { CLOUD } from '../keys.ts'
import { uuidOf } from '../uuid.ts'
import { namedMembers } from '../validation.ts'
import { AssumeRolePolicy, allowAll, denyAll, Policy, StrictAssumeRolePolicy, StrictPolicy } from './policy.ts'

export const ROLE_KIND = 'iam-role'
/** Setting that exists once the example role was created or is not wanted. */
export const SEEDED = 'exoscale.roles-seeded'

/** Permission to reset the organisation's policy, even if that policy refuses everything. */
export const RESET_PERMISSION = 'reset-iam-organization-policy'

const repeated = ruleError('must not name a permission twice')
const permissions = z
  .array(
    z.enum(
      ['bypass-governance-retention', RESET_PERMISSION],
      ruleError(`must be bypass-governance-retention or ${RESET_PERMISSION}`),
    ),
    ruleError('must be an array'),
  )
  .refine((names) => new Set(names).size === names.length, repeated)

const seconds = ruleError('must be an integer above 0')

const changeable = {
  description: z.optional(text(limits.roleDescription)),
  permissions: z.optional(permissions),
  labels: z.optional(namedMembers(z.string(ruleError('must be a string')))),
  'assume-role-policy': z.optional(AssumeRolePolicy),
  'max-session-ttl': z.optional(z.number(seconds).refine((value) => Number.isSafeInteger(value) && value > 0, seconds)),
}

export const UpdateRoleBody = z.object(changeable)

export const CreateRoleBody = z.object({
  name: text(limits.roleName),
  ...changeable,
  editable: z.optional(z.boolean(ruleError('must be true or false'))),
  policy: z.optional(Policy),
})

/** For hand-written input: an unknown member is refused, not ignored. */
export const StrictRole = z.strictObject({
  ...CreateRoleBody.shape,
  labels: z.optional(z.record(z.string(), z.string(ruleError('must be a string')))),
  'assume-role-policy': z.optional(StrictAssumeRolePolicy),
  policy: z.optional(StrictPolicy),
})

export const StoredRole = z.object({
  name: z.string(),
  ...changeable,
  /** Whether the policy may be changed. */
  editable: z.boolean(),
  policy: Policy,
  /** Role of the provider, which can't be deleted. */
  builtIn: z.boolean(),
})

export interface Role extends z.infer<typeof StoredRole> {
  readonly id: string
  readonly createdAt: number
}

/** The assume-role policy can be set and is never returned. */
export const roleToWire = ({ id, name, description, permissions: allowed, ...role }: Role): RoleOnWire => ({
  id,
  name,
  ...(description === undefined ? {} : { description }),
  ...(allowed === undefined ? {} : { permissions: allowed }),
  editable: role.editable,
  ...(role.labels === undefined ? {} : { labels: role.labels }),
  policy: role.policy,
  ...(role['max-session-ttl'] === undefined ? {} : { 'max-session-ttl': role['max-session-ttl'] }),
})

/** Id of a role that exists from the first start: constant, so that a restart creates no second one. */
const seededId = (name: string) =>
  uuidOf(createHash('sha1').update(`exoscale iam role ${name}`).digest().subarray(0, 16), 5)

export const OWNER = seededId('Owner')
export const KMS_CRYPTO = seededId('kms-crypto')

/** Creation times that put these roles before all others. */
export const builtIn: readonly Role[] = [
  {
    id: OWNER,
    createdAt: 0,
    name: 'Owner',
    description: 'May do everything',
    permissions: [RESET_PERMISSION],
    editable: false,
    policy: allowAll,
    builtIn: true,
  },
  {
    id: seededId('Billing'),
    createdAt: 1,
    name: 'Billing',
    description: 'May see bills and nothing else',
    editable: false,
    policy: denyAll,
    builtIn: true,
  },
]

/** Operations of the example role, as far as the revision has them. */
const uses = ['encrypt', 'decrypt', 'generate-data-key', 're-encrypt', 'sign', 'verify', 'get-public-key'] as const

function isIn(revision: ApiRevision, operation: EndpointId): boolean {
  const { since = 'reference' }: ExoscaleEndpoint = endpoints[operation]
  return includes(revision, since)
}

export const exampleIn = (revision: ApiRevision): Role => ({
  id: KMS_CRYPTO,
  createdAt: 2,
  name: 'kms-crypto',
  description: 'May use KMS keys, not change them',
  editable: true,
  policy: {
    'default-service-strategy': 'deny',
    services: {
      kms: {
        type: 'rules',
        rules: [
          {
            action: 'allow',
            expression: `operation in [${uses
              .filter((operation) => isIn(revision, operation))
              .map((operation) => `'${operation}'`)
              .join(', ')}]`,
          },
        ],
      },
    },
  },
  builtIn: false,
})

export interface Roles {
  /** Reloads from the store, which another process may have changed. */
  reload(): Promise<void>
  /** Oldest first. */
  all(): readonly Role[]
  get(id: string): Role | undefined
  /**
   * Inserts or replaces a role by its id; it applies once this has resolved. `conclude` runs in the transaction of the
   * change, here and below.
   */
  put<R>(role: Role, conclude: (rows: Rows) => Recorded<R>): Promise<R>
  remove<R>(id: string, conclude: (rows: Rows) => Recorded<R>): Promise<R>
}

export const resourceOf = ({ id, createdAt, ...content }: Role): Resource => ({
  cloud: CLOUD,
  kind: ROLE_KIND,
  id,
  createdAt,
  content,
})

/** Opens the roles, with the provider's own and, at the first start, the example role. */
export async function openRoles({
  resources,
  settings,
  revision,
}: Pick<ProviderServices, 'resources' | 'settings'> & { revision: ApiRevision }): Promise<Roles> {
  async function read(): Promise<Map<string, Role>> {
    const stored = await resources.resources(CLOUD, ROLE_KIND)
    return new Map(stored.map(({ id, createdAt, content }) => [id, { ...StoredRole.parse(content), id, createdAt }]))
  }
  let known = await read()
  const isComplete = builtIn.every(({ id }) => known.has(id)) && (await settings.setting(SEEDED)) !== undefined
  if (!isComplete) {
    await settings.write((rows) => {
      const isSeeded = rows.setting(SEEDED) !== undefined
      for (const role of isSeeded ? builtIn : [...builtIn, exampleIn(revision)])
        if (!rows.resource(CLOUD, ROLE_KIND, role.id)) rows.putResource(resourceOf(role))
      if (!isSeeded) rows.putSetting(SEEDED, 'yes')
      return unaudited('first use', undefined)
    })
    known = await read()
  }

  const roles: Roles = {
    async reload() {
      known = await read()
    },
    all: () => [...known.values()],
    get: (id) => known.get(id),
    async put(role, conclude) {
      const result = await settings.write((rows) => {
        rows.putResource(resourceOf(role))
        return conclude(rows)
      })
      known.set(role.id, role)
      return result
    },
    async remove(id, conclude) {
      const result = await settings.write((rows) => {
        rows.removeResource(CLOUD, ROLE_KIND, id)
        return conclude(rows)
      })
      known.delete(id)
      return result
    },
  }

  return roles
}
