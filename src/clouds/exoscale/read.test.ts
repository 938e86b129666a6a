import { describe, expect, test } from 'vitest'
import { creationTime, readKey, readVersions } from './read.ts'
import { KmsKey } from './wire.ts'

/** As the production service answered for a key whose deletion had just been scheduled, before `delete-at` existed. */
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

describe('a key as the service answered it', () => {
  const key = readKey(observed, 'hr-zag-1')

  test('is read', () => {
    expect(key).toMatchObject({
      status: 'pending',
      statusWord: 'pending-deletion',
      latestVersion: 1,
      createdAt: Date.UTC(2026, 5, 23, 12, 8, 27, 566),
      traits: [],
      rotation: { automatic: true, periodInDays: 365, manual: { used: 0, limit: 10 } },
    })
  })

  test('has no next rotation while its deletion is pending', () => {
    expect(key.rotation.nextAt).toBeUndefined()
  })

  test('is a replica in any zone but its own', () => {
    expect(readKey(observed, 'ch-gva-2').traits).toEqual(['replica'])
  })

  test('the time of creation is in the id, whatever created-at says', () => {
    expect(creationTime(observed.id, '2026-07-01T00:00:00Z')).toBe(key.createdAt)
    expect(creationTime('3f2b7a52-6c1e-4f0e-9b54-0d7c1f6a9e11', '2026-07-01T00:00:00Z')).toBe(Date.UTC(2026, 6, 1))
  })

  test('version 1 is added to the rotations, the latest first, and silence stays silence', () => {
    const versions = readVersions(
      {
        rotations: [
          { version: 2, 'rotated-at': '2026-07-01T00:00:00Z', automatic: true },
          { version: 3, 'rotated-at': '2026-08-01T00:00:00Z' },
        ],
      },
      key,
    )
    expect(versions.map(({ version, how }) => [version, how])).toEqual([
      [3, undefined],
      [2, 'automatic'],
      [1, 'created'],
    ])
  })
})
