import { describe, expect, test } from 'vitest'
import { inDays } from '../period.ts'
import { exoscale } from './cloud.ts'
import { rememberDefaultKey } from './default-key.ts'
import { creationTime, readKey, readVersions } from './read.ts'
import { CreatedKey, KeyRotations, KmsKey, ScheduleDeletionAnswer } from './wire.ts'
import { Role } from './wire-organisation.ts'

/** Answer of the production service for a key pending deletion, before `delete-at` existed. */
const observed = KmsKey.parse({
  'created-at': '2026-06-23T12:08:27.566894214Z',
  description: 'acceptance test key',
  id: '019ef461-c0ae-7c9c-94bd-081e70fe2b08',
  material: { automatic: false, 'created-at': '2026-06-23T12:08:27.566894214Z', version: 1 },
  'multi-zone': false,
  name: 'terraform-provider-test-1782216506115617000',
  'origin-zone': 'hr-zag-1',
  revision: { at: '2026-06-23T12:08:28.480279759Z', seq: 3 },
  rotation: { automatic: true, 'manual-count': 0, 'next-at': '2027-06-23T12:08:27.568789687Z', 'rotation-period': 365 },
  source: 'exoscale-kms',
  status: 'pending-deletion',
  'status-since': '2026-06-23T12:08:28.480279759Z',
  usage: 'encrypt-decrypt',
})

describe('a key of the production service', () => {
  const key = readKey(observed, 'hr-zag-1')

  test('is read', () => {
    expect(key).toMatchObject({
      status: 'pending-deletion',
      latestVersion: 1,
      createdAt: Date.UTC(2026, 5, 23, 12, 8, 27, 566),
      traits: [],
      rotation: { automatic: true, period: inDays(365), manual: { used: 0, limit: 10 } },
    })
  })

  test('has no next rotation while its deletion is pending', () => {
    expect(key.rotation.nextAt).toBeUndefined()
  })

  test('is a replica in any zone except its origin', () => {
    expect(readKey(observed, 'ch-gva-2').traits).toEqual(['replica'])
  })

  test('the creation time is read from the id, not from created-at', () => {
    expect(creationTime(observed.id, '2026-07-01T00:00:00Z')).toBe(key.createdAt)
    expect(creationTime('3f2b7a52-6c1e-4f0e-9b54-0d7c1f6a9e11', '2026-07-01T00:00:00Z')).toBe(Date.UTC(2026, 6, 1))
  })

  test('version 1 is added to the rotations, newest first, and unknown members stay unknown', () => {
    const versions = readVersions(
      {
        rotations: [
          { version: 2, 'rotated-at': '2026-07-01T00:00:00Z', automatic: true },
          { version: 3, 'rotated-at': '2026-08-01T00:00:00Z' },
        ],
      },
      key,
    )
    expect(versions.items.map(({ version, trigger: how }) => [version, how])).toEqual([
      [3, undefined],
      [2, 'automatic'],
      [1, 'created'],
    ])
  })
})

/** Primary of a multi-zone key, at revision 7. */
const replicated = (states: unknown, members: object = {}) =>
  readKey(
    KmsKey.parse({
      ...observed,
      status: 'enabled',
      'multi-zone': true,
      revision: { seq: 7, at: '2026-07-01T00:00:00Z' },
      replicas: ['de-fra-1', 'at-vie-1', 'bg-sof-1'],
      'replicas-status': states,
      ...members,
    }),
    'hr-zag-1',
  )

const failure = { 'attempted-watermark': 7, error: 'zone unreachable', 'failed-at': '2026-07-01T00:00:01Z' }

describe('replication', () => {
  test('is current at the newest revision, behind below it, and failing after a failed attempt', () => {
    const key = replicated([
      { zone: 'de-fra-1', 'last-applied-watermark': 7 },
      { zone: 'at-vie-1', 'last-applied-watermark': 0 },
      { zone: 'bg-sof-1', 'last-applied-watermark': 6, 'last-failure': failure },
    ])
    expect(key.revision).toBe(7)
    expect(key.replicaStates?.map(({ location, applied, state }) => [location, applied, state])).toEqual([
      ['de-fra-1', 7, 'current'],
      ['at-vie-1', 0, 'behind'],
      ['bg-sof-1', 6, 'failing'],
    ])
    expect(key.replicaStates?.[2]?.failure).toEqual({
      attempted: 7,
      error: 'zone unreachable',
      at: Date.UTC(2026, 6, 1, 0, 0, 1),
    })
  })

  test('an earlier failure is still shown, and no longer counts', () => {
    const [state] =
      replicated([{ zone: 'de-fra-1', 'last-applied-watermark': 7, 'last-failure': failure }]).replicaStates ?? []
    expect(state).toMatchObject({ state: 'current', failure: { attempted: 7 } })
  })

  test('is read from the primary only: a replica’s own list of states is empty', () => {
    const replica = readKey(KmsKey.parse({ ...observed, 'multi-zone': true, 'replicas-status': [] }), 'ch-gva-2')
    expect(replica).toMatchObject({ traits: ['replica'], originZone: 'hr-zag-1' })
    expect(replica.replicaStates).toBeUndefined()
  })
})

