import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useEntryState } from '../entry-state.ts'
import { useSlices } from '../shared/use-time-slicing.ts'
import type { KeyRow } from './key-rows.ts'
import { chosenOf, idsOfSliced, nothing, pressed, withAll } from './selection.ts'

export type PressRow = (row: KeyRow, how: { on: boolean; range: boolean }) => void

export interface Selection {
  readonly ids: ReadonlySet<string>
  /** The chosen rows that are shown: the only ones that anything is done to. */
  readonly rows: readonly KeyRow[]
  /** How many are chosen and hidden by the search or a filter. */
  readonly hidden: number
  readonly onPress: PressRow
  readonly onAll: (on: boolean) => void
  readonly clear: () => void
}

/** Where Esc means something else. */
const otherEscapes = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox], input[type=search]'

/**
 * The rows that are chosen. It outlives order, search and filters, and waits for Back where the list is left.
 * @param rows as they are shown
 * @param all with those that are not
 */
export function useSelection(rows: readonly KeyRow[], all: readonly KeyRow[]): Selection {
  const [chosen, setChosen] = useEntryState('selected-keys', nothing)
  const shown = useRef({ rows, all })
  useEffect(() => {
    shown.current = { rows, all }
  }, [rows, all])
  // Made ahead, so that selecting all of very many takes no time.
  useSlices(useCallback(() => idsOfSliced(all), [all]))
  const onPress = useCallback<PressRow>(
    (row, how) => setChosen((before) => pressed(before, shown.current.rows, row, how)),
    [setChosen],
  )
  const onAll = useCallback(
    (on: boolean) => setChosen((before) => withAll(before, shown.current.rows, shown.current.all, on)),
    [setChosen],
  )
  const clear = useCallback(() => setChosen(nothing), [setChosen])
  const some = chosen.ids.size > 0
  useEffect(() => {
    if (!some) return
    const onKeyDown = ({ key, target, defaultPrevented }: KeyboardEvent) => {
      const elsewhere = target instanceof Element && target.closest(otherEscapes) !== null
      if (key === 'Escape' && !defaultPrevented && !elsewhere) clear()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [some, clear])
  const selected = useMemo(() => chosenOf(chosen, rows, all), [chosen, rows, all])
  // A key that is gone is not hidden by anything.
  const hidden = useMemo(
    () => (chosen.ids.size === selected.length ? 0 : chosenOf(chosen, all, all).length - selected.length),
    [chosen, all, selected],
  )
  return { ids: chosen.ids, rows: selected, hidden: Math.max(0, hidden), onPress, onAll, clear }
}
