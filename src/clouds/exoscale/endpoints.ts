/** Exoscale's endpoints: gateway, local KMS, activity vocabulary and code snippets derive from this table. */
import type { Endpoint } from '../endpoint.ts'
import type { ApiRevision } from './revisions.ts'

/** Service in IAM policies. `compute` is that of the list of zones when the call is signed. */
export type Service = 'kms' | 'iam' | 'compute'

export interface ExoscaleEndpoint extends Endpoint {
  /** Absent: no policy refuses the call. */
  readonly service?: Service
  /** Revision of the API that introduced it; absent for the first. */
  readonly since?: ApiRevision
  /** `operation`: the answer is an operation that may be pending, and is polled until it ends. */
  readonly answers?: 'operation'
  /** Members of the answer that a code snippet prints. */
  readonly prints?: readonly string[]
  /** Members of the body that the event log records: names, numbers and ids, no content. */
  readonly logged?: readonly string[]
}

const KEY = '/v2/kms-key/:key'
const ROLE = '/v2/iam-role/:role'
const POLICY = '/v2/iam-organization-policy'
const STORE = '/v2/key-store/:store'

/**
 * Endpoints by their published operation ids: roles' policies compare `operation` with them, the event log names calls by
 * them, and the SDKs derive their method names from them. A parameter ends before a colon: `/v2/iam-role/:role:policy`.
 */
