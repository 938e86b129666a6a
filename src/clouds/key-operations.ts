/** Operations on a key through its provider, which may lack any of them. */
import type { Range } from './capabilities.ts'
import type { AnyOperations, Operation } from './cloud.ts'
import type { CloudId, KmsKey } from './model.ts'
import type { OperationAnswers, OperationId, OperationInputs } from './operations.ts'
import { providerOperations } from './operations-registry.ts'
import { cloudOf } from './registry.ts'

/** Undefined where the provider lacks the operation. */
export const operationOf = <Id extends OperationId>(
  key: KmsKey,
  id: Id,
): Operation<OperationInputs[Id], OperationAnswers[Id]> | undefined => {
  const operations: AnyOperations = providerOperations(key.cloud)
  return operations[id]
}

/** Whether the provider has the operation for keys of such a type; what it lacks is not shown. */
export function offersOperation(key: KmsKey, id: OperationId): boolean {
  const operation = operationOf(key, id)
  return operation !== undefined && operation.offers?.(key) !== false
}

const missing = (key: KmsKey) => `${cloudOf(key.cloud).longName} has no such operation.`

/** Why the operation can't run on the key now, in one sentence; undefined when it can. */
export function operationRefusal(key: KmsKey, id: OperationId): string | undefined {
  const operation = operationOf(key, id)
  return operation ? operation.refusal(key) : missing(key)
}

/** @throws CallError as `Operation.run` does; RangeError for an operation that the provider lacks */
export async function runOperation<Id extends OperationId>(
  key: KmsKey,
  id: Id,
  input: OperationInputs[Id],
  signal?: AbortSignal,
): Promise<OperationAnswers[Id]> {
  const operation = operationOf(key, id)
  if (!operation) throw new RangeError(missing(key))
  return operation.run(key, input, signal)
}

/** Days between scheduling a deletion and the destruction: none where the provider schedules none. */
export const deletionDelayOf = (cloud: CloudId): Range & { readonly default: number } =>
  cloudOf(cloud).capabilities.deletionDelay ?? { min: 0, max: 0, default: 0 }
