/** What a request or an entry of an audit log did, in words that all clouds share. */

import { activityVocabulary as exoscale } from './exoscale/activity-vocabulary.ts'
import type { CloudId } from './model.ts'
import type { OperationId } from './operations.ts'
import { activityVocabulary as thalassa } from './thalassa/activity-vocabulary.ts'

export type ActivityKind =
  | OperationId
  | 'create'
  | 'rotateOnSchedule'
  | 'readKey'
  | 'listKeys'
  | 'readVersions'
  | 'readPublicKey'
  | 'readWrappingKey'
  | 'readLocations'
  | 'readAudit'
  | 'listApiKeys'
  | 'readApiKey'
  | 'createApiKey'
  | 'deleteApiKey'
  | 'listRoles'
  | 'readRole'
  | 'createRole'
  | 'changeRole'
  | 'deleteRole'
  | 'changeOrganisationPolicy'
  | 'followOperation'

export const activityLabels: Readonly<Record<ActivityKind, string>> = {
  create: 'Create key',
  encrypt: 'Encrypt',
  decrypt: 'Decrypt',
  sign: 'Sign',
  verify: 'Verify',
  hmac: 'HMAC',
  verifyHmac: 'Verify HMAC',
  reEncrypt: 'Re-encrypt',
  dataKey: 'Data key',
  replicate: 'Replicate',
  export: 'Export',
  rotate: 'Rotate',
  rotateOnSchedule: 'Automatic rotation',
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
  listApiKeys: 'List API keys',
  readApiKey: 'Read API key',
  createApiKey: 'Create API key',
  deleteApiKey: 'Delete API key',
  listRoles: 'List roles',
  readRole: 'Read role',
  createRole: 'Create role',
  changeRole: 'Change role',
  deleteRole: 'Delete role',
  changeOrganisationPolicy: 'Change organisation policy',
  followOperation: 'Follow operation',
}

const reading: ReadonlySet<ActivityKind> = new Set([
  'readKey',
  'listKeys',
  'readVersions',
  'readPublicKey',
  'readWrappingKey',
  'readLocations',
  'readAudit',
  'listApiKeys',
  'readApiKey',
  'listRoles',
  'readRole',
  'followOperation',
])

/** Whether it only looked at something. */
export const isReadActivity = (kind: ActivityKind): boolean => reading.has(kind)

/** Names of activities at one provider. */
export interface ActivityVocabulary {
  /** The audit log's own names. */
  readonly actions: Readonly<Record<string, ActivityKind>>
  /** `POST /v1/kms/:location/keys/:key/encrypt`: method and path, a segment after a colon stands for any. */
  readonly calls: Readonly<Record<string, ActivityKind>>
  /** Names of an audit entry's facts, for people. */
  readonly factLabels: Readonly<Record<string, string>>
}

const tables: Readonly<Record<CloudId, ActivityVocabulary>> = { thalassa, exoscale }

/** What can be told from a method and a path. */
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

/** The segments that the pattern names, or undefined when the call is another. */
function matched(pattern: string, call: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const given = call.split('/')
  if (wanted.length !== given.length) return undefined
  const found: Record<string, string> = {}
  for (const [place, segment] of wanted.entries()) {
    const value = given[place] ?? ''
    if (segment.startsWith(':') && value !== '') found[segment.slice(1)] = decoded(value)
    else if (segment !== value) return undefined
  }
  return found
}

/** `path` as the cloud has it, without query. Fixed words in a path win over segments that stand for any. */
export function activityOfCall(cloud: CloudId, method: string, path: string): CallActivity {
  for (const [pattern, activity] of Object.entries(tables[cloud].calls)) {
    const found = matched(pattern, `${method} ${path}`)
    if (found) return { activity, ...found }
  }
  return {}
}

export const activityOfAction = (cloud: CloudId, action: string): ActivityKind | undefined => {
  const { actions } = tables[cloud]
  return Object.hasOwn(actions, action) ? actions[action] : undefined
}

export const auditFactLabel = (cloud: CloudId, name: string): string => {
  const { factLabels: facts } = tables[cloud]
  return (Object.hasOwn(facts, name) ? facts[name] : undefined) ?? name
}
