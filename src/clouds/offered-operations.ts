/** Cryptographic operations of a key: which it offers, and why one can't run now. */
import { offersOperation, operationOf } from './key-operations.ts'
import type { KmsKey } from './model.ts'
import { type CryptographicOperation, cryptographicOperationIds, cryptographicOperations } from './operations.ts'
import { cloudOf } from './registry.ts'

/** Operations of the key's type, in any state of the key; for a type unknown to this build, all of its provider. */
export function operationsOf(key: KmsKey): readonly CryptographicOperation[] {
  const offered = cryptographicOperationIds.filter((id) => offersOperation(key, id))
  const possible = offered.filter((id) => key.can.includes(cryptographicOperations[id].purpose))
  return possible.length > 0 ? possible : offered
}

/** Why a key can't run an operation now, in one sentence; undefined when it can. */
export function refusalOf(key: KmsKey, id: CryptographicOperation): string | undefined {
  const offered = operationOf(key, id)
  return offered
    ? offered.refusal(key)
    : `Keys of ${cloudOf(key.cloud).longName} can’t ${cryptographicOperations[id].ability}.`
}

/** Why a key can't run any of its operations now; undefined when it can run one. */
export function playgroundRefusal(key: KmsKey): string | undefined {
  const refusals = operationsOf(key).map((id) => refusalOf(key, id))
  return refusals.includes(undefined) ? undefined : refusals[0]
}
