import type { OperationId } from './operations.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Kinds of activity that all providers share: operations on keys, and calls that read or manage. */
export type ActivityKind =
  | OperationId
  | 'create'
  | 'rotateOnSchedule'
  | 'destroyOnSchedule'
  | 'replicateOnSchedule'
  | 'readKey'
  | 'listKeys'
  | 'readVersions'
  | 'readPublicKey'
  | 'readWrappingKey'
  | 'readLocations'
  | 'readAudit'
  | 'listKeyStores'
  | 'readKeyStore'
  | 'createKeyStore'
  | 'changeKeyStore'
  | 'connectKeyStore'
  | 'disconnectKeyStore'
  | 'deleteKeyStore'
  | 'listApiKeys'
  | 'readApiKey'
  | 'createApiKey'
  | 'deleteApiKey'
  | 'listRoles'
  | 'readRole'
  | 'createRole'
  | 'changeRole'
  | 'deleteRole'
  | 'readOrganisationPolicy'
  | 'changeOrganisationPolicy'
  | 'followOperation'

/**
 * Uses of a key that are left while the gateway only reads: they change nothing, and their answer opens and proves nothing.
 * A re-encryption is none of them: it moves data to a key that others may decrypt with.
 */
export const readOnlyUses: ReadonlySet<ActivityKind> = new Set(['encrypt', 'verify', 'verifyHmac'])

/** Whether a gateway that only reads forwards the call. */
export const isReadOnly = ({ effect, reveals, activity }: Endpoint): boolean =>
  reveals === undefined &&
  (effect === 'read' || (effect === 'use' && activity !== undefined && readOnlyUses.has(activity)))

/** Names of activities at one provider. */
export interface ActivityVocabulary {
  readonly endpoints: Readonly<Record<string, Endpoint>>
  /** Kinds of activity by the action of an audit entry. */
  readonly actions: Readonly<Record<string, ActivityKind>>
  /** Labels of an audit entry's facts, by the provider's name. */
  readonly factLabels: Readonly<Record<string, string>>
}

/** One endpoint of a provider's API, as the tables `clouds/<id>/endpoints.ts` describe it. */
export interface Endpoint {
  readonly method: Method
  /** Path on the API's host. A segment that begins with `:` is a parameter: `/v1/kms/:location/keys/:key`. */
  readonly path: string
  /** `use`: works with a key and changes nothing. */
  readonly effect: 'read' | 'use' | 'change'
  /** Secret in a successful answer; absent where there is none. */
  readonly reveals?: 'plaintext' | 'key-material' | 'secret'
  /** Absent for calls that the activity pages don't name. */
  readonly activity?: ActivityKind
  /** Member of the body that names a second location, which the call changes too. */
  readonly locationInBody?: string
  /** Names of the query arguments that the gateway passes on. */
  readonly query?: readonly string[]
  /** Sent without credentials, as the vendor's clients do. */
  readonly anonymous?: true
  /** False: the console never calls it, so the gateway refuses it. */
  readonly forwarded?: false
}
