/** Texts of the bulk dialogs. */
import type { BulkProgress, BulkResult } from '../../../clouds/bulk.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { formatSpan } from '../../../lib/dates.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { countKeys } from '../key-count.ts'
import type { BulkAction } from './bulk-actions.ts'
import type { BulkJob } from './bulk-store.ts'

interface BulkLabels {
  /** "Rotate", before the number of keys: title of the dialog, and its button. */
  readonly verb: string
  readonly running: string
  readonly finished: string
  readonly cancel: string
  readonly danger: boolean
}

const labels: Readonly<Record<BulkAction, BulkLabels>> = {
  rotate: { verb: 'Rotate', running: 'Rotating', finished: 'Rotated', cancel: 'Not now', danger: false },
  setRotation: {
    verb: 'Set rotation of',
    running: 'Setting the rotation of',
    finished: 'Set the rotation of',
    cancel: 'Not now',
    danger: false,
  },
  enable: { verb: 'Enable', running: 'Enabling', finished: 'Enabled', cancel: 'Not now', danger: false },
  disable: { verb: 'Disable', running: 'Disabling', finished: 'Disabled', cancel: 'Keep them active', danger: true },
  scheduleDeletion: {
    verb: 'Schedule deletion of',
    running: 'Scheduling the deletion of',
    finished: 'Scheduled the deletion of',
    cancel: 'Keep the keys',
    danger: true,
  },
}

/** In place of a deletion that a second person must approve. */
const asking: BulkLabels = {
  verb: 'Ask for approval to delete',
  running: 'Asking for approval to delete',
  finished: 'Asked for approval to delete',
  cancel: 'Keep the keys',
  danger: false,
}

/** @param asks whether approvals are asked for in place of the action */
export const bulkLabelsOf = (action: BulkAction, asks: boolean): BulkLabels => (asks ? asking : labels[action])

/** How many keys these are: a key is one in all its locations. */
export const keysIn = (keys: readonly KmsKey[]): number => countKeys([keys]).keys

/** Typed before keys stop working: their number, without separators. */
export const confirmationOf = (keys: readonly KmsKey[]): { readonly text: string; readonly missing: string } => ({
  text: String(keysIn(keys)),
  missing: 'Type the number of keys first.',
})

/** `23 of 50`, or `23 of 50 locations` where keys are in several, and the pause that a provider asked for. */
export function formatProgress(
  { succeeded, failed, pausedUntil }: BulkProgress,
  keys: readonly KmsKey[],
  now: number,
): string {
  const unit = keysIn(keys) === keys.length ? '' : ' locations'
  const progress = `${formatNumber(succeeded + failed)} of ${formatNumber(keys.length)}${unit}${failed > 0 ? `, ${formatNumber(failed)} failed` : ''}`
  if (pausedUntil === undefined || pausedUntil <= now) return progress
  const seconds = Math.ceil((pausedUntil - now) / 1000)
  return `${progress}. The cloud asks for a pause of ${seconds < 60 ? count(seconds, 'second') : formatSpan(pausedUntil - now)}.`
}

/** `Rotated 48 of 50 keys`, or `Rotated 50 keys` when all succeeded in all their locations. */
export function formatResult({ action, keys, input }: BulkJob, { failed, notStarted }: BulkResult): string {
  const total = keysIn(keys)
  const rest = keysIn([...failed.map(({ key }) => key), ...notStarted])
  const done = rest === 0 ? '' : `${formatNumber(total - rest)} of `
  return `${bulkLabelsOf(action, input.reason !== undefined).finished} ${done}${count(total, 'key')}`
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
