/** Objects on a server that requests of each operation need. */
import { randomBytes } from 'node:crypto'
import { type EndpointId, type ExoscaleEndpoint, endpoints } from '../../../../../src/clouds/exoscale/endpoints.ts'
import { type ApiRevision, includes } from '../../../../../src/clouds/exoscale/revisions.ts'
import type { Reply, TestServer } from '../../testing/server.ts'
import { contractOf } from './operations.ts'
import { type Given, sample } from './requests.ts'
import type { ObjectSchema } from './schema.ts'

/** Path of an endpoint with a value for its parameter. */
export const pathWith = (path: string, value: string): string => path.replace(/(?<=\/):\w+/, value)

/** Operations of a revision. Those on key stores need a proxy: the tests beside them start one. */
export const operationsOf = (revision: ApiRevision): readonly EndpointId[] =>
  (Object.keys(endpoints) as EndpointId[]).filter((id) => {
    const { since = 'reference', path }: ExoscaleEndpoint = endpoints[id]
    return includes(revision, since) && !path.startsWith('/v2/key-store')
  })

/** Operations with a body, and its schema. */
export const withBody = (revision: ApiRevision): ReadonlyArray<readonly [EndpointId, ObjectSchema]> =>
  operationsOf(revision).flatMap((id) => {
    const { request } = contractOf(revision, id)
    return request ? [[id, request] as const] : []
  })

export interface Prepared {
  readonly method: string
  readonly target: string
  /** Accepted bodies; several if no single one can have all members. */
  readonly bodies: readonly unknown[]
}

const context = 'dGVuYW50PTQy'
const unique = () => randomBytes(6).toString('hex')
const idOf = (target: string) => target.split('/').at(-1) ?? ''
const allowing = "operation in ['encrypt', 'decrypt']"

export async function newRole(server: TestServer, name = unique()): Promise<string> {
  const { body } = await server.post('/v2/iam-role', { name })
  const { reference } = body as { reference?: { id?: string } }
  return `/v2/iam-role/${reference?.id}`
}

async function newApiKey(server: TestServer): Promise<unknown> {
  const role = idOf(await newRole(server))
  return (await server.post('/v2/api-key', { name: unique(), 'role-id': role })).body.key
}

const newMultiZoneKey = async (server: TestServer) =>
  `/v2/kms-key/${(await server.post('/v2/kms-key', { name: unique(), 'multi-zone': true })).body.id}`

async function encrypted(server: TestServer, key: string): Promise<unknown> {
  const reply = await server.post(`${key}/encrypt`, { plaintext: 'aGVsbG8=', 'encryption-context': context })
  return reply.body.ciphertext
}

const message = 'aGVsbG8='

async function newSigningKey(server: TestServer): Promise<string> {
  const kind = { usage: 'sign-verify', 'key-spec': 'ECC_NIST_P256' }
  return `/v2/kms-key/${(await server.post('/v2/kms-key', { name: unique(), ...kind })).body.id}`
}

async function signed(server: TestServer, key: string): Promise<unknown> {
  return (await server.post(`${key}/sign`, { message, 'signing-algorithm': 'ECDSA_SHA_256' })).body.signature
}

interface Needs {
  /** Path of the key or role of the request. */
  readonly about?: string
  readonly given?: readonly Given[]
}

const onKey = async (server: TestServer): Promise<Needs> => ({ about: await server.newKey() })
const onRole = async (server: TestServer): Promise<Needs> => ({ about: await newRole(server) })

