import { afterEach, describe, expect, test } from 'vitest'
import type { Operation } from './cloud.ts'
import type { Grant } from './gateway/wire.ts'
import type { KmsKey } from './model.ts'
import type { OperationId } from './operations.ts'
import { providerOperations } from './operations-registry.ts'
import { refusalFor, setPermissions } from './permissions.ts'
import { readOnlyRefusal } from './refusals.ts'
import { clouds } from './registry.ts'

/** What the gateway still forwards when it only reads. */
const left: readonly OperationId[] = ['encrypt', 'verify', 'verifyHmac']

const key: Omit<KmsKey, 'cloud'> = {
  location: 'somewhere',
  id: 'an-id',
  name: 'a key',
  labels: {},
  annotations: {},
  type: 'aes256-gcm96',
  purpose: 'encrypt',
  can: ['encrypt'],
  status: 'enabled',
  rotation: { automatic: true },
  latestVersion: 1,
  createdAt: 0,
  traits: [],
}

afterEach(() => setPermissions({ readOnly: false }))

describe.each(clouds)('$longName behind a gateway that only reads', (cloud) => {
  const operations = Object.entries(providerOperations(cloud.id)) as [OperationId, Operation<never, unknown>][]
  const reasonsOf = () =>
    new Map(operations.map(([id, operation]) => [id, operation.refusal({ ...key, cloud: cloud.id })]))

  test('encrypts and verifies as before, and refuses everything else with the reason, whatever the key', () => {
    const before = reasonsOf()
    setPermissions({ readOnly: true })
    const after = reasonsOf()
    for (const [id] of operations) expect(after.get(id)).toBe(left.includes(id) ? before.get(id) : readOnlyRefusal)
    expect([...before.values()]).not.toContain(readOnlyRefusal)
  })
})

describe('by the roles of the person', () => {
  const person = (...grants: readonly Grant[]) => ({
    subject: 'ada',
    name: 'Ada',
    grants: [...grants],
    canSignOut: true,
  })
  const grants: Grant[] = [
    { group: 'admins', role: 'admin' },
    { group: 'sre', role: 'operator', provider: 'thalassa', where: { name: 'env', value: 'staging' } },
    { group: '*', role: 'viewer' },
  ]
  const needs = {
    encrypt: 'user',
    rotate: 'operator',
    export: 'admin',
    verify: 'viewer',
    createApiKey: 'admin',
  } as const
  const of = (...groups: readonly string[]) => ({
    readOnly: false,
    grants,
    needs,
    person: person(...grants.filter(({ group }) => groups.includes(group))),
  })
  const target = { cloud: 'thalassa', location: 'nl-01', labels: { env: 'production' } }

  test('names the role and the groups that have it', () => {
    expect(refusalFor('rotate', target, of('*'))).toBe('This needs the role operator. Groups with it: admins, sre.')
    expect(refusalFor('export', target, of('*'))).toBe('This needs the role admin. Groups with it: admins.')
    expect(refusalFor('verify', target, of('*'))).toBeUndefined()
    expect(refusalFor('export', target, of('admins'))).toBeUndefined()
  })

  test('follows the labels of the key, and leaves them to the gateway where they are not known', () => {
    expect(refusalFor('rotate', target, of('sre'))).toContain('operator')
    expect(refusalFor('rotate', { ...target, labels: { env: 'staging' } }, of('sre'))).toBeUndefined()
    expect(refusalFor('rotate', { cloud: 'thalassa', location: 'nl-01' }, of('sre'))).toBeUndefined()
    expect(refusalFor('rotate', { ...target, cloud: 'exoscale' }, of('sre'))).toContain('operator')
  })

  test('refuses nothing where nobody signs in, and everything else while the console is read-only', () => {
    expect(refusalFor('rotate', target, { readOnly: false })).toBeUndefined()
    expect(refusalFor('rotate', target, { ...of('admins'), readOnly: true })).toBe(readOnlyRefusal)
    expect(refusalFor('encrypt', target, { ...of('*'), readOnly: true })).toContain('role user')
  })

  test('a key’s operations say it before their own reasons', () => {
    setPermissions(of('*'))
    const rotate = providerOperations('thalassa').rotate
    expect(rotate?.refusal({ ...key, cloud: 'thalassa' })).toContain('This needs the role operator.')
  })
})
