import { Field } from './Field.tsx'
import { Select } from './Select.tsx'
import { formatSort, type SortProps } from './sort.ts'

/** Sort field in a sheet, for cards, which have no column headers. */
export function SortField<Id extends string>({ columns, sort: order, onSort: onOrder }: SortProps<Id>) {
  const options = columns.flatMap(({ id: column }) =>
    [false, true].map((descending) => {
      const label = formatSort({ columns, sort: { column, descending } })
      return { value: label, label, order: { column, descending } }
    }),
  )
  return (
    <Field label="Order">
      {(control) => (
        <Select
          {...control}
          options={options}
          value={formatSort({ columns, sort: order })}
          onChange={(label) => {
            const chosen = options.find(({ value }) => value === label)
            if (chosen) onOrder(chosen.order)
          }}
        />
      )}
    </Field>
  )
}
