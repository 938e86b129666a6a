import { isoDay } from '../../../lib/dates.ts'
import { Field } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'
import { Select } from '../../../ui/Select.tsx'
import { useNow } from '../use-now.ts'
import { type ActivityViewState, timeLabels, times, withTime } from './activity-view.ts'

const timeOptions = times.map((time) => ({ value: time, label: timeLabels[time] }))

interface ControlProps {
  state: ActivityViewState
  /** What names it: a label, or properties of a field. */
  control: object
}

function TimeSelect({ state: { view, show }, control }: ControlProps) {
  const now = useNow()
  return (
    <Select {...control} options={timeOptions} value={view.time} onChange={(time) => show(withTime(view, time, now))} />
  )
}

/** First or last day, as a native input with all the keys and the calendar that the browser has for it. */
function Day({ name, state: { view, show }, control }: ControlProps & { name: 'from' | 'to' }) {
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
export const ActivitySettings = ({ state }: { state: ActivityViewState }) => (
  <>
    <TimeSelect state={state} control={{ 'aria-label': 'Time', size: 'md', className: 'w-34' }} />
    {state.view.time === 'dates' ? (
      <span className="flex items-center gap-1.5 text-fg-muted text-sm [&_input]:w-36">
        <Day name="from" state={state} control={{ 'aria-label': 'From', size: 'md' }} />
        to
        <Day name="to" state={state} control={{ 'aria-label': 'To', size: 'md' }} />
      </span>
    ) : null}
  </>
)

/** Time on the sheet of narrow screens. */
export const ActivitySheetSettings = ({ state }: { state: ActivityViewState }) => (
  <>
    <Field label="Time">{(control) => <TimeSelect state={state} control={control} />}</Field>
    {state.view.time === 'dates' ? (
      <>
        <Field label="From">{(control) => <Day name="from" state={state} control={control} />}</Field>
        <Field label="To">{(control) => <Day name="to" state={state} control={control} />}</Field>
      </>
    ) : null}
  </>
)
