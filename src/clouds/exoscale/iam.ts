import * as z from 'zod/mini'
import { shellQuote } from '../../lib/shell.ts'
import { List, readItems } from '../answer.ts'
import { CallError } from '../errors.ts'
import type { CloudConnection } from '../gateway/wire.ts'
import { type Call, type Refusal, send, type Transport } from '../http.ts'
import type { ApiKey, Iam, NewApiKeyRequest } from '../iam.ts'
import { transportOf } from './connection.ts'
import type { EndpointId } from './endpoints.ts'
import { readRole } from './policy.ts'
import { pollOperation, requireSuccess, unknownEnd } from './poll-operation.ts'
import { defaultZone, limits } from './rules.ts'
import { createKeyCode, trialCode } from './snippets-iam.ts'
import { deleteKeyCode } from './snippets-iam-delete.ts'
import { CreatedApiKey, Operation, ApiKey as WireApiKey, Role as WireRole } from './wire-organisation.ts'

/** Refusals of IAM, which differ from those of keys: no zones, no status, but roles. */
function explain(refusal: Refusal, operation: EndpointId): Refusal {
  const { reason, message } = refusal
  if (/forbidden by role policy/i.test(message))
    return {
      ...refusal,
      advice: `The gateway’s own API key acts in a role that may not do this. Its policy must allow the operation ${operation} of the service iam. Change that role’s policy, or give the gateway a key of another role.`,
    }
  if (/forbidden by organi[sz]ation policy/i.test(message))
    return {
      ...refusal,
      advice: `The organisation’s own policy refuses it to every role. It must allow the operation ${operation} of the service iam.`,
    }
  if (/not in organi[sz]ation/i.test(message))
    return {
      ...refusal,
      reason: 'not-found',
      advice: 'Somebody may have deleted it meanwhile. The list is read again.',
    }
  if (/quota/i.test(message))
    return { ...refusal, reason: 'limit', advice: 'Delete an API key that nothing uses, or ask Exoscale for more.' }
  if (reason === 'not-found')
    return {
      ...refusal,
      advice:
        operation === 'create-api-key'
          ? 'The role may have been deleted meanwhile. Choose another.'
          : 'Somebody may have deleted it meanwhile. Read the list again.',
    }
  if (reason === 'unavailable') return { ...refusal, advice: 'Try again later.' }
  return refusal
}

function iamTransport(zone: string, operation: EndpointId): Transport {
  const transport = transportOf(zone)
  return { ...transport, readError: (status, body) => explain(transport.readError(status, body), operation) }
}

const ApiKeysAnswer = z.object({ 'api-keys': z.optional(List) })
const apiKeyReader = {
  // The published schema requires nothing, but without its key it can't be addressed.
  schema: z.extend(WireApiKey, { key: z.string() }),
  id: 'key',
  name: 'name',
  read: ({ key, name = key, 'role-id': roleId = '' }: WireApiKey & { key: string }): ApiKey => ({ key, name, roleId }),
}

const RolesAnswer = z.object({ 'iam-roles': z.optional(List) })
const roleReader = { schema: WireRole, id: 'id', name: 'name', read: readRole }

const createCall = ({ name, roleId }: Omit<NewApiKeyRequest, 'roleName'>): Call => ({
  method: 'POST',
  path: '/v2/api-key',
  body: { name, 'role-id': roleId },
})

const deleteCall = ({ key }: ApiKey): Call => ({ method: 'DELETE', path: `/v2/api-key/${encodeURIComponent(key)}` })

async function remove(zone: string, key: ApiKey, options: Parameters<Iam['remove']>[2] = {}): Promise<void> {
  const { progress, signal } = options
  const call = deleteCall(key)
  const begun = await send(iamTransport(zone, 'delete-api-key'), call, Operation)
  const read = (id: string) =>
    send(
      iamTransport(zone, 'get-operation'),
      { method: 'GET', path: `/v2/operation/${encodeURIComponent(id)}` },
      Operation,
      signal,
    )
  const ended = await pollOperation(begun, { read, progress, signal }).catch((error: unknown) => {
    throw error instanceof CallError ? unknownEnd(error) : error
  })
  requireSuccess(ended, call)
}

/** Default endpoint of the vendor's programs. */
const ownAddress = /^https:\/\/api-\{zone\}\.exoscale\.com\/v2$/

const zoneOf = ({ zones = [] }: CloudConnection): string =>
  zones.includes(defaultZone) ? defaultZone : (zones[0] ?? defaultZone)

export const iam: Iam = {
  limits: { name: limits.apiKeyName },
  listNote: 'Exoscale tells neither when an API key was made nor when it was last used.',
  policyNote: 'The organisation’s own policy is asked first; both must allow a call.',

  location: zoneOf,

  async apiKeys(zone, signal) {
    const call: Call = { method: 'GET', path: '/v2/api-key' }
    const { 'api-keys': keys } = await send(iamTransport(zone, 'list-api-keys'), call, ApiKeysAnswer, signal)
    return readItems(keys, apiKeyReader)
  },

  async roles(zone, signal) {
    const call: Call = { method: 'GET', path: '/v2/iam-role' }
    const { 'iam-roles': roles } = await send(iamTransport(zone, 'list-iam-roles'), call, RolesAnswer, signal)
    return readItems(roles, roleReader)
  },

  async create(zone, wanted) {
    const made = await send(iamTransport(zone, 'create-api-key'), createCall(wanted), CreatedApiKey)
    const { key, secret, name = wanted.name, 'role-id': roleId = wanted.roleId } = made
    return { key, secret, name, roleId }
  },

  createCode: (zone, wanted) => createKeyCode(zone, createCall(wanted), wanted),

  remove,

  removeCode: (zone, key) => deleteKeyCode(zone, deleteCall(key), key),

  variables: ['EXOSCALE_API_KEY', 'EXOSCALE_API_SECRET'],

  environmentFile({ key, secret }, connection) {
    const { endpoint = '' } = connection
    const lines = [
      ['EXOSCALE_API_KEY', key],
      ['EXOSCALE_API_SECRET', secret],
      ...(endpoint === '' || ownAddress.test(endpoint)
        ? []
        : [['EXOSCALE_API_ENDPOINT', endpoint.replaceAll('{zone}', zoneOf(connection))]]),
    ]
    return lines.map(([name = '', value = '']) => `${name}=${shellQuote(value)}\n`).join('')
  },

  trial(connection, file) {
    if (connection.endpoint === undefined)
      return {
        unreachable:
          'Nothing outside this console can use the key: its local KMS has no port of its own. Start it with KMS_PORT=8400 to give it one.',
      }
    return { snippets: trialCode(zoneOf(connection), file) }
  },
}
