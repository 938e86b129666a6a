import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'
import { type ActivityViewState, timeLabels, times } from './activity-view.ts'

interface ActivitySettingsProps {
  state: ActivityViewState
}

const timeOptions = times.map((time) => ({ value: time, label: timeLabels[time] }))

/** Time and reads in the row of filters. */
export const ActivitySettings = ({ state: { view, show } }: ActivitySettingsProps) => (
  <>
    <Select
      aria-label="Time"
      size="md"
      options={timeOptions}
      value={view.time}
      onChange={(time) => show({ ...view, time })}
      className="w-30"
    />
    <Checkbox
      checked={view.reads}
      onChange={(reads) => show({ ...view, reads })}
      label="Show reads"
      className="px-1.5"
    />
  </>
)

/** Time and reads on the sheet of narrow screens. */
export const ActivitySheetSettings = ({ state: { view, show } }: ActivitySettingsProps) => (
  <>
    <Field label="Time">
      {(control) => (
        <Select {...control} options={timeOptions} value={view.time} onChange={(time) => show({ ...view, time })} />
      )}
    </Field>
    <Checkbox
      checked={view.reads}
      onChange={(reads) => show({ ...view, reads })}
      label="Show reads"
      hint="What this visit only looked at, with success"
    />
  </>
)
