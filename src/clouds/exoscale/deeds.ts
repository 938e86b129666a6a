/** Exoscale's paths, as deeds. Its API has no audit log. */
import type { DeedTable } from '../deeds.ts'

const KEY = '/v2/kms-key/:key'

export const deedTable: DeedTable = {
  actions: {},
  calls: {
    'GET /v2/zone': 'readLocations',
    'GET /v2/kms-key': 'listKeys',
    'POST /v2/kms-key': 'create',
    [`GET ${KEY}`]: 'readKey',
    [`GET ${KEY}/list-key-rotations`]: 'readVersions',
    [`POST ${KEY}/encrypt`]: 'encrypt',
    [`POST ${KEY}/decrypt`]: 'decrypt',
    [`POST ${KEY}/re-encrypt`]: 'reEncrypt',
    [`POST ${KEY}/generate-data-key`]: 'dataKey',
    [`POST ${KEY}/replicate`]: 'replicate',
    [`POST ${KEY}/rotate`]: 'rotate',
    [`POST ${KEY}/enable-key-rotation`]: 'setRotation',
    [`POST ${KEY}/disable-key-rotation`]: 'setRotation',
    [`POST ${KEY}/enable`]: 'enable',
    [`POST ${KEY}/disable`]: 'disable',
    [`POST ${KEY}/schedule-deletion`]: 'scheduleDeletion',
    [`POST ${KEY}/cancel-deletion`]: 'cancelDeletion',
    'GET /v2/api-key': 'listApiKeys',
    'POST /v2/api-key': 'createApiKey',
    'GET /v2/api-key/:apiKey': 'readApiKey',
    'DELETE /v2/api-key/:apiKey': 'deleteApiKey',
    'GET /v2/iam-role': 'listRoles',
    'GET /v2/iam-role/:role': 'readRole',
    'GET /v2/operation/:operation': 'followOperation',
    'GET /v2/event': 'readAudit',
  },
  facts: {},
}
