import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zones } from '../../src/clouds/exoscale/rules.ts'
import { KmsKey as ExoscaleKey, KeyList as ExoscaleKeyList } from '../../src/clouds/exoscale/wire.ts'
import { ApiKeyList, RoleList } from '../../src/clouds/exoscale/wire-organisation.ts'
import { KeyList as ThalassaKeyList } from '../../src/clouds/thalassa/wire.ts'
import { connect } from '../connect.ts'
import type { Connection } from '../gateway/connection.ts'
import { createGateway } from '../gateway/gateway.ts'
import { ownHosts } from '../gateway/guard.ts'
import { fetchOf } from '../http/over-fetch.ts'
import { demoKeys as exoscaleKeys } from '../kms/exoscale/demo.ts'
import { demoKeys as thalassaKeys } from '../kms/thalassa/demo.ts'
import { createLogger } from '../log.ts'
import { history, seedDemo } from './seed.ts'

const day = 86_400_000
const now = Date.now()
const dataDir = mkdtempSync(join(tmpdir(), 'demo-'))
const log = createLogger('silent')
let connections: readonly Connection[] = []
let close: () => Promise<void> = async () => undefined

beforeAll(async () => {
  await seedDemo({ dataDir, now })
  const opened = await connect(
    {
      live: [],
      outbound: { routes: [], certificateFiles: [], certificates: [] },
      kms: { port: undefined, dataDir, rootKey: undefined, exoscaleApi: 'reference' },
    },
    log,
    () => undefined,
  )
  connections = opened.connections
  close = async () => opened.kms?.close()
})

afterAll(async () => {
  await close()
  rmSync(dataDir, { recursive: true })
})

const get = async (path: string): Promise<unknown> => {
  const hosts = ownHosts({ host: '127.0.0.1', port: 80 })
  const fetch = fetchOf(createGateway({ version: '1', connections, hosts: () => hosts, readOnly: true, log }))
  const answer = await fetch(new Request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1' } }))
  expect(answer.status).toBe(200)
  return answer.json()
}

const exoscaleList = async () => {
  const lists = await Promise.all(
    zones.map(async ({ name }) => ({ name, list: await get(`/api/exoscale/${name}/kms-key`) })),
  )
  return lists.flatMap(({ name, list }) =>
    ExoscaleKeyList.parse(list)['kms-keys'].map((key) => ({ ...key, zone: name })),
  )
}

test('all keys exist, in every state that a screen can show', async () => {
  const keys = ThalassaKeyList.parse(await get('/api/thalassa/v1/kms/nl-01/keys')) ?? []
  expect(keys).toHaveLength(thalassaKeys.length)
  expect(new Set(keys.map(({ status }) => status))).toEqual(new Set(['active', 'disabled', 'pending_deletion']))
  const named = (name: string) => keys.find((key) => key.name === name)
  expect(named('billing archive')).toMatchObject({ latestVersion: 7, rotationPeriodInDays: 90 })
  const doomed = named('ledger-2023')
  expect(doomed).toMatchObject({ latestVersion: 4, status: 'pending_deletion' })
  expect((Date.parse(doomed?.deletionScheduledAt ?? '') - now) / day).toBeCloseTo(9, 0)

  const inZones = await exoscaleList()
  const demo = new Set(exoscaleKeys.map(({ name }) => name))
  const primaries = inZones.filter(({ zone, 'origin-zone': origin }) => zone === origin)
  expect(primaries.filter(({ name }) => demo.has(name))).toHaveLength(exoscaleKeys.length)
  expect(new Set(inZones.map(({ status }) => status))).toEqual(new Set(['enabled', 'disabled', 'pending-deletion']))
  const late = inZones.find(({ name }) => name === 'hr-documents')
  expect(late).toMatchObject({ status: 'disabled', material: { version: 2, automatic: true } })
  expect((Date.parse(late?.rotation['next-at'] ?? '') - now) / day).toBeCloseTo(-3, 0)
})

test('API keys of several roles exist', async () => {
  const roles = RoleList.parse(await get('/api/exoscale/ch-gva-2/iam-role'))['iam-roles'] ?? []
  expect(roles.map(({ name }) => name)).toEqual(['Owner', 'Billing', 'kms-crypto', 'kms-admin', 'kms-read'])
  const keys = ApiKeyList.parse(await get('/api/exoscale/ch-gva-2/api-key'))['api-keys'] ?? []
  const roleOf = (id?: string) => roles.find((role) => role.id === id)?.name
  expect(keys.map((key) => `${key.name} ${roleOf(key['role-id'])}`)).toEqual([
    'local Owner',
    'ci-terraform kms-admin',
    'backup-runner kms-crypto',
    'k8s-kms-plugin kms-crypto',
    'invoice-service kms-crypto',
    'console-readonly kms-read',
  ])
})

test('replicated keys are up to date in all their zones', async () => {
  const inZones = await exoscaleList()
  const replicated = exoscaleKeys.filter(({ replicas }) => replicas !== undefined)
  expect(replicated.map(({ replicas }) => replicas?.length).sort()).toEqual([1, 2])
  for (const { name, zone: origin, replicas = [] } of replicated) {
    const copies = inZones.filter((key) => key.name === name)
    expect(copies.map(({ zone }) => zone).sort()).toEqual([origin, ...replicas].sort())
    expect(new Set(copies.map(({ id, material }) => `${id} ${material.version}`)).size).toBe(1)
    const [{ id } = { id: '' }] = copies
    const primary = ExoscaleKey.parse(await get(`/api/exoscale/${origin}/kms-key/${id}`))
    const { revision, 'replicas-status': states } = primary
    expect(states).toEqual(replicas.map((zone) => ({ zone, 'last-applied-watermark': revision.seq })))
  }
  expect(inZones.filter(({ name }) => name === 'exoscale-default')).toHaveLength(zones.length)
})

test('no event of the history is in the future', () => {
  const steps = history(now)
  expect(steps.every(({ at }) => at < now)).toBe(true)
  expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).toSorted((a, b) => a - b))
})
