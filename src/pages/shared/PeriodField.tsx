import type { PeriodUnit } from '../../clouds/period.ts'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'

/** Period as it is chosen: a preset, or a text of its own. */
export interface PeriodChoice {
  /** Preset, or `other`. */
  readonly choice: string
  /** Text of the field; used only while the choice is `other`. */
  readonly other: string
}

/** Number of the choice: NaN for any text but plain digits. */
export function chosenPeriod({ choice, other }: PeriodChoice): number {
  const text = choice === 'other' ? other.trim() : choice
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
}

interface PeriodFieldProps {
  readonly chosen: PeriodChoice
  readonly onChange: (part: Partial<PeriodChoice>) => void
  readonly unit: PeriodUnit
  readonly presets: readonly number[]
  readonly hint: string
  readonly error: string | undefined
  /** Why no period, or this preset, can be chosen. */
  readonly refusal?: (preset?: number) => string | undefined
}

/** Presets of a rotation period, and a field for any other. An error stands at the control in use. */
export function PeriodField({ chosen, onChange, unit, presets, hint, error, refusal }: PeriodFieldProps) {
  const other = chosen.choice === 'other'
  const options = [
    ...presets.map((preset) => ({ value: String(preset), label: String(preset), disabledReason: refusal?.(preset) })),
    { value: 'other', label: 'Other', disabledReason: refusal?.() },
  ]
  return (
    <>
      <div data-wrong={error !== undefined && !other ? true : undefined}>
        <Field group label="Period" hint={hint} error={other ? undefined : error}>
          {(control) => (
            <SegmentedControl
              aria-labelledby={`${control.id}-label`}
              aria-describedby={control['aria-describedby']}
              size="md"
              options={options}
              value={chosen.choice}
              onChange={(choice) => onChange({ choice })}
            />
          )}
        </Field>
      </div>
      {other && (
        <Field label={`Period in ${unit}`} error={error}>
          {(control) => (
            <Input
              {...control}
              className="max-w-40"
              inputMode="numeric"
              value={chosen.other}
              readOnly={refusal?.() !== undefined}
              onChange={({ target }) => onChange({ other: target.value })}
            />
          )}
        </Field>
      )}
    </>
  )
}
