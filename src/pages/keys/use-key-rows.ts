import { useCallback, useDeferredValue, useMemo, useRef } from 'react'
import type { Steps } from '../../lib/time-slicing.ts'
import { useTimeSlicing } from '../shared/use-time-slicing.ts'
import type { AllKeys } from '../use-keys.ts'
import { type FilterOptions, filterOptionsSliced } from './key-options.ts'
import { filterRowsSliced, type KeyRow, prepareRowsSliced } from './key-rows.ts'
import type { KeysView } from './keys-view.ts'
import { sortRowsSliced } from './row-order.ts'

/** Up to here everything takes less than a frame. */
const FEW = 2_000

interface Shown {
  readonly all: readonly KeyRow[]
  readonly ordered: readonly KeyRow[]
  readonly now: number
  readonly view: KeysView
  readonly rows: readonly KeyRow[]
}

/** Where only letters were added to the search, what was found before holds all that can be found now. */
function narrowest(last: Shown | undefined, ordered: readonly KeyRow[], view: KeysView, now: number) {
  const further =
    last?.ordered === ordered &&
    last.now === now &&
    last.view.filters === view.filters &&
    view.search.startsWith(last.view.search)
  return further ? last.rows : ordered
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
  const { search, filters, sort } = useDeferredValue(wanted)
  const prepared = useTimeSlicing(
    useCallback(() => prepareRowsSliced(keys), [keys]),
    few,
  )
  const all = prepared.result ?? none
  const last = useRef<Shown | undefined>(undefined)
  const shown = useTimeSlicing(
    useCallback(
      function* (): Steps<Shown> {
        const view = { search, filters, sort }
        const before = last.current
        const isOrdered = before?.all === all && before.view.sort === sort
        const ordered = isOrdered ? before.ordered : yield* sortRowsSliced(all, sort)
        const next = {
          all,
          ordered,
          now,
          view,
          rows: yield* filterRowsSliced(narrowest(before, ordered, view, now), view, now),
        }
        last.current = next
        return next
      },
      [all, search, filters, sort, now],
    ),
    few,
  )
  const offered = useTimeSlicing(
    useCallback(() => filterOptionsSliced(all, filters, now, closed), [all, filters, now, closed]),
    few,
  )
  return {
    rows: shown.result?.rows ?? none,
    view: shown.result?.view ?? wanted,
    all,
    total: all.length,
    options: offered.result,
    longestName: useMemo(() => all.reduce((most, { key }) => Math.max(most, key.name.length), 0), [all]),
    working: prepared.working || shown.working,
    preparing: all.length === 0 && prepared.working,
  }
}
