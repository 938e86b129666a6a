/** Thalassa's endpoints: gateway, local KMS, activity vocabulary and code snippets derive from this table. */
import type { Endpoint } from '../endpoint.ts'

/** Permissions on the resource type `kms_key`. */
export type KeyPermission = 'create' | 'read' | 'update' | 'delete' | 'list'

/** A method of the Go SDK's `KMS()` client. */
export interface GoMethod {
  readonly name: string
  /** Struct of the request; its fields are the members of the body in upper camel case. */
  readonly request?: string
  /** Argument in place of the request. */
  readonly argument?: string
  /** Field of the result that a code snippet prints. */
  readonly prints?: string
  /** The method returns an error and no result. */
  readonly errorOnly?: true
}

export interface ThalassaEndpoint extends Endpoint {
  /** Permissions that the call needs, all of them; absent for endpoints that are not about keys. */
  readonly permissions?: readonly KeyPermission[]
  /** Action of the call's own entry in the audit log, beside the generic entry by HTTP method. */
  readonly audit?: string
  readonly go?: GoMethod
}

const KEYS = '/v1/kms/:location/keys'
const KEY = `${KEYS}/:key` as const

/** Endpoints by id. Descriptions of audit entries contain the ids of audited operations: `encrypt with key …`. */
export const endpoints = {
  'list-memberships': { method: 'GET', path: '/v1/me/organisation-memberships', effect: 'read' },
  'list-regions': { method: 'GET', path: '/v1/regions', effect: 'read' },
  'read-region': { method: 'GET', path: '/v1/regions/:location', effect: 'read', forwarded: false },
  'list-projects': { method: 'GET', path: '/v1/projects', effect: 'read' },
  'read-project': { method: 'GET', path: '/v1/projects/:project', effect: 'read', forwarded: false },
  'list-audit': {
    method: 'GET',
    path: '/v1/audit',
    effect: 'read',
    activity: 'readAudit',
    query: [
      'page',
      'limit',
      'searchText',
      'serviceAccount',
      'userIdentity',
      'impersonatorIdentity',
      'action',
      'resourceType',
      'resourceIdentity',
      'organizationIdentity',
      'includeSystemServices',
      'responseStatus',
    ],
  },
  'exchange-token': { method: 'POST', path: '/oidc/token', effect: 'use', reveals: 'secret', forwarded: false },
  'read-summary': { method: 'GET', path: '/v1/kms/summary', effect: 'read', activity: 'readLocations' },
  'list-keys': {
    method: 'GET',
    path: KEYS,
    effect: 'read',
    permissions: ['list'],
    activity: 'listKeys',
    query: ['identity', 'name', 'slug'],
  },
  'create-key': {
    method: 'POST',
    path: KEYS,
    effect: 'change',
    permissions: ['create'],
    activity: 'create',
    go: { name: 'CreateKey', request: 'CreateKmsKeyRequest', prints: 'Identity' },
  },
  'read-key': { method: 'GET', path: KEY, effect: 'read', permissions: ['read'], activity: 'readKey' },
  'read-wrapping-key': {
    method: 'GET',
    path: '/v1/kms/:location/wrapping-key',
    effect: 'read',
    permissions: ['create'],
    activity: 'readWrappingKey',
  },
  'read-public-key': {
    method: 'GET',
    path: `${KEY}/public-key`,
    effect: 'read',
    permissions: ['list', 'read'],
    activity: 'readPublicKey',
    query: ['version'],
    go: { name: 'GetPublicKey', argument: 'nil', prints: 'Keys' },
  },
  export: {
    method: 'POST',
    path: `${KEY}/export`,
    effect: 'use',
    reveals: 'key-material',
    permissions: ['update'],
    activity: 'export',
    audit: 'kms.export',
    go: { name: 'ExportKey', request: 'ExportKeyRequest', prints: 'KeyMaterial' },
  },
  encrypt: {
    method: 'POST',
    path: `${KEY}/encrypt`,
    effect: 'use',
    permissions: ['update'],
    activity: 'encrypt',
    audit: 'kms.encrypt',
    go: { name: 'Encrypt', request: 'EncryptRequest', prints: 'Ciphertext' },
  },
  decrypt: {
    method: 'POST',
    path: `${KEY}/decrypt`,
    effect: 'use',
    reveals: 'plaintext',
    permissions: ['update'],
    activity: 'decrypt',
    audit: 'kms.decrypt',
    go: { name: 'Decrypt', request: 'DecryptRequest', prints: 'Plaintext' },
  },
  sign: {
    method: 'POST',
    path: `${KEY}/sign`,
    effect: 'use',
    permissions: ['update'],
    activity: 'sign',
    audit: 'kms.sign',
    go: { name: 'Sign', request: 'SignRequest', prints: 'Signature' },
  },
  verify: {
    method: 'POST',
    path: `${KEY}/verify`,
    effect: 'use',
    permissions: ['update'],
    activity: 'verify',
    audit: 'kms.verify',
    go: { name: 'VerifySignature', request: 'VerifySignatureRequest', prints: 'Valid' },
  },
  hmac: {
    method: 'POST',
    path: `${KEY}/hmac`,
    effect: 'use',
    permissions: ['update'],
    activity: 'hmac',
    audit: 'kms.hmac',
    go: { name: 'HMAC', request: 'HMACRequest', prints: 'HMAC' },
  },
  'verify-hmac': {
    method: 'POST',
    path: `${KEY}/verify-hmac`,
    effect: 'use',
    permissions: ['update'],
    activity: 'verifyHmac',
    audit: 'kms.verify_hmac',
    go: { name: 'VerifyHMAC', request: 'VerifyHMACRequest', prints: 'Valid' },
  },
  'update-rotation': {
    method: 'PATCH',
    path: `${KEY}/rotation`,
    effect: 'change',
    permissions: ['update'],
    activity: 'setRotation',
    go: { name: 'UpdateRotation', request: 'UpdateRotationRequest' },
  },
  rotate: {
    method: 'POST',
    path: `${KEY}/rotate`,
    effect: 'change',
    permissions: ['update'],
    activity: 'rotate',
    audit: 'kms.rotate',
    go: { name: 'RotateKey' },
  },
  disable: {
    method: 'POST',
    path: `${KEY}/disable`,
    effect: 'change',
    permissions: ['delete'],
    activity: 'disable',
    go: { name: 'DisableKey' },
  },
  enable: {
    method: 'POST',
    path: `${KEY}/enable`,
    effect: 'change',
    permissions: ['delete'],
    activity: 'enable',
    go: { name: 'EnableKey' },
  },
  'schedule-deletion': {
    method: 'DELETE',
    path: KEY,
    effect: 'change',
    permissions: ['delete'],
    activity: 'scheduleDeletion',
    go: { name: 'DeleteKey', errorOnly: true },
  },
  'cancel-deletion': {
    method: 'DELETE',
    path: `${KEY}/cancel-deletion`,
    effect: 'change',
    permissions: ['delete'],
    activity: 'cancelDeletion',
    go: { name: 'CancelDeletion', errorOnly: true },
  },
} as const satisfies Record<string, ThalassaEndpoint>

export type EndpointId = keyof typeof endpoints

/** Actions of the audit entries for scheduled jobs. */
export const scheduledActions = {
  'kms.rotate.scheduled': 'rotation',
  'kms.delete.scheduled': 'deletion',
} as const satisfies Record<string, string>

export type ScheduledAction = keyof typeof scheduledActions
