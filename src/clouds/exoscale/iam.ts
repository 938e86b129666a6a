import * as z from 'zod/mini'
import { parseTime } from '../../lib/dates.ts'
import { defined } from '../../lib/defined.ts'
import { shellQuote } from '../../lib/shell.ts'
import { List, readItems } from '../answer.ts'
import { type Call, send } from '../http.ts'
import type { ApiKey, Iam, NewApiKeyRequest, NewRoleRequest, Role, RoleChanges } from '../iam.ts'
import { zoneOf } from './connection.ts'
import { change, iamTransport } from './iam-calls.ts'
import { readRole } from './policy.ts'
import { limits } from './rules.ts'
import { createKeyCode, deleteKeyCode, trialCode } from './snippets-iam.ts'
import { changeRoleCode, createRoleCode, deleteRoleCode } from './snippets-iam-roles.ts'
import { CreatedApiKey, ApiKey as WireApiKey, Role as WireRole } from './wire-organisation.ts'

const ApiKeysAnswer = z.object({ 'api-keys': z.optional(List) })
const apiKeyReader = {
  // The published schema requires nothing, but without its key it can't be addressed.
  schema: z.extend(WireApiKey, { key: z.string() }),
  id: 'key',
  name: 'name',
  read: ({ key, name = key, 'role-id': roleId = '', 'created-at': at = '' }: WireApiKey & { key: string }): ApiKey =>
    defined<ApiKey>({ key, name, roleId, createdAt: parseTime(at) }),
}

const RolesAnswer = z.object({ 'iam-roles': z.optional(List) })
const roleReader = { schema: WireRole, id: 'id', name: 'name', read: readRole }

const createCall = ({ name, roleId }: Omit<NewApiKeyRequest, 'roleName'>): Call => ({
  method: 'POST',
  path: '/v2/api-key',
  body: { name, 'role-id': roleId },
})

const deleteCall = ({ key }: ApiKey): Call => ({ method: 'DELETE', path: `/v2/api-key/${encodeURIComponent(key)}` })

const roleNote = ({ description = '' }: RoleChanges) => (description === '' ? {} : { description })

const createRoleCall = ({ name, policyText, ...wanted }: NewRoleRequest): Call => ({
  method: 'POST',
  path: '/v2/iam-role',
  body: { name, ...roleNote(wanted), policy: JSON.parse(policyText) },
})

const rolePath = ({ id }: Role) => `/v2/iam-role/${encodeURIComponent(id)}`

const changeRoleCalls = (role: Role, { policyText, ...changes }: RoleChanges) => [
  ...(changes.description === undefined
    ? []
    : [
        {
          operation: 'update-iam-role',
          call: { method: 'PUT', path: rolePath(role), body: roleNote(changes) },
        } as const,
      ]),
  ...(policyText === undefined
    ? []
    : [
        {
          operation: 'update-iam-role-policy',
          call: { method: 'PUT', path: `${rolePath(role)}:policy`, body: JSON.parse(policyText) },
        } as const,
      ]),
]

const deleteRoleCall = (role: Role): Call => ({ method: 'DELETE', path: rolePath(role) })

/** Default endpoint of the vendor's programs. */
const ownAddress = /^https:\/\/api-\{zone\}\.exoscale\.com\/v2$/

export const iam: Iam = {
  limits: { name: limits.apiKeyName, roleName: limits.roleName, roleDescription: limits.roleDescription },
  listNote: 'Exoscale does not report the last use of API keys.',
  policyNote: 'The organisation’s policy must also allow the call.',

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

  async remove(zone, key, following) {
    await change(zone, 'delete-api-key', deleteCall(key), following)
  },

  removeCode: (zone, key) => deleteKeyCode(zone, deleteCall(key), key),

  async createRole(zone, wanted, following) {
    const { reference } = await change(zone, 'create-iam-role', createRoleCall(wanted), following)
    return reference?.id
  },

  createRoleCode: (zone, wanted) => createRoleCode(zone, createRoleCall(wanted), wanted),

  async changeRole(zone, role, changes, following) {
    for (const { operation, call } of changeRoleCalls(role, changes)) await change(zone, operation, call, following)
  },

  changeRoleCode: (zone, role, changes) =>
    changeRoleCode(
      zone,
      changeRoleCalls(role, changes).map(({ call }) => call),
      role,
      changes,
    ),

  async removeRole(zone, role, following) {
    await change(zone, 'delete-iam-role', deleteRoleCall(role), following)
  },

  removeRoleCode: (zone, role) => deleteRoleCode(zone, deleteRoleCall(role), role),

  emptyPolicyText: JSON.stringify({ 'default-service-strategy': 'deny', services: {} }, null, 2),
  policyTools: () => import('./policy-tools.ts').then((module) => module.policyTools),

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
          'The local KMS of this console is in-process (no network endpoint). Start it with KMS_PORT=8400 to give it a port.',
      }
    return { snippets: trialCode(zoneOf(connection), file) }
  },
}
