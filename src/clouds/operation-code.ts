import type { Operation, Snippet } from './cloud.ts'
import { terraformChanges as exoscale } from './exoscale/terraform-changes.ts'
import type { CloudId, KmsKey } from './model.ts'
import type { OperationInputs } from './operations.ts'
import { cloudOf } from './queries.ts'
import type { TerraformChanges } from './terraform-changes.ts'
import { terraformChanges as thalassa } from './thalassa/terraform-changes.ts'

/** Not a part of the clouds themselves: only dialogs need it, and the first screen is light without. */
const terraformChanges: Readonly<Record<CloudId, TerraformChanges>> = { thalassa, exoscale }

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
  const change = terraformChanges[key.cloud][id]?.(key, input)
  return [...operations[id].code(key, input), ...(change ? [change] : [])]
}
