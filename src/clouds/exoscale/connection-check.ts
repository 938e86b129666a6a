import * as z from 'zod/mini'
import { List } from '../answer.ts'
import { type ConnectionCheck, type ProbeScope, ping } from '../connection-check.ts'
import { addressOf } from '../model.ts'
import { audit } from './audit.ts'
import { exoscale } from './cloud.ts'
import { transportOf } from './connection.ts'
import { iam } from './iam.ts'

const noKey = ({ sample }: ProbeScope) => (sample ? undefined : 'There is no key to read.')

/** Permissions of the gateway's API key, if the key and its role are readable. */
async function ownRole({ location, connection }: ProbeScope, signal: AbortSignal): Promise<string | undefined> {
  const [roles, keys] = await Promise.all([iam.roles(location, signal), iam.apiKeys(location, signal)])
  const own = keys.items.find(({ key }) => key === connection.apiKey)
  const role = own && roles.items.find(({ id }) => id === own.roleId)
  return role && `Role of this API key: ${role.name} (${role.allows}).`
}

export const connectionCheck: ConnectionCheck = {
  ping: ({ location }, signal) =>
    ping(transportOf(location), { method: 'GET', path: '/v2/kms-key' }, z.object({ 'kms-keys': List }), signal),
  emptyListMayMeanForbidden: false,
  listPermission: 'list-kms-keys',
  probes: [
    {
      label: 'Read a key',
      permission: 'get-kms-key',
      refusal: noKey,
      async run({ sample }, signal) {
        if (sample) await exoscale.key(addressOf(sample), signal)
        return undefined
      },
    },
    {
      label: 'Read the rotations of a key',
      permission: 'list-kms-key-rotations',
      refusal: noKey,
      async run({ sample }, signal) {
        if (sample) await exoscale.versions(sample, signal)
        return undefined
      },
    },
    {
      label: 'List API keys',
      permission: 'list-api-keys',
      async run({ location }, signal) {
        await iam.apiKeys(location, signal)
        return undefined
      },
    },
    { label: 'List roles', permission: 'list-iam-roles', run: ownRole },
    {
      label: 'Read the event log',
      permission: 'list-events',
      async run(_place, signal) {
        await audit({ page: 1 }, signal)
        return undefined
      },
    },
  ],
  untested: ['use keys', 'create and change keys', 'create and delete API keys'],
  credentials: [
    {
      id: 'key',
      label: 'IAM API key',
      note: 'The gateway signs every request with it. The secret is shown only once, when the API key is created.',
      secrets: ['EXOSCALE_API_SECRET'],
      plain: [['EXOSCALE_API_KEY', 'EXOyour-api-key']],
    },
  ],
  optional: [['EXOSCALE_API_ENDPOINT', 'https://api-{zone}.exoscale.com/v2', 'an address other than the vendor’s']],
  requiredPermissions: [
    ['Keys', 'service kms'],
    ['API keys and roles', 'service iam'],
    ['Event log', 'service compute'],
  ],
  variables: ['EXOSCALE_API_KEY', 'EXOSCALE_API_SECRET', 'EXOSCALE_API_ENDPOINT'],
  firstCall: { method: 'GET', path: '/v2/kms-key' },
  localVariables: (local) => ({
    plain: [
      ['EXOSCALE_API_ENDPOINT', `${local.address}/v2`],
      ['EXOSCALE_API_KEY', local.apiKey],
    ],
    secrets: ['EXOSCALE_API_SECRET'],
  }),
}
