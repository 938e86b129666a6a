import { useMemo } from 'react'
import { useUrlState } from '../use-url-state.ts'
import { type ActivityView, type FilterId, noFilters, readView, type Time, writeView } from './activity-view.ts'

export interface ActivityViewState {
  readonly view: ActivityView
  readonly search: (text: string) => void
  readonly filter: (filter: FilterId, values: readonly string[]) => void
  readonly setTime: (time: Time) => void
  readonly showReads: (reads: boolean) => void
  readonly clear: () => void
}

export function useActivityView(): ActivityViewState {
  const { view, show } = useUrlState(readView, writeView)
  return useMemo(
    () => ({
      view,
      search: (text) => show({ ...view, search: text }, true),
      filter: (filter, values) => show({ ...view, filters: { ...view.filters, [filter]: values } }),
      setTime: (time) => show({ ...view, time }),
      showReads: (reads) => show({ ...view, reads }),
      clear: () => show({ ...view, search: '', filters: noFilters, time: 'all' }),
    }),
    [view, show],
  )
}
