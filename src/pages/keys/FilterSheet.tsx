import { formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { cx } from '../../ui/cx.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import type { FiltersProps } from './Filters.tsx'
import { columnIds, columnNames, filterIds, filterNames, readSort, type Sort, sortText } from './keys-view.ts'

interface FilterSheetProps extends FiltersProps {
  /** Such as `12 keys`. */
  shown: string
  sort: Sort
  onSort: (sort: Sort) => void
  onClear: () => void
  onClose: () => void
}

const orders = columnIds.flatMap((column) =>
  [false, true].map((descending) => ({
    value: sortText({ column, descending }),
    label: `${columnNames[column]}, ${descending ? 'descending' : 'ascending'}`,
  })),
)

/** All filters and the order on one sheet, where the screen has no room for them. They take effect as they are chosen. */
export function FilterSheet({ options, chosen, shown, sort, onChange, onSort, onClear, onClose }: FilterSheetProps) {
  const toggled = (values: readonly string[], value: string, on: boolean) =>
    on ? [...values, value] : values.filter((other) => other !== value)
  return (
    <Dialog
      open
      onClose={onClose}
      title="Filters"
      footer={
        <>
          <Button onClick={onClear}>Clear filters</Button>
          <Button variant="primary" onClick={onClose}>
            Show {shown}
          </Button>
        </>
      }
    >
      <div className="grid max-h-[60vh] gap-5 overflow-y-auto">
        <Field label="Order">
          {(control) => (
            <Select {...control} options={orders} value={sortText(sort)} onChange={(text) => onSort(readSort(text))} />
          )}
        </Field>
        {filterIds
          .filter((id) => options[id].length > 0)
          .map((id) => (
            <fieldset key={id}>
              <legend className="pb-1 font-medium text-sm">{filterNames[id]}</legend>
              {options[id].map(({ value, label, count }) => (
                <Checkbox
                  key={value}
                  checked={chosen[id].includes(value)}
                  onChange={(on) => onChange(id, toggled(chosen[id], value, on))}
                  label={
                    <span className={cx(['location', 'type', 'label'].includes(id) && 'mono')}>
                      {label} <span className="pl-1 font-sans text-fg-subtle text-xs">{formatNumber(count)}</span>
                    </span>
                  }
                />
              ))}
            </fieldset>
          ))}
      </div>
    </Dialog>
  )
}
