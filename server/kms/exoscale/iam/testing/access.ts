/** Roles and API keys for the tests of this folder. */
import { ApiKeyList, CreatedApiKey, Operation } from '../../../../../src/clouds/exoscale/wire-organisation.ts'
import type { Credential, Reply, TestServer } from '../../testing/server.ts'

export const NOWHERE = '00000000-0000-4000-8000-000000000000'

/** Policy with these rules for the service `kms` that refuses everything else. */
export const kmsRules = (...rules: ReadonlyArray<readonly [action: string, expression: string]>) => ({
  'default-service-strategy': 'deny',
  services: { kms: { type: 'rules', rules: rules.map(([action, expression]) => ({ action, expression })) } },
})

/** Calls with another API key. */
export async function callAs(
  server: TestServer,
  credential: Credential,
  method: string,
  target: string,
  content?: object,
): Promise<Reply> {
  const raw = { method, target, ...(content === undefined ? {} : { body: JSON.stringify(content) }) }
  const authorization = await server.authorize(raw, server.expiry(), credential)
  const type = content === undefined ? {} : { 'content-type': 'application/json' }
  return server.raw({ ...raw, headers: { authorization, ...type } })
}

/** Creates a role and returns its id. */
export async function newRole(server: TestServer, role: object = {}): Promise<string> {
  const reply = await server.post('/v2/iam-role', { name: 'a role', ...role })
  const id = Operation.parse(reply.body).reference?.id
  if (id === undefined) throw new Error(reply.text)
  return id
}

/** Creates an API key. */
export async function newApiKey(server: TestServer, roleId: string, name = 'a key'): Promise<CreatedApiKey> {
  return CreatedApiKey.parse((await server.post('/v2/api-key', { name, 'role-id': roleId })).body)
}

/** API key of a new role with this policy. */
export async function keyWithPolicy(server: TestServer, policy: object): Promise<CreatedApiKey & { roleId: string }> {
  const roleId = await newRole(server, { policy })
  return { ...(await newApiKey(server, roleId)), roleId }
}

export const apiKeysOf = async (server: TestServer) =>
  ApiKeyList.parse((await server.get('/v2/api-key')).body)['api-keys'] ?? []

/** Id of a role by its name. */
export async function roleNamed(server: TestServer, name: string): Promise<string> {
  const { body } = await server.get('/v2/iam-role')
  const roles: unknown = body['iam-roles']
  const found = Array.isArray(roles) ? roles.find((role) => role.name === name) : undefined
  return String(found?.id)
}
