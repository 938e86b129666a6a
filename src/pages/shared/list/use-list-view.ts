import { useCallback, useMemo, useState } from 'react'
import { useLocation, useNavigationType, useSearchParams } from '../../../router/react.tsx'
import type { FilteredView } from './list-view.ts'

/** Marks the history entries that a screen made itself, whose view it already shows. */
const own = 'own-view'

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

/**
 * View of a list in the URL, shown at once and written there behind it: navigation takes a moment, and a field that waits
 * for it loses letters. Back, forward and links from elsewhere set the view from the URL.
 */
export function useListView<Id extends string, View extends FilteredView<Id>>({
  read,
  write,
  clear,
}: ViewFormat<View>): ListViewState<Id, View> {
  const [params, setParams] = useSearchParams()
  const location = useLocation()
  const how = useNavigationType()
  const [view, setView] = useState(() => read(params))
  const [seen, setSeen] = useState(location.key)
  if (seen !== location.key) {
    setSeen(location.key)
    if (how === 'POP' || location.state !== own) setView(read(params))
  }
  const show = useCallback(
    (next: View, replace = false) => {
      setView(next)
      setParams(write(next, params), { replace, state: own })
    },
    [params, setParams, write],
  )
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
