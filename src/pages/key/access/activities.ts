/** What can be done with a key, as far as access to it is concerned. */
import type { ActivityKind } from '../../../clouds/endpoint.ts'
import { hasPublicKey } from '../../../clouds/key-algorithm.ts'
import { offersOperation } from '../../../clouds/key-operations.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { operationsOf } from '../../../clouds/offered-operations.ts'
import type { OperationId } from '../../../clouds/operations.ts'
import { isMultiZone } from '../replicas.ts'

const management = [
  'rotate',
  'setRotation',
  'replicate',
  'export',
  'disable',
  'enable',
  'scheduleDeletion',
  'cancelDeletion',
] as const satisfies readonly OperationId[]

/** What keys of some kinds alone have. */
const conditions: Partial<Record<ActivityKind, (key: KmsKey) => boolean>> = {
  readPublicKey: hasPublicKey,
  rotate: ({ rotation }) => rotation.never === undefined,
  setRotation: ({ rotation }) => rotation.never === undefined,
  replicate: isMultiZone,
  export: ({ traits }) => traits.includes('exportable'),
}

/** Reads, uses and changes of the key, in the order in which they are shown. */
export function activitiesOn(key: KmsKey): readonly ActivityKind[] {
  const all: readonly ActivityKind[] = [
    'readKey',
    'readVersions',
    'readPublicKey',
    ...operationsOf(key),
    ...management.filter((id) => offersOperation(key, id)),
  ]
  return all.filter((kind) => conditions[kind]?.(key) !== false)
}
