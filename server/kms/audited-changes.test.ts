import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endpoints as exoscaleEndpoints } from '../../src/clouds/exoscale/endpoints.ts'
import { endpoints as thalassaEndpoints } from '../../src/clouds/thalassa/endpoints.ts'
import { startXksProxy, type XksProxy } from './exoscale/key-stores/testing/xks-proxy.ts'
import { sign } from './exoscale/testing/server.ts'
import { type LocalKms, openKms } from './kms.ts'
import { databaseIn } from './root-key.ts'
import { AUDIT_LOG } from './testing/audit-log.ts'
import { type Json, START, temporaryFolder } from './testing/thalassa-server.ts'

let dataDir: string
let proxy: XksProxy
let kms: LocalKms
let database: DatabaseSync
beforeAll(async () => {
  dataDir = temporaryFolder()
  proxy = await startXksProxy()
  const log = pino({ level: 'silent' })
  const options = { dataDir, testClock: true, clock: { now: () => START }, xks: { allowPrivate: true }, log }
  kms = await openKms({ ...options, address: () => undefined })
  database = new DatabaseSync(databaseIn(dataDir))
})
afterAll(async () => {
  database.close()
  await kms.close()
  await proxy.close()
  rmSync(dataDir, { recursive: true })
})

const tables = () =>
  database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map(({ name }) => String(name))

const LOG_TABLES = ['audit', 'audit_commits']

/** Every row of the tables. */
const contentOf = (names = tables()) => names.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all()])

interface LogRow {
  readonly action: string
  readonly resource: string
  readonly status: number
}

const logged = (since: number) =>
  database
    .prepare(`SELECT action, resource, status FROM ${AUDIT_LOG} WHERE sequence > ? ORDER BY sequence`)
    .all(since)
    .map(
      ({ action, resource, status }): LogRow => ({
        action: String(action),
        resource: String(resource),
        status: Number(status),
      }),
    )

const lastEntry = () => Number(database.prepare(`SELECT max(sequence) AS last FROM ${AUDIT_LOG}`).get()?.last ?? 0)

/** Runs work while no audit row can be stored. */
async function withoutAudit<T>(work: () => Promise<T>): Promise<T> {
  database.exec("CREATE TRIGGER no_audit BEFORE INSERT ON audit_commits BEGIN SELECT RAISE(ABORT, 'no room'); END")
  try {
    return await work()
  } finally {
    database.exec('DROP TRIGGER no_audit')
  }
}

interface Call {
  readonly method: string
  readonly path: string
  readonly body?: object
}

interface Reply {
  readonly status: number
  readonly body: Json
}

async function send(target: string, { method, body }: Call, headers: Readonly<Record<string, string>>): Promise<Reply> {
  const type = { 'content-type': 'application/json' }
  const init = { method, headers: { ...headers, ...type }, ...(body && { body: JSON.stringify(body) }) }
  const response = await kms.fetch(new Request(`http://kms.test${target}`, init), target)
  return { status: response.status, body: (await response.json()) as Json }
}

const clients = {
  thalassa: (call: Call) => {
    const { token, organisation } = kms.credentials.thalassa
    return send(call.path, call, { authorization: `Token ${token}`, 'x-organisation-identity': organisation })
  },
  async exoscale(call: Call) {
    const { method, path: target, body } = call
    const signed = { method, target, ...(body && { body: JSON.stringify(body) }), credential: kms.credentials.exoscale }
    return send(target, call, { authorization: await sign({ ...signed, expires: START / 1000 + 600 }) })
  },
}

type Changes<E> = {
  [Id in keyof E]: E[Id] extends { readonly effect: 'change' } ? Id : never
}[keyof E]

/** Ids in earlier answers. */
type Known = Map<string, string>

const KEYS = '/v1/kms/nl-01/keys'

/** A search moves the entries of all commits, which would also happen by itself. */
const entriesAreMoved = () => clients.thalassa({ method: 'GET', path: '/v1/audit?limit=1' })

test('a first start leaves no audit rows', () => {
  expect(tables()).toContain('audit')
  expect(logged(0)).toEqual([])
})

