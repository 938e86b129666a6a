import { Field } from './Field.tsx'
import { type OrderProps, orderWords } from './order.ts'
import { Select } from './Select.tsx'

/** By what a list is ordered, on a sheet: cards have no heads. */
export function OrderField<Id extends string>({ columns, order, onOrder }: OrderProps<Id>) {
  const options = columns.flatMap(({ id: column }) =>
    [false, true].map((descending) => {
      const label = orderWords({ columns, order: { column, descending } })
      return { value: label, label, order: { column, descending } }
    }),
  )
  return (
    <Field label="Order">
      {(control) => (
        <Select
          {...control}
          options={options}
          value={orderWords({ columns, order })}
          onChange={(label) => {
            const chosen = options.find(({ value }) => value === label)
            if (chosen) onOrder(chosen.order)
          }}
        />
      )}
    </Field>
  )
}
