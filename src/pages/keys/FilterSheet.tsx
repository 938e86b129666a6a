import { Field } from '../../ui/Field.tsx'
import { FilterSheet as Sheet } from '../../ui/FilterSheet.tsx'
import { Select } from '../../ui/Select.tsx'
import { type FilterGroupsInput, groupsOf } from './filter-groups.ts'
import { columnIds, columnNames, readSort, type Sort, sortText } from './keys-view.ts'

interface FilterSheetProps extends FilterGroupsInput {
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

/** All filters and the order on one sheet, where the screen has no room for them. */
export function FilterSheet({ shown, sort, onSort, onClear, onClose, ...filters }: FilterSheetProps) {
  return (
    <Sheet groups={groupsOf(filters)} shown={shown} onClear={onClear} onClose={onClose}>
      <Field label="Order">
        {(control) => (
          <Select {...control} options={orders} value={sortText(sort)} onChange={(text) => onSort(readSort(text))} />
        )}
      </Field>
    </Sheet>
  )
}
