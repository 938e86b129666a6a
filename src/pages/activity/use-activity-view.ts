import { useMemo, useState } from 'react'
import { useLocation, useNavigationType, useSearchParams } from 'react-router'
import { type ActivityView, type FilterId, noFilters, readView, type Time, writeView } from './activity-view.ts'

/** Marks the history entries that this screen made itself, whose view it already shows. */
const own = 'activity-view'

export interface ActivityViewState {
  readonly view: ActivityView
  readonly search: (text: string) => void
  readonly filter: (filter: FilterId, values: readonly string[]) => void
  readonly setTime: (time: Time) => void
  readonly showReads: (reads: boolean) => void
  readonly clear: () => void
}

/**
 * The view, shown at once and written to the URL behind it, so that a field that is typed in loses no letters. Back,
 * forward and links from elsewhere set the view from the URL.
 */
export function useActivityView(): ActivityViewState {
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
    const show = (next: ActivityView, replace = false) => {
      setView(next)
      setParams(writeView(next, params), { replace, preventScrollReset: true, state: own })
    }
    return {
      view,
      search: (text) => show({ ...view, search: text }, true),
      filter: (filter, values) => show({ ...view, filters: { ...view.filters, [filter]: values } }),
      setTime: (time) => show({ ...view, time }),
      showReads: (reads) => show({ ...view, reads }),
      clear: () => show({ ...view, search: '', filters: noFilters, time: 'all' }),
    }
  }, [view, params, setParams])
}
