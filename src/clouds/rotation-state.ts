import { daysBetween, HOUR } from '../lib/dates.ts'
import { isPendingDeletion, isUsable } from './key-status.ts'
import type { KmsKey } from './model.ts'
import { addPeriods, periodLength } from './period.ts'

const SOON_DAYS = 30

export type RotationState =
  /** The key has one version for life. */
  | { readonly kind: 'never' }
  | { readonly kind: 'manual' }
  /** Automatic rotation is on, and stopped while the deletion is pending. */
  | { readonly kind: 'stopped' }
  /** Automatic rotation is on, and when it is due is not known. */
  | { readonly kind: 'unknown' }
  /** The date has passed less than an hour ago: the clouds look for due keys hourly. */
  | { readonly kind: 'due' }
  | { readonly kind: 'overdue'; readonly days: number }
  /** `progress` from 0 to 1 through the period; `soon` is within 30 days. */
  | { readonly kind: 'planned'; readonly days: number; readonly progress: number; readonly soon: boolean }

/** Where a key stands between two rotations at `now` (milliseconds since the epoch). */
export function rotationState(key: KmsKey, now: number): RotationState {
  const { automatic, never, nextAt, period } = key.rotation
  if (never !== undefined) return { kind: 'never' }
  if (!automatic) return { kind: 'manual' }
  if (isPendingDeletion(key)) return { kind: 'stopped' }
  if (nextAt === undefined) return { kind: 'unknown' }
  if (nextAt <= now) return now - nextAt < HOUR ? { kind: 'due' } : { kind: 'overdue', days: daysBetween(nextAt, now) }
  const startedAt = period === undefined ? key.createdAt : addPeriods(nextAt, period, -1)
  const progress = startedAt === undefined ? 0 : Math.min(1, Math.max(0, (now - startedAt) / (nextAt - startedAt)))
  const days = daysBetween(now, nextAt)
  return { kind: 'planned', days, progress, soon: days < SOON_DAYS }
}

/** Instants of the automatic rotations of an active key between two instants; one that is overdue counts as `from`. */
export function* rotationsIn(key: KmsKey, from: number, until: number): Iterable<number> {
  const { automatic, never, nextAt, period } = key.rotation
  if (!automatic || never !== undefined || !isUsable(key) || nextAt === undefined) return
  const step = (period && periodLength(period)) || Number.POSITIVE_INFINITY
  for (let at = Math.max(nextAt, from); at < until; at += step) yield at
}

/** When a key is deleted, if that is before `until`; one that is being deleted counts as `from`. */
export function deletionIn(key: KmsKey, from: number, until: number): number | undefined {
  const { destroyedAt } = key
  if (!isPendingDeletion(key) || destroyedAt === undefined || destroyedAt >= until) return undefined
  return Math.max(destroyedAt, from)
}
