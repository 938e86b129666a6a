/** A gateway that only reads refuses every change. So the operations that make one refuse it too, before the click. */
import type { Cloud, Operation, Operations } from './cloud.ts'
import { readOnlyRefusal } from './refusals.ts'

/** Told by the gateway before the first screen, and the same until the page is loaded anew. */
let readOnly = false

export function setReadOnly(told: boolean): void {
  readOnly = told
}

const guard = <Input, Answer>(operation: Operation<Input, Answer>): Operation<Input, Answer> => ({
  ...operation,
  refusal: (key) => (readOnly ? readOnlyRefusal : operation.refusal(key)),
})

/** The cloud with operations that know whether the gateway only reads. */
export function withReadOnlyGuard(cloud: Cloud): Cloud {
  const { operations } = cloud
  const { replicate } = operations
  // What is done with a key, export included, changes nothing.
  const withGuards: Operations = {
    ...operations,
    rotate: guard(operations.rotate),
    setRotation: guard(operations.setRotation),
    disable: guard(operations.disable),
    enable: guard(operations.enable),
    scheduleDeletion: guard(operations.scheduleDeletion),
    cancelDeletion: guard(operations.cancelDeletion),
    ...(replicate ? { replicate: guard(replicate) } : {}),
  }
  return { ...cloud, operations: withGuards }
}
