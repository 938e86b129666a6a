import type { Operation } from './cloud.ts'
import type { KmsKey } from './model.ts'
import type { OperationInputs } from './operations.ts'
import { cloudOf } from './registry.ts'
import type { Snippet } from './snippet.ts'

type Changing = 'rotate' | 'setRotation' | 'disable' | 'enable' | 'scheduleDeletion' | 'cancelDeletion'

/** A change of a key in every language: the request, and Terraform where its provider can make it. */
export function operationCode<Id extends Changing>(
  key: KmsKey,
  id: Id,
  input: OperationInputs[Id],
): readonly Snippet[] {
  const { terraformChanges, ...cloud } = cloudOf(key.cloud)
  const operations: { readonly [One in Changing]: Operation<OperationInputs[One], unknown> } = cloud.operations
  const change = terraformChanges[id]?.(key, input)
  return [...operations[id].code(key, input), ...(change ? [change] : [])]
}
