/** Code that the Code tab offers for a key: each of its operations, with placeholders in the place of input. */

import type { Operation, Operations } from '../../clouds/cloud.ts'
import { deletionDelayOf } from '../../clouds/key-operations.ts'
import type { KmsKey } from '../../clouds/model.ts'
import {
  type CryptographicOperation,
  cryptographicLabels,
  cryptographicOperationIds,
  cryptographicOperations,
  type OperationInputs,
} from '../../clouds/operations.ts'
import type { Period } from '../../clouds/period.ts'
import { cloudOf } from '../../clouds/registry.ts'
import type { Snippet } from '../../clouds/snippet.ts'

export interface CodeOperation {
  /** Value in the URL. */
  readonly id: string
  readonly label: string
  readonly snippets: readonly Snippet[]
  /** Sentences about what to put in the place of placeholders, and what to mind. */
  readonly note?: string
  /** Why the key can't run it now. */
  readonly refusal?: string | undefined
}

type ForKey = (key: KmsKey) => CodeOperation | undefined

/** Undefined where the provider has no such operation. */
const codeOperation =
  <Input>(
    id: string,
    label: string,
    pick: (operations: Operations) => Operation<Input, unknown> | undefined,
    inputOf: (key: KmsKey) => Input,
    note?: (key: KmsKey) => string,
  ): ForKey =>
  (key) => {
    const operation = pick(cloudOf(key.cloud).operations)
    return (
      operation && {
        id,
        label,
        snippets: operation.code(key, inputOf(key)),
        refusal: operation.refusal(key),
        ...(note ? { note: note(key) } : {}),
      }
    )
  }

const nothing = () => ({})

/** Placeholder for another location. */
const otherLocation = (key: KmsKey) => `YOUR_${cloudOf(key.cloud).capabilities.locationNoun.toUpperCase()}`

const publicKeys: ForKey = (key) => {
  const snippets = cloudOf(key.cloud).publicKeysCode?.(key)
  return snippets && { id: 'publicKeys', label: 'Read public keys', snippets }
}

function periodOf(key: KmsKey): Period {
  const { unit, default: value } = cloudOf(key.cloud).capabilities.rotationPeriod
  return key.rotation.period ?? { value, unit }
}

/** Undefined where the provider has no such operation. */
function cryptographicOperation<Id extends CryptographicOperation>(key: KmsKey, id: Id): CodeOperation | undefined {
  const { operations: all, capabilities } = cloudOf(key.cloud)
  const operations: { readonly [One in CryptographicOperation]?: Operation<OperationInputs[One], unknown> } = all
  const operation = operations[id]
  const { example } = cryptographicOperations[id]
  const { input, note, label } = example(key.id, (name) => `${capabilities.ciphertextPrefix ?? ''}${name}`)
  return (
    operation && {
      id,
      label: label ?? cryptographicLabels[id],
      snippets: operation.code(key, input),
      refusal: operation.refusal(key),
      note,
    }
  )
}

const forAll = [
  codeOperation('rotate', 'Rotate now', ({ rotate }) => rotate, nothing),
  codeOperation(
    'setRotation',
    'Set rotation',
    ({ setRotation }) => setRotation,
    (key) => ({ automatic: true, period: periodOf(key) }),
    (key) => `Every ${periodOf(key)} days: put your own period in its place.`,
  ),
  codeOperation(
    'replicate',
    'Replicate',
    ({ replicate }) => replicate,
    (key) => ({ location: otherLocation(key) }),
    (key) =>
      `Put the ${cloudOf(key.cloud).capabilities.locationNoun} that should hold a replica in the place of ${otherLocation(key)}.`,
  ),
  codeOperation(
    'disable',
    'Disable',
    ({ disable }) => disable,
    nothing,
    () => 'Everything that the key does stops at once.',
  ),
  codeOperation('enable', 'Enable', ({ enable }) => enable, nothing),
  codeOperation(
    'scheduleDeletion',
    'Schedule deletion',
    ({ scheduleDeletion }) => scheduleDeletion,
    (key) => ({ days: deletionDelayOf(key.cloud).default }),
    () => 'Everything that the key does stops at once.',
  ),
  codeOperation('cancelDeletion', 'Cancel deletion', ({ cancelDeletion }) => cancelDeletion, nothing),
]

const forExport = codeOperation(
  'export',
  'Export',
  ({ export: leave }) => leave,
  nothing,
  () => 'What it prints is the key itself.',
)

/** Code of a key in the order of use: what the key is for, then what is done to it. */
export function codeOperations(key: KmsKey): readonly CodeOperation[] {
  const cryptographic = cryptographicOperationIds.filter((id) => key.can.includes(cryptographicOperations[id].purpose))
  return [
    ...cryptographic.map((id) => cryptographicOperation(key, id)),
    ...(key.can.includes('sign') ? [publicKeys(key)] : []),
    ...[...(key.traits.includes('exportable') ? [forExport] : []), ...forAll].map((one) => one(key)),
  ].filter((one) => one !== undefined)
}
