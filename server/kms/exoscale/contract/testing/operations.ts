/** Contract of every operation, and the differences between the published revisions. */
import type { EndpointId, endpoints } from '../../../../../src/clouds/exoscale/endpoints.ts'
import type { ApiRevision } from '../../../../../src/clouds/exoscale/revisions.ts'
import * as iam from './iam.ts'
import * as stores from './key-stores.ts'
import * as keys from './keys.ts'
import * as today from './keys-2026-11.ts'
import type { ObjectSchema, Schema } from './schema.ts'

export interface OperationContract {
  /** Schema of the path's parameter. */
  readonly id?: Schema
  /** Schema of the body; absent if none is expected. */
  readonly request?: ObjectSchema
  /** Schema of a successful answer. */
  readonly answer: Schema
}

const ofKey = (answer: Schema, request?: ObjectSchema): OperationContract => ({
  id: keys.uuid,
  answer,
  ...(request ? { request } : {}),
})

/** Operations that November 2026 added. */
type AddedId = {
  [Id in EndpointId]: (typeof endpoints)[Id] extends { since: '2026-11' } ? Id : never
}[EndpointId]

const july: Readonly<Record<Exclude<EndpointId, AddedId>, OperationContract>> = {
  'create-kms-key': { request: keys.createRequest, answer: keys.createdKey },
  'list-kms-keys': { answer: keys.keyListOf(keys.listedKey) },
  'get-kms-key': ofKey(keys.key),
  'enable-kms-key': ofKey(keys.success),
  'disable-kms-key': ofKey(keys.success),
  'rotate-kms-key': ofKey(keys.rotationAnswer),
  'enable-kms-key-rotation': ofKey(keys.rotationAnswer, keys.enableRotationRequest),
  'disable-kms-key-rotation': ofKey(keys.rotationAnswer),
  'list-kms-key-rotations': ofKey(keys.rotationsAnswer),
  'schedule-kms-key-deletion': ofKey(keys.deletionAnswer, keys.deletionRequest),
  'cancel-kms-key-deletion': ofKey(keys.success),
  'replicate-kms-key': ofKey(keys.success, keys.replicateRequest),
  encrypt: ofKey(keys.ciphertextAnswer, keys.encryptRequest),
  decrypt: ofKey(keys.plaintextAnswer, keys.decryptRequest),
  're-encrypt': ofKey(keys.ciphertextAnswer, keys.reEncryptRequest),
  'generate-data-key': ofKey(keys.dataKeyAnswer, keys.dataKeyRequest),
  'list-api-keys': { answer: iam.apiKeyListOf(iam.apiKey) },
  'create-api-key': { request: iam.createApiKeyRequest, answer: iam.createdApiKey },
  'get-api-key': { id: { type: 'string' }, answer: iam.apiKey },
  'delete-api-key': { id: { type: 'string' }, answer: iam.operation },
  'list-iam-roles': { answer: iam.roleList },
  'create-iam-role': { request: iam.createRoleRequest, answer: iam.operation },
  'get-iam-role': { id: keys.uuid, answer: iam.role },
  'update-iam-role': { id: keys.uuid, request: iam.updateRoleRequest, answer: iam.operation },
  'update-iam-role-policy': { id: keys.uuid, request: iam.policy, answer: iam.operation },
  'delete-iam-role': { id: keys.uuid, answer: iam.operation },
  'get-iam-organization-policy': { answer: iam.policy },
  'update-iam-organization-policy': { request: iam.policy, answer: iam.operation },
  'reset-iam-organization-policy': { answer: iam.operation },
  'get-organization': { answer: iam.organization },
  'list-quotas': { answer: iam.quotaList },
  'get-quota': { id: { type: 'string' }, answer: iam.quota },
  'list-events': { answer: iam.eventList },
  'get-operation': { id: keys.uuid, answer: iam.operation },
  'list-zones': { answer: iam.zoneList },
}

/** Member of keys in the first revision; always empty. */
const withPolicy = (schema: ObjectSchema): ObjectSchema => ({
  ...schema,
  required: [...(schema.required ?? []), 'policy'],
  properties: { ...schema.properties, policy: { type: 'string', enum: [''] } },
})

const november: Readonly<Record<EndpointId, OperationContract>> = {
  ...july,
  'create-kms-key': { request: today.createRequest, answer: today.createdKey },
  'list-kms-keys': { answer: keys.keyListOf(today.listedKey) },
  'get-kms-key': ofKey(today.key),
  encrypt: ofKey(today.encryptAnswer, today.encryptRequest),
  decrypt: ofKey(today.decryptAnswer, today.decryptRequest),
  're-encrypt': ofKey(today.reEncryptAnswer, today.reEncryptRequest),
  sign: ofKey(today.signAnswer, today.signRequest),
  verify: ofKey(today.verifyAnswer, today.verifyRequest),
  'get-public-key': ofKey(today.publicKeyAnswer),
  'create-key-store': { request: stores.createRequest, answer: stores.listedStore },
  'list-key-stores': { answer: stores.storeList },
  'get-key-store': ofKey(stores.store),
  'update-key-store': ofKey(stores.store, stores.updateRequest),
  'connect-key-store': ofKey(keys.success),
  'disconnect-key-store': ofKey(keys.success),
  'delete-key-store': ofKey(keys.success),
  'list-api-keys': { answer: iam.apiKeyListOf(iam.datedApiKey) },
  'get-api-key': { ...july['get-api-key'], answer: iam.datedApiKey },
}

/** A revision has no row for operations that came later. */
const contract: Record<ApiRevision, Readonly<Partial<Record<EndpointId, OperationContract>>>> = {
  '2026-11': november,
  '2026-07': july,
  reference: {
    ...july,
    'create-kms-key': { ...july['create-kms-key'], answer: withPolicy(keys.createdKey) },
    'list-kms-keys': { answer: keys.keyListOf(withPolicy(keys.listedKey)) },
    'get-kms-key': { ...july['get-kms-key'], answer: withPolicy(keys.key) },
  },
}

/** Contract of an operation that the revision has. */
export function contractOf(revision: ApiRevision, operation: EndpointId): OperationContract {
  const found = contract[revision][operation]
  if (!found) throw new Error(`${operation} is not in the contract ${revision}`)
  return found
}