/** A call of each endpoint that changes something, in an order in which each succeeds. */
const thalassaCalls: Readonly<Record<Changes<typeof thalassaEndpoints>, (known: Known) => Omit<Call, 'method'>>> = {
  'create-key': () => ({ path: KEYS, body: { name: 'a key' } }),
  'update-rotation': (known) => ({
    path: `${KEYS}/${known.get('key')}/rotation`,
    body: { keyRotationEnabled: true, rotationPeriodInDays: 30 },
  }),
  rotate: (known) => ({ path: `${KEYS}/${known.get('key')}/rotate` }),
  disable: (known) => ({ path: `${KEYS}/${known.get('key')}/disable` }),
  enable: (known) => ({ path: `${KEYS}/${known.get('key')}/enable` }),
  'schedule-deletion': (known) => ({ path: `${KEYS}/${known.get('key')}` }),
  'cancel-deletion': (known) => ({ path: `${KEYS}/${known.get('key')}/cancel-deletion` }),
}

const policy = { 'default-service-strategy': 'allow', services: {} }
const onKey = (path: string, body?: object) => (known: Known) => ({
  path: `/v2/kms-key/${known.get('key')}/${path}`,
  ...(body && { body }),
})
const onStore =
  (path = '', body?: object) =>
  (known: Known) => ({ path: `/v2/key-store/${known.get('store')}${path}`, ...(body && { body }) })
const onRole =
  (path = '', body?: object) =>
  (known: Known) => ({ path: `/v2/iam-role/${known.get('role')}${path}`, ...(body && { body }) })

const exoscaleCalls: Readonly<Record<Changes<typeof exoscaleEndpoints>, (known: Known) => Omit<Call, 'method'>>> = {
  'create-kms-key': () => ({ path: '/v2/kms-key', body: { name: 'a key', 'multi-zone': true } }),
  'rotate-kms-key': onKey('rotate'),
  'disable-kms-key-rotation': onKey('disable-key-rotation'),
  'enable-kms-key-rotation': onKey('enable-key-rotation', { 'rotation-period': 90 }),
  'disable-kms-key': onKey('disable'),
  'enable-kms-key': onKey('enable'),
  'replicate-kms-key': onKey('replicate', { zone: 'de-fra-1' }),
  'schedule-kms-key-deletion': onKey('schedule-deletion', { 'delay-days': 7 }),
  'cancel-kms-key-deletion': onKey('cancel-deletion'),
  'create-key-store': () => ({
    path: '/v2/key-store',
    body: { name: 'a store', proxy: { endpoint: proxy.endpoint, auth: proxy.auth } },
  }),
  'update-key-store': onStore('/update', { description: 'changed' }),
  'connect-key-store': onStore('/connect'),
  'disconnect-key-store': onStore('/disconnect'),
  'delete-key-store': onStore(),
  'create-iam-role': () => ({ path: '/v2/iam-role', body: { name: 'a role', policy } }),
  'create-api-key': (known) => ({ path: '/v2/api-key', body: { name: 'k', 'role-id': known.get('role') } }),
  'delete-api-key': (known) => ({ path: `/v2/api-key/${known.get('apiKey')}` }),
  'update-iam-role': onRole('', { description: 'changed' }),
  'update-iam-role-policy': onRole(':policy', policy),
  'delete-iam-role': onRole(),
  'update-iam-organization-policy': () => ({ path: '/v2/iam-organization-policy', body: policy }),
  'reset-iam-organization-policy': () => ({ path: '/v2/iam-organization-policy:reset' }),
}

const text = (value: Json | undefined) => (typeof value === 'string' ? value : undefined)

/** Ids that an answer tells. */
function learn(known: Known, id: string, { body }: Reply): void {
  const key = id === 'create-key' ? text(body.identity) : id === 'create-kms-key' ? text(body.id) : undefined
  const store = id === 'create-key-store' ? text(body.id) : undefined
  const role = id === 'create-iam-role' ? text(body.reference?.id) : undefined
  const apiKey = id === 'create-api-key' ? text(body.key) : undefined
  for (const [name, value] of Object.entries({ key, store, role, apiKey }))
    if (value !== undefined) known.set(name, value)
}

