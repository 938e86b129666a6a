/** What the dialogs of an act on many keys say. */
import type { BulkProgress, BulkResult } from '../../clouds/bulk.ts'
import { formatSpan } from '../../lib/dates.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import type { BulkAction } from './bulk-plan.ts'

interface Words {
  /** "Rotate 12 keys now" */
  readonly title: (keys: string) => string
  /** The button's. */
  readonly act: (keys: string) => string
  readonly keep: string
  /** "Rotating", "Rotated": before the number of keys. */
  readonly doing: string
  readonly done: string
  readonly danger: boolean
}

export const bulkWords: Readonly<Record<BulkAction, Words>> = {
  rotate: {
    title: (keys) => `Rotate ${keys} now`,
    act: (keys) => `Rotate ${keys}`,
    keep: 'Not now',
    doing: 'Rotating',
    done: 'Rotated',
    danger: false,
  },
  setRotation: {
    title: (keys) => `Set the rotation of ${keys}`,
    act: (keys) => `Set rotation of ${keys}`,
    keep: 'Not now',
    doing: 'Setting the rotation of',
    done: 'Set the rotation of',
    danger: false,
  },
  enable: {
    title: (keys) => `Enable ${keys}`,
    act: (keys) => `Enable ${keys}`,
    keep: 'Not now',
    doing: 'Enabling',
    done: 'Enabled',
    danger: false,
  },
  disable: {
    title: (keys) => `Disable ${keys}`,
    act: (keys) => `Disable ${keys}`,
    keep: 'Keep them active',
    doing: 'Disabling',
    done: 'Disabled',
    danger: true,
  },
  scheduleDeletion: {
    title: (keys) => `Schedule deletion of ${keys}`,
    act: (keys) => `Schedule deletion of ${keys}`,
    keep: 'Keep the keys',
    doing: 'Scheduling the deletion of',
    done: 'Scheduled the deletion of',
    danger: true,
  },
}

/** What is typed before keys are deleted. */
export const typedFor = (keys: number): string => `delete ${count(keys, 'key')}`.replaceAll(',', '')

/** `23 of 50 done, 1 failed`; and the pause that a cloud asked for. */
export function progressWords({ succeeded, failed, pausedUntil }: BulkProgress, total: number, now: number): string {
  const words = `${formatNumber(succeeded + failed)} of ${formatNumber(total)}${failed > 0 ? `, ${formatNumber(failed)} failed` : ''}`
  if (pausedUntil === undefined || pausedUntil <= now) return words
  const seconds = Math.ceil((pausedUntil - now) / 1000)
  return `${words}. The cloud asks for a pause of ${seconds < 60 ? count(seconds, 'second') : formatSpan(pausedUntil - now)}.`
}

/** `Rotated 48 of 50 keys`, or `Rotated 50 keys` where nothing is left. */
export function resultTitle(action: BulkAction, { succeeded }: BulkResult, total: number): string {
  const done = succeeded.length === total ? '' : `${formatNumber(succeeded.length)} of `
  return `${bulkWords[action].done} ${done}${count(total, 'key')}`
}

/** `2 failed, 10 were not started`; undefined where all went well. */
export function resultWords({ failed, notStarted }: BulkResult): string | undefined {
  const parts = [
    ...(failed.length === 0 ? [] : [`${formatNumber(failed.length)} failed`]),
    ...(notStarted.length === 0
      ? []
      : [`${formatNumber(notStarted.length)} ${notStarted.length === 1 ? 'was' : 'were'} not started`]),
  ]
  return parts.length === 0 ? undefined : `${parts.join(', ')}.`
}
