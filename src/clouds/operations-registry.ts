/** Operations of the providers. Apart from `registry.ts`, because lists of keys need none. */
import type { Operations } from './cloud.ts'
import { operations as exoscale } from './exoscale/operations.ts'
import type { CloudId } from './model.ts'
import { withReadOnlyGuard } from './read-only.ts'
import { operations as thalassa } from './thalassa/operations.ts'

const registered = new Map<CloudId, Operations>()

/** @returns a function that takes the operations out again, for tests */
export function registerOperations(cloud: CloudId, operations: Operations): () => void {
  registered.set(cloud, withReadOnlyGuard(operations))
  return () => void registered.delete(cloud)
}

registerOperations('thalassa', thalassa)
registerOperations('exoscale', exoscale)

/** @throws RangeError for an id that no provider has */
export function providerOperations(cloud: CloudId): Operations {
  const operations = registered.get(cloud)
  if (!operations) throw new RangeError(`No provider has operations with the id ${cloud}`)
  return operations
}
