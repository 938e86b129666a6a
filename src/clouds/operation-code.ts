import type { Operation, OperationInputs, Snippet } from './cloud.ts'
import { resourceChanges as exoscale } from './exoscale/resource-changes.ts'
import type { CloudId, KmsKey } from './model.ts'
import { cloudOf } from './queries.ts'
import type { ResourceChanges } from './resource-changes.ts'
import { resourceChanges as thalassa } from './thalassa/resource-changes.ts'

/** Not a part of the clouds themselves: only dialogs need it, and the first screen is light without. */
const resourceChanges: Readonly<Record<CloudId, ResourceChanges>> = { thalassa, exoscale }

type Changing = 'rotate' | 'setRotation' | 'disable' | 'enable' | 'scheduleDeletion' | 'cancelDeletion'

/** A change of a key in every language: the request, and Terraform where its provider can make it. */
export function operationCode<Id extends Changing>(
  key: KmsKey,
  id: Id,
  input: OperationInputs[Id],
): readonly Snippet[] {
  const operations: { readonly [One in Changing]: Operation<OperationInputs[One], unknown> } = cloudOf(
    key.cloud,
  ).operations
  const change = resourceChanges[key.cloud][id]?.(key, input)
  return [...operations[id].code(key, input), ...(change ? [change] : [])]
}
