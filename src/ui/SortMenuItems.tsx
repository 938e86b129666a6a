import { MenuSeparator } from './Menu.tsx'
import { MenuRadios } from './MenuRadios.tsx'
import type { SortProps } from './sort.ts'

const ways = [
  { value: 'ascending', label: 'Ascending' },
  { value: 'descending', label: 'Descending' },
] as const

/** By what a list is ordered, as items of a `Menu`: also where not every column has its head in sight. */
export const SortMenuItems = <Id extends string>({ columns, sort: order, onSort: onOrder }: SortProps<Id>) => (
  <>
    <MenuRadios
      label="Order by"
      options={columns.map(({ id, name }) => ({ value: id, label: name }))}
      value={order.column}
      onChange={(column) => onOrder({ ...order, column })}
    />
    <MenuSeparator />
    <MenuRadios
      label="Direction"
      options={ways}
      value={order.descending ? 'descending' : 'ascending'}
      onChange={(way) => onOrder({ ...order, descending: way === 'descending' })}
    />
  </>
)
