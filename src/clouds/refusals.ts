/** Refusals that providers share, so that a disabled key reads the same everywhere. */

import { formatNumber } from '../lib/numbers.ts'
import type { Purpose } from './algorithms.ts'
import { type KeyStatus, type Refusals, statusLabels } from './capabilities.ts'
import type { KmsKey } from './model.ts'
import type { OperationId } from './operations.ts'
import type { PeriodUnit } from './period.ts'

export const readOnlyRefusal = 'This console is read-only: it was started with READ_ONLY.'

/**
 * The statuses active, disabled and pending deletion, with the same labels and sentences at every provider.
 * @param actions action of the provider's status machine behind each operation
 * @param names the provider's names of the statuses, and what its status machine refuses
 */
export function commonStatuses<Id extends string, Action extends string>(
  actions: Readonly<Partial<Record<OperationId, Action>>>,
  names: {
    readonly active: Id
    readonly disabled: Id
    readonly pending: Id
    readonly isRefused: (action: Action, status: Id) => boolean
  },
): readonly KeyStatus[] {
  const { active, disabled, pending } = names
  const refusals = (status: Id, sentence: string): Refusals =>
    Object.fromEntries(
      Object.entries(actions)
        .filter(([, action]) => names.isRefused(action, status))
        .map(([id]) => [id, id === 'cancelDeletion' ? 'The key is not pending deletion.' : sentence]),
    )
  return [
    {
      id: active,
      label: statusLabels.active,
      tone: 'ok',
      group: 'active',
      refusals: { ...refusals(active, ''), enable: 'The key is already active.' },
    },
    {
      id: disabled,
      label: statusLabels.disabled,
      tone: 'muted',
      group: 'disabled',
      refusals: {
        ...refusals(disabled, 'The key is disabled. Enable it first.'),
        disable: 'The key is already disabled.',
      },
    },
    {
      id: pending,
      label: statusLabels.pending,
      tone: 'danger',
      group: 'pending',
      refusals: {
        ...refusals(pending, 'The key is pending deletion. Cancel the deletion first.'),
        scheduleDeletion: 'The key is already pending deletion.',
      },
    },
  ]
}

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
