import { useCallback, useDeferredValue, useMemo, useRef } from 'react'
import type { Steps } from '../../lib/time-slicing.ts'
import { isFiltered } from '../shared/list/list-view.ts'
import { useSlices, useTimeSlicing } from '../shared/use-time-slicing.ts'
import type { AllKeys } from '../use-keys.ts'
import { type FilterOptions, filterOptionsSliced } from './key-options.ts'
import { filterRowsSliced, type KeyRow, prepareRowsSliced } from './key-rows.ts'
import { activeFilters, type KeysView } from './keys-view.ts'
import { isRanked, rankAheadSliced, sortRowsSliced } from './row-order.ts'

/** Up to here everything takes less than a frame. */
const FEW = 2_000

interface Found extends Pick<KeysView, 'search' | 'filters'> {
  readonly all: readonly KeyRow[]
  readonly now: number
  readonly rows: readonly KeyRow[]
}

/** Where only letters were added to the search, what was found before holds all that can be found now. */
function narrowest(last: Found | undefined, { all, now, search, filters }: Omit<Found, 'rows'>) {
  const further = last?.all === all && last.now === now && last.filters === filters && search.startsWith(last.search)
  return further ? last.rows : all
}

const none: readonly KeyRow[] = []

export interface KeyRows {
  /** What the view leaves, in its order. */
  readonly rows: readonly KeyRow[]
  /** The view that `rows` are of, which may be the one before while there is much to do. */
  readonly view: KeysView
  /** Every row, whatever hides it. */
  readonly all: readonly KeyRow[]
  readonly total: number
  readonly options: FilterOptions | undefined
  /** Letters of the longest name. */
  readonly longestName: number
  /** Rows for what was asked last are on their way; those of before stand meanwhile. */
  readonly working: boolean
  /** The first rows are being made. */
  readonly preparing: boolean
}

/** The list's rows, each step of the way made anew only when what it is made of is another. `now` in milliseconds. */
export function useKeyRows({ keys, closed }: AllKeys, wanted: KeysView, now: number): KeyRows {
  const few = keys.length <= FEW
  // Typing stays ahead of the list when there are very many keys.
  const deferred = useDeferredValue(wanted)
  const { search, filters } = deferred
  const prepared = useTimeSlicing(
    useCallback(() => prepareRowsSliced(keys), [keys]),
    few,
  )
  const all = prepared.result ?? none
  const last = useRef<Found | undefined>(undefined)
  const found = useTimeSlicing(
    useCallback(
      function* (): Steps<Found> {
        const asked = { all, now, search, filters }
        const next = { ...asked, rows: yield* filterRowsSliced(narrowest(last.current, asked), asked, now) }
        last.current = next
        return next
      },
      [all, search, filters, now],
    ),
    few || !isFiltered(search, activeFilters(filters)),
  )
  const { rows = none, all: among = none } = found.result ?? {}
  const soon = few || isRanked(among, wanted.sort)
  // In the frame of the click, where it takes no longer than that.
  const sort = soon ? wanted.sort : deferred.sort
  const sorted = useTimeSlicing(
    useCallback(
      function* (): Steps<Pick<KeyRows, 'rows'> & Pick<KeysView, 'sort'>> {
        return { sort, rows: yield* sortRowsSliced(rows, sort, among) }
      },
      [rows, sort, among],
    ),
    soon || isRanked(among, sort),
  )
  const offered = useTimeSlicing(
    useCallback(() => filterOptionsSliced(all, filters, now, closed), [all, filters, now, closed]),
    few,
  )
  const working = prepared.working || found.working || sorted.working
  useSlices(
    useCallback(() => rankAheadSliced(all), [all]),
    !few && !working && !offered.working,
  )
  return {
    rows: sorted.result?.rows ?? none,
    view: {
      search: found.result?.search ?? search,
      filters: found.result?.filters ?? filters,
      sort: sorted.result?.sort ?? sort,
    },
    all,
    total: all.length,
    options: offered.result,
    longestName: useMemo(() => all.reduce((most, { key }) => Math.max(most, key.name.length), 0), [all]),
    working,
    preparing: all.length === 0 && prepared.working,
  }
}
