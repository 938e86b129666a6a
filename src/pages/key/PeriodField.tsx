import type { Range } from '../../clouds/cloud.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { SegmentedControl, type SegmentedOption } from '../../ui/SegmentedControl.tsx'
import { type PeriodChoice, presets } from './rotation-form.ts'
import type { RotationForm } from './use-rotation-form.ts'

interface PeriodFieldProps {
  form: RotationForm
  cloudName: string
  /** Days. */
  range: Range
  /** What the cloud said about the period. */
  error: string | undefined
}

export function PeriodField({ form, cloudName, range, error }: PeriodFieldProps) {
  const { draft, problem, refusal, change } = form
  const days = `${formatNumber(range.min)} to ${formatNumber(range.max)}`
  const outside = (preset: string) =>
    Number(preset) < range.min || Number(preset) > range.max ? `${cloudName} takes ${days} days.` : undefined
  const options: readonly SegmentedOption<PeriodChoice>[] = [
    ...presets.map((preset) => ({ value: preset, label: preset, disabledReason: refusal ?? outside(preset) })),
    { value: 'other', label: 'Other', disabledReason: refusal },
  ]
  const other = draft.choice === 'other'
  return (
    <>
      <Field group label="Period" error={other ? undefined : error}>
        {(control) => (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <SegmentedControl
              aria-labelledby={`${control.id}-label`}
              aria-describedby={[control['aria-describedby'], `${control.id}-range`].filter(Boolean).join(' ')}
              size="md"
              options={options}
              value={draft.choice}
              onChange={(choice) => change({ choice })}
            />
            <span id={`${control.id}-range`} className="text-fg-muted">
              days, from {days}
            </span>
          </div>
        )}
      </Field>
      {other && (
        <Field label="Period in days" error={error ?? problem}>
          {(control) => (
            <Input
              {...control}
              className="max-w-40"
              inputMode="numeric"
              value={draft.other}
              readOnly={refusal !== undefined}
              onChange={(event) => change({ other: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  )
}
