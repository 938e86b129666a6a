import { keyNotFound } from './errors.ts'

export type KeyPermission = 'create' | 'read' | 'update' | 'delete' | 'list'
export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** One endpoint on keys: what it needs, and what the audit trail calls it. */
interface EndpointRow {
  readonly method: Method
  /** Below `/v1/kms/{region}/`, with `*` for the key. */
  readonly path: string
  readonly action: string
  /** All of them are needed, on the resource type `kms_key`. */
  readonly needs: readonly KeyPermission[]
  /** The action of its audit entry, where the operation has one of its own. */
  readonly audited?: string
}

/** Who may list need not see: without `list` the list is empty. Everything else is a 404 without its permissions. */
export const endpoints = [
  { method: 'GET', path: 'keys', action: 'list', needs: ['list'] },
  { method: 'POST', path: 'keys', action: 'create', needs: ['create'] },
  { method: 'GET', path: 'wrapping-key', action: 'wrapping-key', needs: ['create'] },
  { method: 'GET', path: 'keys/*', action: 'read', needs: ['read'] },
  { method: 'GET', path: 'keys/*/public-key', action: 'public-key', needs: ['list', 'read'] },
  { method: 'POST', path: 'keys/*/encrypt', action: 'encrypt', needs: ['update'], audited: 'kms.encrypt' },
  { method: 'POST', path: 'keys/*/decrypt', action: 'decrypt', needs: ['update'], audited: 'kms.decrypt' },
  { method: 'POST', path: 'keys/*/sign', action: 'sign', needs: ['update'], audited: 'kms.sign' },
  { method: 'POST', path: 'keys/*/verify', action: 'verify', needs: ['update'], audited: 'kms.verify' },
  { method: 'POST', path: 'keys/*/hmac', action: 'hmac', needs: ['update'], audited: 'kms.hmac' },
  { method: 'POST', path: 'keys/*/verify-hmac', action: 'verify-hmac', needs: ['update'], audited: 'kms.verify_hmac' },
  { method: 'PATCH', path: 'keys/*/rotation', action: 'rotation', needs: ['update'] },
  { method: 'POST', path: 'keys/*/rotate', action: 'rotate', needs: ['update'], audited: 'kms.rotate' },
  { method: 'POST', path: 'keys/*/export', action: 'export', needs: ['update'], audited: 'kms.export' },
  { method: 'POST', path: 'keys/*/disable', action: 'disable', needs: ['delete'] },
  { method: 'POST', path: 'keys/*/enable', action: 'enable', needs: ['delete'] },
  { method: 'DELETE', path: 'keys/*', action: 'delete', needs: ['delete'] },
  { method: 'DELETE', path: 'keys/*/cancel-deletion', action: 'cancel-deletion', needs: ['delete'] },
] as const satisfies readonly EndpointRow[]

export type KeyAction = (typeof endpoints)[number]['action']
export type Endpoint = EndpointRow & { readonly action: KeyAction }

const known: ReadonlyMap<string, Endpoint> = new Map(endpoints.map((row) => [`${row.method} ${row.path}`, row]))

/**
 * The endpoint of a request; 404 for one that is not in the table, so that nothing is ever served unchecked.
 * @param path of the request: `/v1/kms/{region}/…`
 */
export function endpointAt(method: string, path: string): Endpoint {
  const [collection = '', key, ...rest] = path.split('/').slice(4)
  const shape = [collection, ...(key === undefined ? [] : ['*']), ...rest].join('/')
  const endpoint = known.get(`${method === 'HEAD' ? 'GET' : method} ${shape}`)
  if (!endpoint) throw keyNotFound()
  return endpoint
}

interface Policy {
  readonly keys?: readonly (KeyPermission | '*')[]
  /** Single actions, which the five permissions can't tell apart. */
  readonly actions?: readonly KeyAction[]
  /** `list` and `read` on the resource type `audit_log`. */
  readonly audit?: true
}

/** The built-in policies. What the single-action ones hold is our decision: the one operation and nothing else. */
const policies = {
  'org-admin': { keys: ['*'], audit: true },
  'org-auditor': { audit: true },
  'kms:FullAccess': { keys: ['*'] },
  'kms:ReadAccess': { keys: ['list', 'read'] },
  'kms:Encrypt': { actions: ['encrypt'] },
  'kms:Decrypt': { actions: ['decrypt'] },
  'kms:Sign': { actions: ['sign'] },
  'kms:Verify': { actions: ['verify'] },
  'kms:HMAC': { actions: ['hmac'] },
  'kms:VerifyHMAC': { actions: ['verify-hmac'] },
  'kms:Rotate': { actions: ['rotate'] },
  'kms:Export': { actions: ['export'] },
} as const satisfies Record<string, Policy>

export type PolicyName = keyof typeof policies
export const isPolicyName = (name: unknown): name is PolicyName =>
  typeof name === 'string' && Object.hasOwn(policies, name)
export const policyNames: readonly PolicyName[] = Object.keys(policies).filter(isPolicyName)

export interface Rights {
  readonly actions: ReadonlySet<KeyAction>
  readonly audit: boolean
}

/** The union of what the policies grant. */
export function rightsOf(names: readonly PolicyName[]): Rights {
  const granted = names.map((name): Policy => policies[name])
  const permissions = new Set(granted.flatMap(({ keys = [] }) => keys))
  const single = new Set(granted.flatMap(({ actions = [] }) => actions))
  const allowed = ({ action, needs }: Endpoint) =>
    single.has(action) || permissions.has('*') || needs.every((permission) => permissions.has(permission))
  return {
    actions: new Set(endpoints.filter(allowed).map(({ action }) => action)),
    audit: granted.some(({ audit }) => audit),
  }
}