describe.each([
  ['thalassa', clients.thalassa, thalassaEndpoints, thalassaCalls] as const,
  ['exoscale', clients.exoscale, exoscaleEndpoints, exoscaleCalls] as const,
])('%s', (_, client, endpoints, calls) => {
  const known: Known = new Map()
  const methods = new Map(Object.entries(endpoints).map(([id, { method }]) => [id, method]))

  test.each(Object.entries(calls))('%s is stored together with its audit row, or not at all', async (id, callFor) => {
    const call = { method: methods.get(id) ?? '', ...callFor(known) }
    await entriesAreMoved()
    const before = contentOf()
    const refused = await withoutAudit(() => client(call))
    expect(refused).toMatchObject({
      status: 503,
      body: { message: expect.stringMatching(/^the audit log can't be written/) },
    })
    expect(contentOf()).toEqual(before)

    const last = lastEntry()
    const reply = await client(call)
    expect([200, 201]).toContain(reply.status)
    learn(known, id, reply)
    const others = tables().filter((name) => !LOG_TABLES.includes(name))
    expect(contentOf(others)).not.toEqual(before.filter(([name]) => !LOG_TABLES.includes(String(name))))
    expect(logged(last).map(({ status }) => status)).toContain(reply.status)
  })
})

test('automatic rotations and deletions are stored together with their audit rows, or not at all', async () => {
  const rotated = await clients.thalassa({
    method: 'POST',
    path: KEYS,
    body: { name: 'rotates', keyRotationEnabled: true, rotationPeriodInDays: 30 },
  })
  const doomed = await clients.thalassa({ method: 'POST', path: KEYS, body: { name: 'doomed' } })
  await clients.thalassa({ method: 'DELETE', path: `${KEYS}/${doomed.body.identity}` })
  const primary = await clients.exoscale({
    method: 'POST',
    path: '/v2/kms-key',
    body: { name: 'replicated', 'multi-zone': true },
  })
  const path = `/v2/kms-key/${primary.body.id}`
  await clients.exoscale({ method: 'POST', path: `${path}/replicate`, body: { zone: 'at-vie-1' } })
  await clients.exoscale({ method: 'POST', path: `${path}/schedule-deletion`, body: { 'delay-days': 20 } })

  const keys = () => contentOf(['keys', 'versions', ...LOG_TABLES])
  const forward = (days: number) => send('/clock', { method: 'POST', path: '', body: { days } }, {})
  await entriesAreMoved()
  const before = keys()
  await withoutAudit(() => expect(forward(31)).rejects.toThrow("the audit log can't be written"))
  expect(keys()).toEqual(before)

  const last = lastEntry()
  expect((await forward(31)).status).toBe(200)
  const entries = logged(last)
  const idOf = ({ body }: Reply) => String(body.identity ?? body.id)
  expect(entries).toContainEqual({ action: 'kms.rotate.scheduled', resource: idOf(rotated), status: 0 })
  expect(entries).toContainEqual({ action: 'kms.delete.scheduled', resource: idOf(doomed), status: 0 })
  expect(entries).toContainEqual({ action: 'schedule-kms-key-deletion', resource: idOf(primary), status: 0 })
})

test('a replica and its audit row are stored together, or not at all', async () => {
  const { body } = await clients.exoscale({
    method: 'POST',
    path: '/v2/kms-key',
    body: { name: 'with a replica', 'multi-zone': true },
  })
  await clients.exoscale({ method: 'POST', path: `/v2/kms-key/${body.id}/replicate`, body: { zone: 'at-vie-1' } })
  const nextDay = () => send('/clock', { method: 'POST', path: '', body: { days: 1 } }, {})
  const replica = { method: 'GET', path: `/zone/at-vie-1/v2/kms-key/${body.id}` }
  await nextDay()
  await withoutAudit(async () => expect((await clients.exoscale(replica)).status).toBe(400))
  await nextDay()
  expect((await clients.exoscale(replica)).status).toBe(200)
  expect(logged(0)).toContainEqual({ action: 'replicate-kms-key', resource: String(body.id), status: 0 })
})
