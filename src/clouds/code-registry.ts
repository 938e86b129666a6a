/** Code of the providers in other languages. Apart from `registry.ts`, because only screens with code load it. */
import type { CloudCode } from './cloud-code.ts'
import { exoscaleCode } from './exoscale/code.ts'
import { operationOf } from './key-operations.ts'
import type { CloudId, KmsKey } from './model.ts'
import type { OperationId, OperationInputs } from './operations.ts'
import type { Snippet } from './snippet.ts'
import { thalassaCode } from './thalassa/code.ts'

const registered = new Map<CloudId, CloudCode>()

/** @returns a function that takes the code out again, for tests */
export function registerCode(cloud: CloudId, code: CloudCode): () => void {
  registered.set(cloud, code)
  return () => void registered.delete(cloud)
}

registerCode('thalassa', thalassaCode)
registerCode('exoscale', exoscaleCode)

/** @throws RangeError for an id that no provider has */
export function codeOf(cloud: CloudId): CloudCode {
  const code = registered.get(cloud)
  if (!code) throw new RangeError(`No provider has code with the id ${cloud}`)
  return code
}

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