describe('absent and differing members of answers', () => {
  test('description, replicas and the date of deletion may be missing', () => {
    const { description: _, ...bare } = observed
    const key = readKey(KmsKey.parse(bare), 'hr-zag-1')
    for (const member of ['description', 'replicas', 'replicaStates', 'destroyedAt'] as const)
      expect(key).not.toHaveProperty(member)
    expect(readKey({ ...observed, description: '' }, 'hr-zag-1')).not.toHaveProperty('description')
  })

  test('the next date is ignored while automatic rotation is off', () => {
    const off = { ...observed, status: 'enabled', rotation: { ...observed.rotation, automatic: false } }
    expect(readKey(off, 'hr-zag-1').rotation).toEqual({
      automatic: false,
      period: inDays(365),
      manual: { used: 0, limit: 10 },
    })
  })

  test('times may have nanoseconds, or omit trailing zeros', () => {
    const at = (deleteAt: string) => readKey({ ...observed, 'delete-at': deleteAt }, 'hr-zag-1').destroyedAt
    expect(at('2026-07-23T12:08:28.480279759Z')).toBe(Date.UTC(2026, 6, 23, 12, 8, 28, 480))
    expect(at('2026-07-23T12:08:28.48Z')).toBe(Date.UTC(2026, 6, 23, 12, 8, 28, 480))
    expect(at('2026-07-23T12:08:28Z')).toBe(Date.UTC(2026, 6, 23, 12, 8, 28))
  })

  test('automatic or manual may be absent from material and list, or given by the opposite member', () => {
    const { automatic: _, ...material } = observed.material
    const key = readKey(KmsKey.parse({ ...observed, material: { ...material, version: 4 } }), 'hr-zag-1')
    const at = { 'rotated-at': '2026-07-01T00:00:00Z' }
    const rotations = [
      { version: 2, ...at },
      { version: 3, ...at, manual: true },
      { version: 4, ...at, manual: false },
    ]
    const versions = readVersions(KeyRotations.parse({ rotations }), key)
    expect(versions.items.map(({ trigger: how }) => how)).toEqual(['automatic', 'manual', undefined, 'created'])
  })

  test('answers of the first published revision are read', () => {
    const { material: _, rotation: __, ...created } = observed
    expect(CreatedKey.parse({ ...created, policy: '' }).id).toBe(observed.id)
    expect(KmsKey.parse({ ...observed, policy: '' }).name).toBe(observed.name)
    expect(ScheduleDeletionAnswer.parse({ status: 'success' })).toEqual({})
  })

  test('names that users chose are kept: services of a policy, labels of a role', () => {
    const role = Role.parse({
      id: 'a',
      labels: { 'cost-center': '7', teamName: 'data' },
      policy: { services: { 'my-service': { type: 'allow' }, kms: { type: 'deny' } } },
    })
    expect(role.labels).toEqual({ 'cost-center': '7', teamName: 'data' })
    expect(Object.keys(role.policy?.services ?? {})).toEqual(['my-service', 'kms'])
  })

  test('a key of an external store names the store and its id there, and never rotates', () => {
    const reference = { 'xks-id': 'b4d4f3d2-8a51-4e0c-b8c5-3d27d1b1f001', 'external-key-id': 'hsm-key.1' }
    const key = readKey({ ...observed, source: 'external-key-store', xks: reference }, 'hr-zag-1')
    expect(key).toMatchObject({
      traits: ['external'],
      external: { store: reference['xks-id'], key: 'hsm-key.1' },
      rotation: { never: 'Its material is in an external key store, which Exoscale can’t rotate.' },
    })
    expect(key.rotation.nextAt).toBeUndefined()
    expect(exoscale.capabilities.plaintext(key)).toEqual({ min: 0, max: 4300 })
  })

  test('the default key is not marked until a refusal identifies it', () => {
    const id = '019ef461-c0ae-7c9c-94bd-081e70fe2bff'
    expect(readKey({ ...observed, id }, 'hr-zag-1').traits).toEqual([])
    rememberDefaultKey(id)
    expect(readKey({ ...observed, id, 'multi-zone': true }, 'hr-zag-1').traits).toEqual(['default', 'multi-zone'])
    expect(readKey({ ...observed, id }, 'ch-gva-2').traits).toEqual(['default', 'replica'])
  })
})
