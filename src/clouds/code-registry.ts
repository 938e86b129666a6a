/** Code of the providers in other languages. Apart from `registry.ts`, because only screens with code load it. */
import { byProvider } from './by-provider.ts'
import type { CloudCode } from './cloud-code.ts'
import { exoscaleCode } from './exoscale/code.ts'
import { operationOf } from './key-operations.ts'
import type { KmsKey } from './model.ts'
import type { OperationId, OperationInputs } from './operations.ts'
import type { Snippet } from './snippet.ts'
import { thalassaCode } from './thalassa/code.ts'

export const { register: registerCode, of: codeOf } = byProvider<CloudCode>('code')

registerCode('thalassa', thalassaCode)
registerCode('exoscale', exoscaleCode)

/** Code of the operation's request; nothing where the provider has no such operation. */
export function requestCode<Id extends OperationId>(
  key: KmsKey,
  id: Id,
  input: OperationInputs[Id],
): readonly Snippet[] {
  const operation = operationOf(key, id)
  const code = codeOf(key.cloud)
  return operation ? code.request(key, operation.calls(key, input), code.commands[id]?.(key, input) ?? []) : []
}

/** Code of the operation in every language: its request, and Terraform where the resource can express the change. */
export function operationCode<Id extends OperationId>(
  key: KmsKey,
  id: Id,
  input: OperationInputs[Id],
): readonly Snippet[] {
  const change = codeOf(key.cloud).terraformChanges[id]?.(key, input)
  return [...requestCode(key, id, input), ...(change ? [change] : [])]
}
