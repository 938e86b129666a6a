/** Built-in policies and their allowed endpoints. */
import {
  type EndpointId,
  endpoints,
  type KeyPermission,
  type ThalassaEndpoint,
} from '../../../src/clouds/thalassa/endpoints.ts'

interface Policy {
  readonly keys?: readonly (KeyPermission | '*')[]
  /** Single endpoints, for policies finer than the five permissions. */
  readonly endpoints?: readonly EndpointId[]
  /** `list` and `read` on the resource type `audit_log`. */
  readonly audit?: true
}

/** Policies for a single endpoint: undocumented by the vendor; here they allow exactly that endpoint. */
const policies = {
  'org-admin': { keys: ['*'], audit: true },
  'org-auditor': { audit: true },
  'kms:FullAccess': { keys: ['*'] },
  'kms:ReadAccess': { keys: ['list', 'read'] },
  'kms:Encrypt': { endpoints: ['encrypt'] },
  'kms:Decrypt': { endpoints: ['decrypt'] },
  'kms:Sign': { endpoints: ['sign'] },
  'kms:Verify': { endpoints: ['verify'] },
  'kms:HMAC': { endpoints: ['hmac'] },
  'kms:VerifyHMAC': { endpoints: ['verify-hmac'] },
  'kms:Rotate': { endpoints: ['rotate'] },
  'kms:Export': { endpoints: ['export'] },
} as const satisfies Record<string, Policy>

export type PolicyName = keyof typeof policies
export const isPolicyName = (name: unknown): name is PolicyName =>
  typeof name === 'string' && Object.hasOwn(policies, name)
export const policyNames: readonly PolicyName[] = Object.keys(policies).filter(isPolicyName)

export interface Rights {
  /** Allowed endpoints on keys. */
  readonly endpoints: ReadonlySet<EndpointId>
  /** Whether reading the audit log is allowed. */
  readonly audit: boolean
}

export const endpointIds = Object.keys(endpoints) as EndpointId[]

/** Union of the policies' grants. */
export function rightsOf(names: readonly PolicyName[]): Rights {
  const granted = names.map((name): Policy => policies[name])
  const held = new Set(granted.flatMap(({ keys = [] }) => keys))
  const single = new Set(granted.flatMap((policy) => policy.endpoints ?? []))
  const isGranted = (id: EndpointId) => {
    const { permissions }: ThalassaEndpoint = endpoints[id]
    if (permissions === undefined) return false
    return single.has(id) || held.has('*') || permissions.every((permission) => held.has(permission))
  }
  return { endpoints: new Set(endpointIds.filter(isGranted)), audit: granted.some(({ audit }) => audit) }
}
