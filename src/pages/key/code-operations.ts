/** Code that the Code tab offers for a key: each of its operations, with placeholders in the place of input. */

import { codeOf, requestCode } from '../../clouds/code-registry.ts'
import { hasPublicKey } from '../../clouds/key-algorithm.ts'
import { deletionDelayOf, offersOperation, operationRefusal } from '../../clouds/key-operations.ts'
import type { KmsKey } from '../../clouds/model.ts'
import {
  type CryptographicOperation,
  cryptographicLabels,
  cryptographicOperationIds,
  cryptographicOperations,
  type OperationId,
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
  <Id extends OperationId>(
    id: Id,
    label: string,
    inputOf: (key: KmsKey) => OperationInputs[Id],
    note?: (key: KmsKey) => string,
  ): ForKey =>
  (key) =>
    offersOperation(key, id)
      ? {
          id,
          label,
          snippets: requestCode(key, id, inputOf(key)),
          refusal: operationRefusal(key, id),
          ...(note ? { note: note(key) } : {}),
        }
      : undefined

const nothing = () => ({})

/** Placeholder for another location. */
const otherLocation = (key: KmsKey) => `YOUR_${cloudOf(key.cloud).capabilities.locationNoun.toUpperCase()}`

const publicKeys: ForKey = (key) => {
  const snippets = hasPublicKey(key) ? codeOf(key.cloud).publicKeys?.(key) : undefined
  if (!snippets) return undefined
  const label = key.rotation.never === undefined ? 'Read public keys' : 'Read public key'
  return { id: 'publicKeys', label, snippets, refusal: cloudOf(key.cloud).publicKeyRefusal?.(key) }
}

function periodOf(key: KmsKey): Period {
  const { unit, default: value } = cloudOf(key.cloud).capabilities.rotationPeriod
  return key.rotation.period ?? { value, unit }
}

/** Undefined where the provider has no such operation. */
function cryptographicOperation<Id extends CryptographicOperation>(key: KmsKey, id: Id): CodeOperation | undefined {
  const { capabilities } = cloudOf(key.cloud)
  const { example } = cryptographicOperations[id]
  const { input, note, label } = example(key.id, (name) => `${capabilities.ciphertextPrefix ?? ''}${name}`)
  return codeOperation(
    id,
    label ?? cryptographicLabels[id],
    () => input,
    () => note,
  )(key)
}

/** A key with one version for life runs neither. */
const forRotation = [
  codeOperation('rotate', 'Rotate now', nothing),
  codeOperation(
    'setRotation',
    'Set rotation',
    (key) => ({ automatic: true, period: periodOf(key) }),
    () => 'Replace the period by your own.',
  ),
]

const forAll = [
  codeOperation(
    'replicate',
    'Replicate',
    (key) => ({ location: otherLocation(key) }),
    (key) => `Replace ${otherLocation(key)} by the ${cloudOf(key.cloud).capabilities.locationNoun} of the new replica.`,
  ),
  codeOperation('disable', 'Disable', nothing, () => 'All operations of the key stop at once.'),
  codeOperation('enable', 'Enable', nothing),
  codeOperation(
    'scheduleDeletion',
    'Schedule deletion',
    (key) => ({ days: deletionDelayOf(key.cloud).default }),
    () => 'All operations of the key stop at once.',
  ),
  codeOperation('cancelDeletion', 'Cancel deletion', nothing),
]

const forExport = codeOperation('export', 'Export', nothing, () => 'It prints the key material.')

/** Code of a key in the order of use: what the key is for, then what is done to it. */
export function codeOperations(key: KmsKey): readonly CodeOperation[] {
  const cryptographic = cryptographicOperationIds.filter((id) => key.can.includes(cryptographicOperations[id].purpose))
  return [
    ...cryptographic.map((id) => cryptographicOperation(key, id)),
    publicKeys(key),
    ...[
      ...(key.traits.includes('exportable') ? [forExport] : []),
      ...(key.rotation.never === undefined ? forRotation : []),
      ...forAll,
    ].map((one) => one(key)),
  ].filter((one) => one !== undefined)
}
