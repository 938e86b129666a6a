import { MenuSeparator } from './Menu.tsx'
import { MenuRadios } from './MenuRadios.tsx'
import type { SortProps } from './sort.ts'

const ways = [
  { value: 'ascending', label: 'Ascending' },
  { value: 'descending', label: 'Descending' },
] as const

/** Sort order as items of a `Menu`, for lists whose columns are partly hidden. */
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
