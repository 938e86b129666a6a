import { useMemo } from 'react'
import type { FilteredView } from './list-view.ts'
import { useUrlState } from './use-url-state.ts'

export interface ListViewState<Id extends string, View extends FilteredView<Id>> {
  readonly view: View
  /** Shows another view, as a new entry of the history unless `replace` is set. */
  readonly show: (view: View, replace?: boolean) => void
  readonly search: (text: string) => void
  readonly filter: (id: Id, values: readonly string[]) => void
  readonly clear: () => void
}

interface ViewFormat<View> {
  /** Gives the same view for the same parameters. */
  readonly read: (params: URLSearchParams) => View
  /** The parameters with the view in them; others stay as they are. */
  readonly write: (view: View, others: URLSearchParams) => URLSearchParams
  /** The view without search and filters; its order stays. */
  readonly clear: (view: View) => View
}

/** View of a list in the URL. */
export function useListView<Id extends string, View extends FilteredView<Id>>({
  read,
  write,
  clear,
}: ViewFormat<View>): ListViewState<Id, View> {
  const { view, show } = useUrlState(read, write)
  return useMemo(
    () => ({
      view,
      show,
      search: (text) => show({ ...view, search: text }, true),
      filter: (id, values) => show({ ...view, filters: { ...view.filters, [id]: values } }),
      clear: () => show(clear(view)),
    }),
    [view, show, clear],
  )
}
