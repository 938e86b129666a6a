import { useMemo, useState } from 'react'
import { useLocation, useNavigationType, useSearchParams } from 'react-router'
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

/** Marks the history entries that this screen made itself, whose view it already shows. */
const own = 'keys-view'

export interface KeysViewState {
  readonly view: KeysView
  readonly search: (text: string) => void
  readonly filter: (filter: FilterId, values: readonly string[]) => void
  readonly sortBy: (column: ColumnId) => void
  readonly setSort: (sort: Sort) => void
  readonly clear: () => void
}

/**
 * The view, shown at once and written to the URL behind it: navigation takes a moment, and a field that waits for it
 * loses letters. Back, forward and links from elsewhere set the view from the URL.
 */
export function useKeysView(): KeysViewState {
  const [params, setParams] = useSearchParams()
  const location = useLocation()
  const how = useNavigationType()
  const [view, setView] = useState(() => readView(params))
  const [seen, setSeen] = useState(location.key)
  if (seen !== location.key) {
    setSeen(location.key)
    if (how === 'POP' || location.state !== own) setView(readView(params))
  }
  return useMemo(() => {
    const show = (next: KeysView, replace: boolean) => {
      setView(next)
      setParams(writeView(next, params), { replace, preventScrollReset: true, state: own })
    }
    return {
      view,
      search: (text) => show({ ...view, search: text }, true),
      filter: (filter, values) => show({ ...view, filters: { ...view.filters, [filter]: values } }, false),
      sortBy: (column) => show({ ...view, sort: sortAfter(view.sort, column) }, false),
      setSort: (sort) => show({ ...view, sort }, false),
      clear: () => show({ ...view, search: '', filters: noFilters }, false),
    }
  }, [view, params, setParams])
}
