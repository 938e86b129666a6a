import { List } from '../answer.ts'
import { type ConnectionCheck, type ProbeScope, ping } from '../connection-check.ts'
import { addressOf } from '../model.ts'
import { audit } from './audit.ts'
import { thalassa } from './cloud.ts'
import { transport } from './connection.ts'

const organisation = ['THALASSA_ORGANISATION_ID', 'your-organisation'] as const

/** Slug that no key has, for a short answer. */
const NO_SLUG = 'connection-test'

const noKey = ({ sample }: ProbeScope) => (sample ? undefined : 'There is no key to read.')

export const connectionCheck: ConnectionCheck = {
  ping: ({ location, project }, signal) =>
    ping(
      transport,
      { method: 'GET', path: `/v1/kms/${encodeURIComponent(location)}/keys?slug=${NO_SLUG}`, project },
      List,
      signal,
    ),
  emptyListMayMeanForbidden: true,
  listPermission: 'list on kms_key',
  probes: [
    {
      label: 'Read a key',
      permission: 'read on kms_key',
      refusal: noKey,
      async run({ sample }, signal) {
        if (sample) await thalassa.key(addressOf(sample), signal)
        return undefined
      },
    },
    {
      label: 'List projects',
      permission: 'projects',
      async run(_place, signal) {
        await thalassa.projects?.(signal)
        return undefined
      },
    },
    {
      label: 'Read the audit log',
      permission: 'list and read on audit_log',
      async run({ project }, signal) {
        await audit({ page: 1, project }, signal)
        return undefined
      },
    },
  ],
  untested: ['use, rotate and export keys', 'create keys', 'disable, enable and delete keys'],
  credentials: [
    {
      id: 'token',
      label: 'Personal access token',
      note: 'Acts as the person whose token it is.',
      secrets: ['THALASSA_PERSONAL_ACCESS_TOKEN'],
      plain: [organisation],
    },
    {
      id: 'client',
      label: 'Client id and secret',
      note: 'An access credential of a service account. The gateway exchanges it for tokens and renews them.',
      secrets: ['THALASSA_CLIENT_SECRET'],
      plain: [['THALASSA_CLIENT_ID', 'your-client-id'], organisation],
    },
    {
      id: 'bearer',
      label: 'OIDC access token',
      note: 'Expires, often within an hour; the gateway can’t renew it.',
      secrets: ['THALASSA_ACCESS_TOKEN'],
      plain: [organisation],
    },
  ],
  optional: [
    ['THALASSA_PROJECT_ID', 'your-project', 'only the keys of this project'],
    ['THALASSA_API_ENDPOINT', 'https://api.thalassa.cloud', 'an address other than the vendor’s'],
  ],
  requiredPermissions: [
    ['List and read keys', 'list and read on kms_key'],
    ['Use, rotate and export keys', 'update on kms_key'],
    ['Create keys', 'create on kms_key'],
    ['Disable, enable and delete keys', 'delete on kms_key'],
  ],
  variables: [
    'THALASSA_PERSONAL_ACCESS_TOKEN',
    'THALASSA_API_TOKEN',
    'THALASSA_ACCESS_TOKEN',
    'THALASSA_CLIENT_ID',
    'THALASSA_CLIENT_SECRET',
    'THALASSA_ORGANISATION_ID',
    'THALASSA_ORGANISATION',
    'THALASSA_PROJECT_ID',
    'THALASSA_API_ENDPOINT',
  ],
  firstCall: { method: 'GET', path: '/v1/kms/summary' },
  localVariables: (local) => ({
    plain: [
      ['THALASSA_API_ENDPOINT', local.address],
      ['THALASSA_ORGANISATION_ID', local.organisation],
    ],
    secrets: ['THALASSA_PERSONAL_ACCESS_TOKEN'],
  }),
}
