/** Sentences that every cloud's refusals share, so that a disabled key reads the same everywhere. */
import { formatNumber } from '../lib/numbers.ts'
import type { Purpose } from './algorithms.ts'
import { hasUnknownStatus, type KmsKey } from './model.ts'

export const pendingRefusal = 'Its deletion is scheduled. Cancel the deletion first.'
export const disabledRefusal = 'The key is disabled. Enable it first.'
export const readOnlyRefusal = 'This console only reads: it was started with READ_ONLY.'

/** Refusal of operations that need an active key. A status unknown to this build is left to the provider. */
export function needsActive(key: KmsKey): string | undefined {
  if (key.status === 'pending') return pendingRefusal
  return key.status === 'disabled' && !hasUnknownStatus(key) ? disabledRefusal : undefined
}

const can: Record<Purpose, string> = { encrypt: 'encrypt', sign: 'sign', mac: 'authenticate messages' }

export const needsPurpose = (key: KmsKey, purpose: Purpose): string | undefined =>
  key.can.includes(purpose) ? undefined : `A key of type ${key.type} can’t ${can[purpose]}.`

export const needsPeriod = (days: number, unit: { min: number; max: number }): string | undefined =>
  Number.isInteger(days) && days >= unit.min && days <= unit.max
    ? undefined
    : `Choose whole days, from ${formatNumber(unit.min)} to ${formatNumber(unit.max)}.`
