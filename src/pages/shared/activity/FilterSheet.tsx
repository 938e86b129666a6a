import { count } from '../../../lib/numbers.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FilterSheet as Sheet } from '../../../ui/FilterSheet.tsx'
import { Select } from '../../../ui/Select.tsx'
import { groupsOf, type ToolbarProps, timeOptions } from './Toolbar.tsx'

/** All filters on one sheet, where the screen has no room for them. */
export function FilterSheet({ onClose, ...props }: ToolbarProps & { onClose: () => void }) {
  const { view, setTime, showReads, clear } = props.state
  return (
    <Sheet groups={groupsOf(props)} shown={count(props.shown, 'event')} onClear={clear} onClose={onClose}>
      <Field label="Time">
        {(control) => <Select {...control} options={timeOptions} value={view.time} onChange={setTime} />}
      </Field>
      <Checkbox
        checked={view.reads}
        onChange={showReads}
        label="Show reads"
        hint="What this visit only looked at, with success"
      />
    </Sheet>
  )
}
