/** Draft of the rotation settings, its validation and its request. */
import type { Range } from '../../clouds/capabilities.ts'
import type { KmsKey } from '../../clouds/model.ts'
import type { OperationInputs } from '../../clouds/operations.ts'
import { needsPeriod } from '../../clouds/refusals.ts'

export const presets = ['30', '90', '180', '365'] as const

export type PeriodChoice = (typeof presets)[number] | 'other'

export interface RotationDraft {
  readonly automatic: boolean
  readonly choice: PeriodChoice
  /** Text of the field; used only while the choice is `other`. */
  readonly other: string
}

const presetOf = (days: number) => presets.find((preset) => Number(preset) === days)

/** Draft of a key's settings; `fallback` is the period in days for a key that never had one. */
export function draftOf({ rotation }: KmsKey, fallback: number): RotationDraft {
  const days = rotation.periodInDays ?? fallback
  const preset = presetOf(days)
  return { automatic: rotation.automatic, choice: preset ?? 'other', other: preset ? '' : String(days) }
}

/** Whole days; NaN for any text but plain digits. */
export function periodOf({ choice, other }: RotationDraft): number {
  const text = choice === 'other' ? other.trim() : choice
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
}

/** Problem of the period, as one sentence; undefined when it is valid, or rotation is off. */
export const periodProblem = (draft: RotationDraft, range: Range): string | undefined =>
  draft.automatic ? needsPeriod(periodOf(draft), range) : undefined

/** Whether saving would change anything. The period is ignored while rotation is off. */
export function isChanged(draft: RotationDraft, { rotation }: KmsKey): boolean {
  if (draft.automatic !== rotation.automatic) return true
  return draft.automatic && periodOf(draft) !== rotation.periodInDays
}

/** Input of the request; only for a valid draft. */
export const inputOf = (draft: RotationDraft): OperationInputs['setRotation'] =>
  draft.automatic ? { automatic: true, periodInDays: periodOf(draft) } : { automatic: false }

/** `90 days makes about 4 versions a year.` */
export function yearlyNote(days: number): string {
  if (days > 365)
    return `${days} days makes a version about every ${(days / 365).toFixed(1).replace(/\.0$/, '')} years.`
  const yearly = Math.round(365 / days)
  return `${days} ${days === 1 ? 'day' : 'days'} makes about ${yearly === 1 ? 'one version' : `${yearly} versions`} a year.`
}
