import { dayPresets } from '../../../clouds/period.ts'
import { Field } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Switch } from '../../../ui/Switch.tsx'

interface BulkRotationDraft {
  readonly automatic: boolean
  /** Preset in days, or `other`. */
  readonly choice: string
  /** Text of the field; used only while the choice is `other`. */
  readonly other: string
}

export const emptyRotationDraft: BulkRotationDraft = { automatic: true, choice: '90', other: '' }

/** Whole days of at least one; NaN for anything else. */
export function periodOf({ choice, other }: BulkRotationDraft): number {
  const text = choice === 'other' ? other.trim() : choice
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : Number.NaN
}

interface BulkRotationFieldsProps {
  draft: BulkRotationDraft
  onChange: (draft: BulkRotationDraft) => void
}

const options = [
  ...dayPresets.map((days) => ({ value: String(days), label: String(days) })),
  { value: 'other', label: 'Other' },
]

/** Automatic rotation of many keys: on or off, and its period in days. */
export function BulkRotationFields({ draft, onChange }: BulkRotationFieldsProps) {
  const { automatic, choice, other } = draft
  return (
    <>
      <Switch
        label="Rotate automatically"
        hint="Earlier versions stay: nothing has to be encrypted or signed again."
        checked={automatic}
        onChange={(on) => onChange({ ...draft, automatic: on })}
      />
      {automatic ? (
        <Field group label="Period" hint="Days between two rotations.">
          {(control) => (
            <SegmentedControl
              aria-labelledby={`${control.id}-label`}
              aria-describedby={control['aria-describedby']}
              size="md"
              options={options}
              value={choice}
              onChange={(value) => onChange({ ...draft, choice: value })}
            />
          )}
        </Field>
      ) : null}
      {automatic && choice === 'other' ? (
        <Field
          label="Period in days"
          error={other !== '' && Number.isNaN(periodOf(draft)) ? 'Choose whole days.' : undefined}
        >
          {(control) => (
            <Input
              {...control}
              className="max-w-40"
              inputMode="numeric"
              value={other}
              onChange={(event) => onChange({ ...draft, other: event.target.value })}
            />
          )}
        </Field>
      ) : null}
    </>
  )
}
