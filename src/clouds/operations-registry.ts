/** Operations of the providers. Apart from `registry.ts`, because lists of keys need none. */
import { byProvider } from './by-provider.ts'
import type { Operations } from './cloud.ts'
import { operations as exoscale } from './exoscale/operations.ts'
import type { CloudId } from './model.ts'
import { withPermissions } from './permissions.ts'
import { operations as thalassa } from './thalassa/operations.ts'

const { register, of } = byProvider<Operations>('operations')

/** @returns a function that takes the operations out again, for tests */
export const registerOperations = (cloud: CloudId, operations: Operations): (() => void) =>
  register(cloud, withPermissions(operations))

registerOperations('thalassa', thalassa)
registerOperations('exoscale', exoscale)

export const providerOperations = of
