import { count, formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { filterNames, times, timeWords } from './activity-view.ts'
import type { ToolbarProps } from './Toolbar.tsx'

const timeOptions = times.map((time) => ({ value: time, label: timeWords[time] }))

/** All filters on one sheet, where the screen has no room for them. They take effect as they are chosen. */
export function FilterSheet({ state, options, filters, shown, onClose }: ToolbarProps & { onClose: () => void }) {
  const { view } = state
  const toggled = (values: readonly string[], value: string, on: boolean) =>
    on ? [...values, value] : values.filter((other) => other !== value)
  return (
    <Dialog
      open
      onClose={onClose}
      title="Filters"
      footer={
        <>
          <Button onClick={state.clear}>Clear filters</Button>
          <Button variant="primary" onClick={onClose}>
            Show {count(shown, 'event')}
          </Button>
        </>
      }
    >
      <div className="grid max-h-[60vh] gap-5 overflow-y-auto">
        <Field label="Time">
          {(control) => <Select {...control} options={timeOptions} value={view.time} onChange={state.setTime} />}
        </Field>
        <Checkbox
          checked={view.reads}
          onChange={state.showReads}
          label="Show reads"
          hint="What this visit only looked at, with success"
        />
        {filters
          .filter((id) => options[id].length > 0)
          .map((id) => (
            <fieldset key={id}>
              <legend className="pb-1 font-medium text-sm">{filterNames[id]}</legend>
              {options[id].map(({ value, label, count }) => (
                <Checkbox
                  key={value}
                  checked={view.filters[id].includes(value)}
                  onChange={(on) => state.filter(id, toggled(view.filters[id], value, on))}
                  label={
                    <>
                      {label} <span className="pl-1 text-fg-subtle text-xs">{formatNumber(count)}</span>
                    </>
                  }
                />
              ))}
            </fieldset>
          ))}
      </div>
    </Dialog>
  )
}
