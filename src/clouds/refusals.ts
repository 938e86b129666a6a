/** Refusals that providers share, so that a disabled key reads the same everywhere. */

import { formatNumber } from '../lib/numbers.ts'
import type { Purpose } from './algorithms.ts'
import type { KeyStatus, Refusals } from './capabilities.ts'
import type { KmsKey } from './model.ts'
import type { OperationId } from './operations.ts'
import type { PeriodUnit } from './period.ts'

export const pendingRefusal = 'Its deletion is scheduled. Cancel the deletion first.'
export const disabledRefusal = 'The key is disabled. Enable it first.'
export const readOnlyRefusal = 'This console only reads: it was started with READ_ONLY.'

/**
 * Refusals of one status, by the provider's status machine.
 * @param actions action of the machine behind each operation
 * @param refusal sentence for what is refused, except cancelling a deletion that nobody scheduled
 */
export const statusRefusals = <Action extends string>(
  actions: Readonly<Partial<Record<OperationId, Action>>>,
  isRefused: (action: Action) => boolean,
  refusal: string,
): Refusals =>
  Object.fromEntries(
    Object.entries(actions)
      .filter(([, action]) => isRefused(action))
      .map(([id]) => [id, id === 'cancelDeletion' ? 'No deletion is scheduled.' : refusal]),
  )

/** Refusal by the key's status. A status that the list lacks is left to the provider. */
export const refusedByStatus = (statuses: readonly KeyStatus[], key: KmsKey, id: OperationId): string | undefined =>
  statuses.find((status) => status.id === key.status)?.refusals[id]

const can: Record<Purpose, string> = { encrypt: 'encrypt', sign: 'sign', mac: 'authenticate messages' }

export const needsPurpose = (key: KmsKey, purpose: Purpose): string | undefined =>
  key.can.includes(purpose) ? undefined : `A key of type ${key.type} can’t ${can[purpose]}.`

/** Problem of a period as one sentence; undefined for a whole number within the range. */
export const needsPeriod = (
  value: number,
  { min, max, unit = 'days' }: { readonly min: number; readonly max: number; readonly unit?: PeriodUnit },
): string | undefined =>
  Number.isInteger(value) && value >= min && value <= max
    ? undefined
    : `Choose whole ${unit}, from ${formatNumber(min)} to ${formatNumber(max)}.`