export const endpoints = {
  'list-zones': {
    method: 'GET',
    path: '/v2/zone',
    effect: 'read',
    service: 'compute',
    activity: 'readLocations',
    anonymous: true,
  },
  'list-kms-keys': {
    method: 'GET',
    path: '/v2/kms-key',
    effect: 'read',
    service: 'kms',
    activity: 'listKeys',
    prints: ['kms-keys'],
  },
  'create-kms-key': {
    method: 'POST',
    path: '/v2/kms-key',
    effect: 'change',
    service: 'kms',
    activity: 'create',
    prints: ['id'],
    logged: ['name', 'usage', 'key-spec', 'multi-zone', 'source', 'xks.xks-id', 'xks.external-key-id'],
  },
  'get-kms-key': { method: 'GET', path: KEY, effect: 'read', service: 'kms', activity: 'readKey' },
  'list-kms-key-rotations': {
    method: 'GET',
    path: `${KEY}/list-key-rotations`,
    effect: 'read',
    service: 'kms',
    activity: 'readVersions',
  },
  encrypt: {
    method: 'POST',
    path: `${KEY}/encrypt`,
    effect: 'use',
    service: 'kms',
    activity: 'encrypt',
    prints: ['ciphertext'],
    logged: ['encryption-algorithm'],
  },
  decrypt: {
    method: 'POST',
    path: `${KEY}/decrypt`,
    effect: 'use',
    reveals: 'plaintext',
    service: 'kms',
    activity: 'decrypt',
    prints: ['plaintext'],
    logged: ['encryption-algorithm'],
  },
  're-encrypt': {
    method: 'POST',
    path: `${KEY}/re-encrypt`,
    effect: 'use',
    service: 'kms',
    activity: 'reEncrypt',
    prints: ['ciphertext'],
    logged: ['source.key', 'source.encryption-algorithm', 'destination.key', 'destination.encryption-algorithm'],
  },
  'generate-data-key': {
    method: 'POST',
    path: `${KEY}/generate-data-key`,
    effect: 'use',
    reveals: 'plaintext',
    service: 'kms',
    activity: 'dataKey',
    prints: ['plaintext', 'ciphertext'],
    logged: ['key-spec', 'bytes-count'],
  },
  sign: {
    method: 'POST',
    path: `${KEY}/sign`,
    effect: 'use',
    service: 'kms',
    since: '2026-11',
    activity: 'sign',
    prints: ['signature'],
    logged: ['message-type', 'signing-algorithm'],
  },
  verify: {
    method: 'POST',
    path: `${KEY}/verify`,
    effect: 'use',
    service: 'kms',
    since: '2026-11',
    activity: 'verify',
    prints: ['signature-valid'],
    logged: ['message-type', 'signing-algorithm'],
  },
  'get-public-key': {
    method: 'GET',
    path: `${KEY}/get-public-key`,
    effect: 'read',
    service: 'kms',
    since: '2026-11',
    activity: 'readPublicKey',
    prints: ['public-key'],
  },
  'rotate-kms-key': { method: 'POST', path: `${KEY}/rotate`, effect: 'change', service: 'kms', activity: 'rotate' },
  'enable-kms-key-rotation': {
    method: 'POST',
    path: `${KEY}/enable-key-rotation`,
    effect: 'change',
    service: 'kms',
    activity: 'setRotation',
    logged: ['rotation-period'],
  },
  'disable-kms-key-rotation': {
    method: 'POST',
    path: `${KEY}/disable-key-rotation`,
    effect: 'change',
    service: 'kms',
    activity: 'setRotation',
  },
  'enable-kms-key': { method: 'POST', path: `${KEY}/enable`, effect: 'change', service: 'kms', activity: 'enable' },
  'disable-kms-key': { method: 'POST', path: `${KEY}/disable`, effect: 'change', service: 'kms', activity: 'disable' },
  'schedule-kms-key-deletion': {
    method: 'POST',
    path: `${KEY}/schedule-deletion`,
    effect: 'change',
    service: 'kms',
    activity: 'scheduleDeletion',
    logged: ['delay-days'],
  },
  'cancel-kms-key-deletion': {
    method: 'POST',
    path: `${KEY}/cancel-deletion`,
    effect: 'change',
    service: 'kms',
    activity: 'cancelDeletion',
  },
  'replicate-kms-key': {
    method: 'POST',
    path: `${KEY}/replicate`,
    effect: 'change',
    service: 'kms',
    activity: 'replicate',
    locationInBody: 'zone',
    logged: ['zone'],
  },
  'create-key-store': {
    method: 'POST',
    path: '/v2/key-store',
    effect: 'change',
    service: 'kms',
    since: '2026-11',
    activity: 'createKeyStore',
    prints: ['id'],
    logged: ['name', 'type', 'proxy.auth.key'],
  },
  'list-key-stores': {
    method: 'GET',
    path: '/v2/key-store',
    effect: 'read',
    service: 'kms',
    since: '2026-11',
    activity: 'listKeyStores',
    prints: ['key-stores'],
  },
  'get-key-store': {
    method: 'GET',
    path: STORE,
    effect: 'read',
    service: 'kms',
    since: '2026-11',
    activity: 'readKeyStore',
  },
  'update-key-store': {
    method: 'POST',
    path: `${STORE}/update`,
    effect: 'change',
    service: 'kms',
    since: '2026-11',
    activity: 'changeKeyStore',
    logged: ['proxy.auth.key'],
  },
  'connect-key-store': {
    method: 'POST',
    path: `${STORE}/connect`,
    effect: 'change',
    service: 'kms',
    since: '2026-11',
    activity: 'connectKeyStore',
  },
  'disconnect-key-store': {
    method: 'POST',
    path: `${STORE}/disconnect`,
    effect: 'change',
    service: 'kms',
    since: '2026-11',
    activity: 'disconnectKeyStore',
  },
  'delete-key-store': {
    method: 'DELETE',
    path: STORE,
    effect: 'change',
    service: 'kms',
    since: '2026-11',
    activity: 'deleteKeyStore',
  },
  'list-api-keys': { method: 'GET', path: '/v2/api-key', effect: 'read', service: 'iam', activity: 'listApiKeys' },
  'create-api-key': {
    method: 'POST',
    path: '/v2/api-key',
    effect: 'change',
    reveals: 'secret',
    service: 'iam',
    activity: 'createApiKey',
    prints: ['key', 'secret'],
    logged: ['name', 'role-id'],
  },
  'get-api-key': { method: 'GET', path: '/v2/api-key/:apiKey', effect: 'read', service: 'iam', activity: 'readApiKey' },
  'delete-api-key': {
    method: 'DELETE',
    path: '/v2/api-key/:apiKey',
    effect: 'change',
    service: 'iam',
    activity: 'deleteApiKey',
    answers: 'operation',
  },
  'list-iam-roles': { method: 'GET', path: '/v2/iam-role', effect: 'read', service: 'iam', activity: 'listRoles' },
  'create-iam-role': {
    method: 'POST',
    path: '/v2/iam-role',
    effect: 'change',
    service: 'iam',
    activity: 'createRole',
    answers: 'operation',
    logged: ['name', 'editable'],
  },
  'get-iam-role': { method: 'GET', path: ROLE, effect: 'read', service: 'iam', activity: 'readRole' },
  'update-iam-role': {
    method: 'PUT',
    path: ROLE,
    effect: 'change',
    service: 'iam',
    activity: 'changeRole',
    answers: 'operation',
  },
  'update-iam-role-policy': {
    method: 'PUT',
    path: `${ROLE}:policy`,
    effect: 'change',
    service: 'iam',
    activity: 'changeRole',
    answers: 'operation',
  },
  'delete-iam-role': {
    method: 'DELETE',
    path: ROLE,
    effect: 'change',
    service: 'iam',
    activity: 'deleteRole',
    answers: 'operation',
  },
  'get-iam-organization-policy': {
    method: 'GET',
    path: POLICY,
    effect: 'read',
    service: 'iam',
    activity: 'readOrganisationPolicy',
  },
  'update-iam-organization-policy': {
    method: 'PUT',
    path: POLICY,
    effect: 'change',
    service: 'iam',
    activity: 'changeOrganisationPolicy',
    answers: 'operation',
    forwarded: false,
  },
  'reset-iam-organization-policy': {
    method: 'POST',
    path: `${POLICY}:reset`,
    effect: 'change',
    service: 'iam',
    activity: 'changeOrganisationPolicy',
    answers: 'operation',
    forwarded: false,
  },
  'get-organization': {
    method: 'GET',
    path: '/v2/organization',
    effect: 'read',
    service: 'compute',
    forwarded: false,
  },
  'list-quotas': { method: 'GET', path: '/v2/quota', effect: 'read', service: 'compute', forwarded: false },
  'get-quota': { method: 'GET', path: '/v2/quota/:quota', effect: 'read', service: 'compute', forwarded: false },
  'get-operation': { method: 'GET', path: '/v2/operation/:operation', effect: 'read', activity: 'followOperation' },
  'list-events': {
    method: 'GET',
    path: '/v2/event',
    effect: 'read',
    service: 'compute',
    activity: 'readAudit',
    query: ['from', 'to'],
  },
} as const satisfies Record<string, ExoscaleEndpoint>

export type EndpointId = keyof typeof endpoints

/** Messages of the events for scheduled jobs, and the operations that they stand for. */
export const scheduledMessages = {
  'automatic rotation': 'rotate-kms-key',
  'automatic deletion': 'schedule-kms-key-deletion',
  'automatic replication': 'replicate-kms-key',
} as const satisfies Record<string, EndpointId>

export type ScheduledMessage = keyof typeof scheduledMessages
