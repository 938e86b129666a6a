/** Refusal of every change before the click, while the gateway only reads. */

import { defined } from '../lib/defined.ts'
import type { Cloud, Operation, Operations } from './cloud.ts'
import { readOnlyRefusal } from './refusals.ts'

/** As the gateway answers before the first screen; the same until the page is reloaded. */
let readOnly = false

export function setReadOnly(value: boolean): void {
  readOnly = value
}

const guard = <Input, Answer>(operation: Operation<Input, Answer> | undefined): Operation<Input, Answer> | undefined =>
  operation && { ...operation, refusal: (key) => (readOnly ? readOnlyRefusal : operation.refusal(key)) }

/** The provider with operations that are refused while the gateway only reads. Using a key, export included, changes nothing. */
export function withReadOnlyGuard(cloud: Cloud): Cloud {
  const { operations } = cloud
  const guarded: Operations = defined<Operations>({
    ...operations,
    rotate: guard(operations.rotate),
    setRotation: guard(operations.setRotation),
    disable: guard(operations.disable),
    enable: guard(operations.enable),
    scheduleDeletion: guard(operations.scheduleDeletion),
    cancelDeletion: guard(operations.cancelDeletion),
    replicate: guard(operations.replicate),
  })
  return { ...cloud, operations: guarded }
}
