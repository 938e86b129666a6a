import { FilterSheet as Sheet } from '../../ui/FilterSheet.tsx'
import { SortField } from '../../ui/SortField.tsx'
import { type FilterGroupsInput, groupsOf } from './filter-groups.ts'
import { namedColumns, type Sort } from './keys-view.ts'

interface FilterSheetProps extends FilterGroupsInput {
  /** Such as `12 keys`. */
  shown: string
  sort: Sort
  onSort: (sort: Sort) => void
  onClear: () => void
  onClose: () => void
}

/** All filters and the order on one sheet, where the screen has no room for them. */
export const FilterSheet = ({ shown, sort, onSort, onClear, onClose, ...filters }: FilterSheetProps) => (
  <Sheet groups={groupsOf(filters)} shown={shown} onClear={onClear} onClose={onClose}>
    <SortField columns={namedColumns} sort={sort} onSort={onSort} />
  </Sheet>
)
