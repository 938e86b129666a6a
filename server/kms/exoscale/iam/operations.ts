/** Operations on roles and API keys. */
import * as z from 'zod'
import type { EndpointId } from '../../../../src/clouds/exoscale/endpoints.ts'
import { type ApiRevision, includes } from '../../../../src/clouds/exoscale/revisions.ts'
import { limits } from '../../../../src/clouds/exoscale/rules.ts'
import type { ApiKey as ApiKeyOnWire } from '../../../../src/clouds/exoscale/wire-organisation.ts'
import type { Clock } from '../../engine/clock.ts'
import { text } from '../../field-rules.ts'
import type { Queue } from '../../queue.ts'
import { decoded } from '../../routes.ts'
import { answered, type Call, type RecordedCall } from '../call.ts'
import { timestamp } from '../keys.ts'
import { type Answer, answer, message } from '../problems.ts'
import { createKeyIds } from '../uuid.ts'
import { type Content, readBody, readKeyId as readId, uuid } from '../validation.ts'
import type { ApiKey, ApiKeys } from './api-keys.ts'
import type { Jobs, Reference } from './jobs.ts'
import { allowAll, checkExpressions, Policy, remarkOn } from './policy.ts'
import { CreateRoleBody, type Role, type Roles, roleToWire, UpdateRoleBody } from './roles.ts'

/** Call with its query as sent. */
export type IamOperation = (call: RecordedCall & { readonly query: string }, content: Content) => Promise<Answer>

const CreateApiKeyBody = z.object({
  name: text(limits.apiKeyName),
  'role-id': uuid,
})

const noRole = message(404, 'IAM role not found')
const noApiKey = message(404, 'API Key not found')

const apiKeyToWire = ({ name, key, roleId }: ApiKey): ApiKeyOnWire => ({ name, key, 'role-id': roleId })

/** Of an API key that was there before the call: creation answers no time. */
const knownApiKeyToWire = (revision: ApiRevision) => (apiKey: ApiKey) => ({
  ...apiKeyToWire(apiKey),
  ...(includes(revision, '2026-11') && { 'created-at': timestamp(apiKey.createdAt) }),
})

const referenceTo = (id: string): Reference => ({ id, link: `/v2/iam-role/${id}`, command: 'get-iam-role' })

/** Role with the given members in place of its own. */
const merged = (role: Role, given: Partial<Role>): Role => ({
  ...role,
  ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
})

export function createIamOperations({
  roles,
  apiKeys,
  jobs,
  clock,
  inTurn,
  revision,
}: {
  roles: Roles
  apiKeys: ApiKeys
  jobs: Jobs
  clock: Clock
  /** Serialises changes: no role is deleted while a key is bound to it. */
  inTurn: Queue
  revision: ApiRevision
}) {
  const toWire = knownApiKeyToWire(revision)
  const nextRoleId = createKeyIds()

  async function createApiKey(call: RecordedCall, content: Content): Promise<Answer> {
    const { name, 'role-id': roleId } = readBody(CreateApiKeyBody, content)
    return inTurn(async () => {
      if (!roles.get(roleId)) return noRole
      return apiKeys.create(name, roleId, (made) =>
        answered(call, answer({ ...apiKeyToWire(made), secret: made.secret })),
      )
    })
  }

  async function getApiKey({ id }: Call): Promise<Answer> {
    const found = apiKeys.get(decoded(id))
    return found ? answer(toWire(found)) : noApiKey
  }

  async function deleteApiKey(call: RecordedCall): Promise<Answer> {
    const reply = await inTurn(() => apiKeys.remove(decoded(call.id), (rows) => answered(call, jobs.done(rows))))
    return reply ?? message(400, 'API Key not in organization')
  }

  async function createRole(call: RecordedCall, content: Content): Promise<Answer> {
    const given = readBody(CreateRoleBody, content)
    await checkExpressions(given)
    const createdAt = clock.now()
    const id = nextRoleId(createdAt)
    const { editable = true, policy = allowAll } = given
    const remark = await remarkOn(policy, 'policy.')
    return inTurn(async () => {
      const role = { ...given, id, createdAt, editable, policy, builtIn: false }
      return roles.put(role, (rows) => answered(call, jobs.done(rows, referenceTo(id), remark)))
    })
  }

  async function getRole({ id }: Call): Promise<Answer> {
    const role = roles.get(readId(id))
    return role ? answer(roleToWire(role)) : noRole
  }

  /** Changes a role, except the provider's own. */
  async function change(call: RecordedCall, decide: (role: Role) => Role | Answer, remark?: string): Promise<Answer> {
    const { id } = call
    return inTurn(async () => {
      const role = roles.get(id)
      if (!role) return noRole
      if (role.builtIn) return message(409, `The role ${role.name} can't be changed`)
      const after = decide(role)
      if ('status' in after) return after
      return roles.put(after, (rows) => answered(call, jobs.done(rows, referenceTo(id), remark)))
    })
  }

  async function updateRole(call: RecordedCall, content: Content): Promise<Answer> {
    const named = { ...call, id: readId(call.id) }
    const given = readBody(UpdateRoleBody, content)
    await checkExpressions(given)
    return change(named, (role) => merged(role, given))
  }

  async function updateRolePolicy(call: RecordedCall, content: Content): Promise<Answer> {
    const named = { ...call, id: readId(call.id) }
    const policy = readBody(Policy, content)
    await checkExpressions(policy)
    const decide = (role: Role) =>
      role.editable ? { ...role, policy } : message(409, `The policy of the role ${role.name} can't be changed`)
    return change(named, decide, await remarkOn(policy))
  }

  async function deleteRole(call: RecordedCall): Promise<Answer> {
    const id = readId(call.id)
    return inTurn(async () => {
      const role = roles.get(id)
      if (!role) return noRole
      if (role.builtIn) return message(409, `The role ${role.name} can't be deleted`)
      if (apiKeys.all().some(({ roleId }) => roleId === id))
        return message(409, `The role ${role.name} is in use by an API key`)
      return roles.remove(id, (rows) => answered(call, jobs.done(rows, referenceTo(id))))
    })
  }

  return {
    'list-api-keys': async () => answer({ 'api-keys': apiKeys.all().map(toWire) }),
    'create-api-key': createApiKey,
    'get-api-key': getApiKey,
    'delete-api-key': deleteApiKey,
    'list-iam-roles': async () => answer({ 'iam-roles': roles.all().map(roleToWire) }),
    'create-iam-role': createRole,
    'get-iam-role': getRole,
    'update-iam-role': updateRole,
    'update-iam-role-policy': updateRolePolicy,
    'delete-iam-role': deleteRole,
    'get-operation': async ({ id }) => jobs.read(readId(id)),
  } satisfies Partial<Record<EndpointId, IamOperation>>
}
