import { useMemo } from 'react'
import { useUrlState } from '../shared/use-url-state.ts'
import {
  type ColumnId,
  type FilterId,
  type KeysView,
  noFilters,
  readView,
  type Sort,
  sortAfter,
  writeView,
} from './keys-view.ts'

export interface KeysViewState {
  readonly view: KeysView
  readonly search: (text: string) => void
  readonly filter: (filter: FilterId, values: readonly string[]) => void
  readonly sortBy: (column: ColumnId) => void
  readonly setSort: (sort: Sort) => void
  readonly clear: () => void
}

export function useKeysView(): KeysViewState {
  const { view, show } = useUrlState(readView, writeView)
  return useMemo(
    () => ({
      view,
      search: (text) => show({ ...view, search: text }, true),
      filter: (filter, values) => show({ ...view, filters: { ...view.filters, [filter]: values } }),
      sortBy: (column) => show({ ...view, sort: sortAfter(view.sort, column) }),
      setSort: (sort) => show({ ...view, sort }),
      clear: () => show({ ...view, search: '', filters: noFilters }),
    }),
    [view, show],
  )
}
