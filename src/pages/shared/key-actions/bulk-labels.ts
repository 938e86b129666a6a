/** Texts of the bulk dialogs. */
import type { BulkProgress, BulkResult } from '../../../clouds/bulk.ts'
import { formatSpan } from '../../../lib/dates.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import type { BulkAction } from './bulk-actions.ts'

interface BulkLabels {
  /** "Rotate 12 keys now" */
  readonly title: (keys: string) => string
  /** Label of the confirm button. */
  readonly confirm: (keys: string) => string
  readonly cancel: string
  /** "Rotating", before the number of keys. */
  readonly running: string
  readonly finished: string
  readonly danger: boolean
}

export const bulkLabels: Readonly<Record<BulkAction, BulkLabels>> = {
  rotate: {
    title: (keys) => `Rotate ${keys} now`,
    confirm: (keys) => `Rotate ${keys}`,
    cancel: 'Not now',
    running: 'Rotating',
    finished: 'Rotated',
    danger: false,
  },
  setRotation: {
    title: (keys) => `Set the rotation of ${keys}`,
    confirm: (keys) => `Set rotation of ${keys}`,
    cancel: 'Not now',
    running: 'Setting the rotation of',
    finished: 'Set the rotation of',
    danger: false,
  },
  enable: {
    title: (keys) => `Enable ${keys}`,
    confirm: (keys) => `Enable ${keys}`,
    cancel: 'Not now',
    running: 'Enabling',
    finished: 'Enabled',
    danger: false,
  },
  disable: {
    title: (keys) => `Disable ${keys}`,
    confirm: (keys) => `Disable ${keys}`,
    cancel: 'Keep them active',
    running: 'Disabling',
    finished: 'Disabled',
    danger: true,
  },
  scheduleDeletion: {
    title: (keys) => `Schedule deletion of ${keys}`,
    confirm: (keys) => `Schedule deletion of ${keys}`,
    cancel: 'Keep the keys',
    running: 'Scheduling the deletion of',
    finished: 'Scheduled the deletion of',
    danger: true,
  },
}

/** Text to type before keys are deleted. */
export const confirmationPhrase = (keys: number): string => `delete ${count(keys, 'key')}`.replaceAll(',', '')

/** `23 of 50, 1 failed`, and the pause that a provider asked for. */
export function formatProgress({ succeeded, failed, pausedUntil }: BulkProgress, total: number, now: number): string {
  const progress = `${formatNumber(succeeded + failed)} of ${formatNumber(total)}${failed > 0 ? `, ${formatNumber(failed)} failed` : ''}`
  if (pausedUntil === undefined || pausedUntil <= now) return progress
  const seconds = Math.ceil((pausedUntil - now) / 1000)
  return `${progress}. The cloud asks for a pause of ${seconds < 60 ? count(seconds, 'second') : formatSpan(pausedUntil - now)}.`
}

/** `Rotated 48 of 50 keys`, or `Rotated 50 keys` when all succeeded. */
export function formatResult(action: BulkAction, { succeeded }: BulkResult, total: number): string {
  const done = succeeded.length === total ? '' : `${formatNumber(succeeded.length)} of `
  return `${bulkLabels[action].finished} ${done}${count(total, 'key')}`
}

/** `2 failed, 10 were not started.`; undefined when all succeeded. */
export function formatFailures({ failed, notStarted }: BulkResult): string | undefined {
  const parts = [
    ...(failed.length === 0 ? [] : [`${formatNumber(failed.length)} failed`]),
    ...(notStarted.length === 0
      ? []
      : [`${formatNumber(notStarted.length)} ${notStarted.length === 1 ? 'was' : 'were'} not started`]),
  ]
  return parts.length === 0 ? undefined : `${parts.join(', ')}.`
}
