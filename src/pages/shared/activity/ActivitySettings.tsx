import { isoDay } from '../../../lib/dates.ts'
import { Field } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'
import { Select } from '../../../ui/Select.tsx'
import { useNow } from '../use-now.ts'
import { type ActivityViewState, timeLabels, times, withTime } from './activity-view.ts'

interface ActivitySettingsProps {
  state: ActivityViewState
}

const timeOptions = times.map((time) => ({ value: time, label: timeLabels[time] }))

/** First and last day, as native inputs with all the keys and the calendar that the browser has for them. */
function Day({
  name,
  state: { view, show },
  control,
}: ActivitySettingsProps & { name: 'from' | 'to'; control: object }) {
  const today = isoDay(useNow())
  return (
    <Input
      {...control}
      type="date"
      value={view[name]}
      min={name === 'to' ? view.from : undefined}
      max={name === 'from' && view.to !== '' ? view.to : today}
      onChange={({ currentTarget: { value } }) => show({ ...view, [name]: value }, true)}
    />
  )
}

/** Time in the row of filters. */
export function ActivitySettings({ state }: ActivitySettingsProps) {
  const now = useNow()
  const { view, show } = state
  return (
    <>
      <Select
        aria-label="Time"
        size="md"
        options={timeOptions}
        value={view.time}
        onChange={(time) => show(withTime(view, time, now))}
        className="w-34"
      />
      {view.time === 'dates' ? (
        <span className="flex items-center gap-1.5 text-fg-muted text-sm [&_input]:w-36">
          <Day name="from" state={state} control={{ 'aria-label': 'From', size: 'md' }} />
          to
          <Day name="to" state={state} control={{ 'aria-label': 'To', size: 'md' }} />
        </span>
      ) : null}
    </>
  )
}

/** Time on the sheet of narrow screens. */
export function ActivitySheetSettings({ state }: ActivitySettingsProps) {
  const now = useNow()
  const { view, show } = state
  return (
    <>
      <Field label="Time">
        {(control) => (
          <Select
            {...control}
            options={timeOptions}
            value={view.time}
            onChange={(time) => show(withTime(view, time, now))}
          />
        )}
      </Field>
      {view.time === 'dates' ? (
        <>
          <Field label="From">{(control) => <Day name="from" state={state} control={control} />}</Field>
          <Field label="To">{(control) => <Day name="to" state={state} control={control} />}</Field>
        </>
      ) : null}
    </>
  )
}
