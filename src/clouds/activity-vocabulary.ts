/** Kinds of activity: labels that all providers share, and how calls and audit entries map to them. */
import type { ActivityKind, ActivityVocabulary } from './endpoint.ts'
import type { CloudId } from './model.ts'
import { cryptographicLabels } from './operations.ts'
import { clouds } from './registry.ts'

export const activityLabels: Readonly<Record<ActivityKind, string>> = {
  ...cryptographicLabels,
  create: 'Create key',
  replicate: 'Replicate',
  export: 'Export',
  rotate: 'Rotate',
  rotateOnSchedule: 'Automatic rotation',
  destroyOnSchedule: 'Automatic deletion',
  replicateOnSchedule: 'Automatic replication',
  setRotation: 'Change rotation',
  disable: 'Disable',
  enable: 'Enable',
  scheduleDeletion: 'Schedule deletion',
  cancelDeletion: 'Cancel deletion',
  readKey: 'Read key',
  listKeys: 'List keys',
  readVersions: 'Read versions',
  readPublicKey: 'Read public key',
  readWrappingKey: 'Read wrapping key',
  readLocations: 'Read locations',
  readAudit: 'Read audit log',
  listKeyStores: 'List key stores',
  readKeyStore: 'Read key store',
  createKeyStore: 'Create key store',
  changeKeyStore: 'Change key store',
  connectKeyStore: 'Connect key store',
  disconnectKeyStore: 'Disconnect key store',
  deleteKeyStore: 'Delete key store',
  listApiKeys: 'List API keys',
  readApiKey: 'Read API key',
  createApiKey: 'Create API key',
  deleteApiKey: 'Delete API key',
  listRoles: 'List roles',
  readRole: 'Read role',
  createRole: 'Create role',
  changeRole: 'Change role',
  deleteRole: 'Delete role',
  readOrganisationPolicy: 'Read organisation policy',
  changeOrganisationPolicy: 'Change organisation policy',
  followOperation: 'Read operation',
}

export const isActivityKind = (text: string): text is ActivityKind => Object.hasOwn(activityLabels, text)

const reading: ReadonlySet<ActivityKind> = new Set([
  'readKey',
  'listKeys',
  'readVersions',
  'readPublicKey',
  'readWrappingKey',
  'readLocations',
  'readAudit',
  'listKeyStores',
  'readKeyStore',
  'listApiKeys',
  'readApiKey',
  'listRoles',
  'readRole',
  'readOrganisationPolicy',
  'followOperation',
])

/** Whether the activity only reads. */
export const isReadActivity = (kind: ActivityKind): boolean => reading.has(kind)

/** Kind under which an automatic activity is filtered: that of the same act on request, where there is one. */
const requested: Partial<Record<ActivityKind, ActivityKind>> = {
  rotateOnSchedule: 'rotate',
  destroyOnSchedule: 'destroyOnSchedule',
  replicateOnSchedule: 'replicate',
}

/** Whether the provider acts without a caller. */
export const isAutomatic = (kind: ActivityKind): boolean => requested[kind] !== undefined

export const activityGroup = (kind: ActivityKind): ActivityKind => requested[kind] ?? kind

/** Activity, location and key of a request, as far as its method and path name them. */
export interface CallActivity {
  readonly activity?: ActivityKind
  readonly location?: string
  readonly key?: string
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** Parameters of the path by name, or undefined for the path of another endpoint. */
function matched(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const found: Record<string, string> = {}
  for (const [place, segment] of wanted.entries()) {
    const value = given[place] ?? ''
    if (segment.startsWith(':') && value !== '') found[segment.slice(1)] = decoded(value)
    else if (segment !== value) return undefined
  }
  return found
}

/** Vocabularies by provider. They are large, so they load with this file, which the first screen does not need. */
const vocabularies: ReadonlyMap<CloudId, ActivityVocabulary> = new Map(
  await Promise.all(clouds.map(async ({ id, activityVocabulary }) => [id, await activityVocabulary()] as const)),
)

/** Activity of a request; `path` as the provider has it, without query. The first endpoint that fits counts. */
export function activityOfCall(cloud: CloudId, method: string, path: string): CallActivity {
  for (const endpoint of Object.values(vocabularies.get(cloud)?.endpoints ?? {})) {
    const { activity, forwarded } = endpoint
    const found = endpoint.method === method && forwarded !== false && activity && matched(endpoint.path, path)
    if (found) return { activity, ...found }
  }
  return {}
}

export const activityOfAction = (cloud: CloudId, action: string): ActivityKind | undefined => {
  const actions = vocabularies.get(cloud)?.actions ?? {}
  return Object.hasOwn(actions, action) ? actions[action] : undefined
}

/** The cloud's own names of activities, for a query of its log. */
export const actionsOf = (cloud: CloudId, kinds: readonly ActivityKind[]): readonly string[] =>
  Object.entries(vocabularies.get(cloud)?.actions ?? {}).flatMap(([action, kind]) =>
    kinds.includes(kind) ? [action] : [],
  )

export const auditFactLabel = (cloud: CloudId, name: string): string => {
  const factLabels = vocabularies.get(cloud)?.factLabels ?? {}
  return (Object.hasOwn(factLabels, name) ? factLabels[name] : undefined) ?? name
}