/** Requirements of an operation's request beyond its schema. */
const needs: Partial<Record<EndpointId, (server: TestServer) => Promise<Needs>>> = {
  // Of a key store, which such a key needs, nothing is given.
  'create-kms-key': async () => ({ given: [{ name: unique(), xks: undefined }] }),
  async 'enable-kms-key-rotation'(server) {
    const about = await server.newKey()
    await server.post(`${about}/disable-key-rotation`)
    return { about }
  },
  'replicate-kms-key': async (server) => ({ about: await newMultiZoneKey(server), given: [{ zone: 'de-fra-1' }] }),
  async decrypt(server) {
    const about = await server.newKey()
    return { about, given: [{ ciphertext: await encrypted(server, about), 'encryption-context': context }] }
  },
  async 're-encrypt'(server) {
    const about = await server.newKey()
    const given = {
      'source.key': idOf(about),
      'source.ciphertext': await encrypted(server, about),
      'source.encryption-context': context,
      'destination.key': idOf(await server.newKey()),
    }
    return { about, given: [given] }
  },
  'generate-data-key': async (server) => ({
    about: await server.newKey(),
    given: [{ 'key-spec': undefined }, { 'bytes-count': undefined }],
  }),
  sign: async (server) => ({ about: await newSigningKey(server) }),
  async verify(server) {
    const about = await newSigningKey(server)
    return { about, given: [{ message, signature: await signed(server, about) }] }
  },
  'get-public-key': async (server) => ({ about: await newSigningKey(server) }),
  'create-api-key': async (server) => ({ given: [{ 'role-id': idOf(await newRole(server)) }] }),
  async 'create-iam-role'() {
    const rules = ['policy.services.kms.rules.0.expression', 'assume-role-policy.rules.0.expression']
    return { given: [{ name: unique(), ...Object.fromEntries(rules.map((path) => [path, allowing])) }] }
  },
  'get-api-key': async (server) => ({ about: String(await newApiKey(server)) }),
  'delete-api-key': async (server) => ({ about: String(await newApiKey(server)) }),
  'get-iam-role': onRole,
  'delete-iam-role': onRole,
  'get-quota': async () => ({ about: 'kms-key' }),
  'get-operation': async (server) => ({
    about: String((await server.post('/v2/iam-role', { name: unique() })).body.id),
  }),
  async 'cancel-kms-key-deletion'(server) {
    const about = await server.newKey()
    await server.post(`${about}/schedule-deletion`, {})
    return { about }
  },
  'update-iam-role': async (server) => ({
    ...(await onRole(server)),
    given: [{ 'assume-role-policy.rules.0.expression': allowing }],
  }),
  'update-iam-role-policy': async (server) => ({
    ...(await onRole(server)),
    given: [{ 'services.kms.rules.0.expression': allowing }],
  }),
  async 'update-iam-organization-policy'(server) {
    // The former policy may refuse everything but this.
    await server.post('/v2/iam-organization-policy:reset')
    return { given: [{ 'services.kms.rules.0.expression': allowing }] }
  },
}

/** Creates the objects that a request of the operation needs, and valid bodies for it. */
export async function prepare(server: TestServer, operation: EndpointId): Promise<Prepared> {
  const { method, path }: ExoscaleEndpoint = endpoints[operation]
  const { request } = contractOf(server.revision, operation)
  const { about = '', given = [{}] } = await (needs[operation] ?? onKey)(server)
  return {
    method,
    target: pathWith(path, idOf(about)),
    bodies: request ? given.map((one) => sample(request, one)) : [],
  }
}

/** Everything that a client can read of keys, API keys, roles and policies, for comparison. */
export async function readAll(server: TestServer): Promise<readonly string[]> {
  const zones = (await server.get('/v2/zone')).body.zones as ReadonlyArray<{ name: string }>
  const lists = [
    ...zones.map(({ name }) => `/zone/${name}/v2/kms-key`),
    '/v2/api-key',
    '/v2/iam-role',
    '/v2/iam-organization-policy',
  ]
  const read: string[] = []
  for (const list of lists) read.push(`${list} ${(await server.get(list)).text}`)
  const [{ name: zone = '' } = {}] = zones
  const { 'kms-keys': keys } = (await server.get(`/zone/${zone}/v2/kms-key`)).body
  for (const { id } of keys as ReadonlyArray<{ id: string }>)
    read.push((await server.get(`/zone/${zone}/v2/kms-key/${id}`)).text)
  return read
}

/** Members that a problem names, as dotted paths; only the first revision lists them separately from the text. */
export const namedIn = ({ body }: Reply): readonly string[] =>
  ((body.errors ?? []) as ReadonlyArray<{ path: string }>).map(({ path }) => path)
