import type { ReactNode } from 'react'
import { FilterSheet } from '../../../ui/FilterSheet.tsx'
import { SortField } from '../../../ui/SortField.tsx'
import type { SortProps } from '../../../ui/sort.ts'
import type { ListFilterGroup } from './ListControls.tsx'

interface ListFilterSheetProps<Column extends string> {
  groups: readonly ListFilterGroup[]
  /** Order of the list, where it has one. */
  sort: SortProps<Column> | undefined
  /** Such as `12 keys`. */
  shown: string
  onClear: () => void
  onClose: () => void
  /** Further settings, above the filters. */
  children: ReactNode
}

/** Order and all filters on one sheet, on narrow screens. */
export const ListFilterSheet = <Column extends string>({ sort, children, ...sheet }: ListFilterSheetProps<Column>) => (
  <FilterSheet {...sheet}>
    {sort ? <SortField {...sort} /> : null}
    {children}
  </FilterSheet>
)
