/** Draft of the rotation settings, its validation and its request. */
import type { Capabilities, PeriodRange } from '../../clouds/capabilities.ts'
import type { KmsKey } from '../../clouds/model.ts'
import type { OperationInputs } from '../../clouds/operations.ts'
import { isSamePeriod, type Period, type PeriodUnit } from '../../clouds/period.ts'
import { needsPeriod } from '../../clouds/refusals.ts'
import { chosenPeriod, type PeriodChoice } from '../shared/PeriodField.tsx'

export interface RotationDraft extends PeriodChoice {
  readonly automatic: boolean
  readonly unit: PeriodUnit
}

/** Draft of a key's settings; the provider's default period for a key that never had one. */
export function draftOf({ rotation }: KmsKey, range: Capabilities['rotationPeriod']): RotationDraft {
  const { value, unit } = rotation.period ?? { value: range.default, unit: range.unit }
  const isPreset = range.presets.includes(value)
  return {
    automatic: rotation.automatic,
    choice: isPreset ? String(value) : 'other',
    other: isPreset ? '' : String(value),
    unit,
  }
}

/** Period of the draft; its value is NaN for any text but plain digits. */
export const periodOf = (draft: RotationDraft): Period => ({ value: chosenPeriod(draft), unit: draft.unit })

/** Problem of the period, as one sentence; undefined when it is valid, or rotation is off. */
export const periodProblem = (draft: RotationDraft, range: PeriodRange): string | undefined =>
  draft.automatic ? needsPeriod(periodOf(draft).value, range) : undefined

/** Whether saving would change anything. The period is ignored while rotation is off. */
export function isChanged(draft: RotationDraft, { rotation }: KmsKey): boolean {
  if (draft.automatic !== rotation.automatic) return true
  return draft.automatic && !isSamePeriod(periodOf(draft), rotation.period)
}

/** Input of the request; only for a valid draft. */
export const inputOf = (draft: RotationDraft): OperationInputs['setRotation'] =>
  draft.automatic ? { automatic: true, period: periodOf(draft) } : { automatic: false }
