import { afterEach, describe, expect, test } from 'vitest'
import type { Operation } from './cloud.ts'
import type { KmsKey } from './model.ts'
import type { OperationId } from './operations.ts'
import { setReadOnly } from './read-only.ts'
import { readOnlyRefusal } from './refusals.ts'
import { clouds } from './registry.ts'

/** What the gateway refuses when it only reads. */
const changing: readonly OperationId[] = [
  'replicate',
  'rotate',
  'setRotation',
  'disable',
  'enable',
  'scheduleDeletion',
  'cancelDeletion',
]

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

afterEach(() => setReadOnly(false))

describe.each(clouds)('$longName behind a gateway that only reads', (cloud) => {
  const operations = Object.entries(cloud.operations) as [OperationId, Operation<never, unknown>][]
  const reasonsOf = () =>
    new Map(operations.map(([id, operation]) => [id, operation.refusal({ ...key, cloud: cloud.id })]))

  test('refuses every change with the reason, whatever the key, and leaves the rest as it was', () => {
    const before = reasonsOf()
    setReadOnly(true)
    const after = reasonsOf()
    for (const [id] of operations) expect(after.get(id)).toBe(changing.includes(id) ? readOnlyRefusal : before.get(id))
    expect([...before.values()]).not.toContain(readOnlyRefusal)
  })
})
