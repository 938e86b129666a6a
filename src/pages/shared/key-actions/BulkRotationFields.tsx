import { Field } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { type BulkRotationDraft, periodOf, presetPeriods } from './rotation-draft.ts'

interface BulkRotationFieldsProps {
  draft: BulkRotationDraft
  onChange: (draft: BulkRotationDraft) => void
}

const options = [
  ...presetPeriods.map((days) => ({ value: days, label: days })),
  { value: 'other', label: 'Other' },
] as const

/** Automatic rotation on or off, and every how many days. */
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
