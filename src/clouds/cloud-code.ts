import type { NewKey } from './cloud.ts'
import type { Call } from './http.ts'
import type { KmsKey } from './model.ts'
import type { OperationId, OperationInputs } from './operations.ts'
import type { Snippet } from './snippet.ts'

/** Changes of a key in Terraform code, by operation; undefined for input that the resource can't express. */
export type TerraformChanges = {
  readonly [Id in OperationId]?: (key: KmsKey, input: OperationInputs[Id]) => Snippet | undefined
}

/** Commands of the vendor's CLI, and the arguments of each by line. */
export type Commands = readonly (readonly string[])[]

/** Commands of the vendor's CLI by operation. */
export type OperationCommands = {
  readonly [Id in OperationId]?: (key: KmsKey, input: OperationInputs[Id]) => Commands
}

/** Code for one provider's API. */
export interface CloudCode {
  /** @param commands of the vendor's CLI for the same calls */
  request(key: KmsKey, calls: readonly Call[], commands: Commands): readonly Snippet[]
  readonly commands: OperationCommands
  create(key: NewKey): readonly Snippet[]
  /** The key as infrastructure code: its resource, and the line that brings the existing key under it. */
  resource(key: KmsKey): readonly Snippet[]
  /** Why the vendor's Terraform provider can't hold the key, in a sentence; undefined where it can. */
  withoutResource?(key: KmsKey): string | undefined
  /** Any call of the API as curl, with variables in place of credentials; `location` where paths don't name it. */
  call(call: Call, location: string | undefined): Snippet
  publicKeys?(key: KmsKey): readonly Snippet[]
  readonly terraformChanges: TerraformChanges
}
