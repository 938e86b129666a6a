import { dayPresets } from '../../../clouds/period.ts'
import { Switch } from '../../../ui/Switch.tsx'
import { chosenPeriod, type PeriodChoice, PeriodField } from '../PeriodField.tsx'

interface BulkRotationDraft extends PeriodChoice {
  readonly automatic: boolean
}

export const emptyRotationDraft: BulkRotationDraft = { automatic: true, choice: '90', other: '' }

/** Whole days of at least one; NaN for anything else. */
export const periodOf = (draft: BulkRotationDraft): number => chosenPeriod(draft) || Number.NaN

interface BulkRotationFieldsProps {
  draft: BulkRotationDraft
  onChange: (draft: BulkRotationDraft) => void
}

/** Automatic rotation of many keys: on or off, and its period in days. */
export function BulkRotationFields({ draft, onChange }: BulkRotationFieldsProps) {
  const wrong = draft.choice === 'other' && draft.other !== '' && Number.isNaN(periodOf(draft))
  return (
    <>
      <Switch
        label="Rotate automatically"
        hint="Earlier versions stay: nothing has to be encrypted or signed again."
        checked={draft.automatic}
        onChange={(automatic) => onChange({ ...draft, automatic })}
      />
      {draft.automatic ? (
        <PeriodField
          chosen={draft}
          onChange={(part) => onChange({ ...draft, ...part })}
          unit="days"
          presets={dayPresets}
          hint="Days between two rotations."
          error={wrong ? 'Choose whole days.' : undefined}
        />
      ) : null}
    </>
  )
}
