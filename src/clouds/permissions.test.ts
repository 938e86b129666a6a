import { afterEach, describe, expect, test } from 'vitest'
import type { Operation } from './cloud.ts'
import type { KmsKey } from './model.ts'
import type { OperationId } from './operations.ts'
import { providerOperations } from './operations-registry.ts'
import { setPermissions } from './permissions.ts'
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
