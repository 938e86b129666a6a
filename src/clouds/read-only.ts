/** Refusal before the click of what the gateway refuses while it only reads. */

import type { Operation, Operations } from './cloud.ts'
import { readOnlyUses } from './endpoint.ts'
import type { OperationId } from './operations.ts'
import { readOnlyRefusal } from './refusals.ts'

/** As the gateway answers before the first screen; the same until the page is reloaded. */
let readOnly = false

export function setReadOnly(value: boolean): void {
  readOnly = value
}

const guard = <Input, Answer>(operation: Operation<Input, Answer>): Operation<Input, Answer> => ({
  ...operation,
  refusal: (key) => (readOnly ? readOnlyRefusal : operation.refusal(key)),
})

/** A provider's operations, refused while the gateway only reads, but for those that it still forwards. */
export function withReadOnlyGuard(operations: Operations): Operations {
  const entries = Object.entries(operations) as [OperationId, Operation<never, unknown>][]
  const guarded = entries.map(([id, operation]) => [id, readOnlyUses.has(id) ? operation : guard(operation)])
  return Object.fromEntries(guarded) as Operations
}
