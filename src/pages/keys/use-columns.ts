import { type RefCallback, useCallback, useMemo, useState } from 'react'
import { createStoredValue } from '../../lib/store.ts'
import { pageWidth } from '../../ui/use-media.ts'
import { type ColumnLayout, layoutAfter, nameWidth, stepsFor } from './column-widths.ts'
import { type ColumnId, columnIds } from './keys-view.ts'

/** Columns that can be hidden: a row without its name is none. */
export const hideable: readonly ColumnId[] = columnIds.filter((id) => id !== 'name')

/** Hidden columns, kept in this browser. */
const hiddenColumns = createStoredValue<ReadonlySet<ColumnId>>({
  key: 'keys-hidden-columns',
  event: 'keyshiddencolumns',
  parse(text) {
    const words = (text ?? '').split(' ')
    return new Set(hideable.filter((id) => words.includes(id)))
  },
  format: (hidden) => (hidden.size === 0 ? undefined : [...hidden].join(' ')),
})

export interface Columns extends ColumnLayout {
  readonly hidden: ReadonlySet<ColumnId>
  readonly show: (column: ColumnId, on: boolean) => void
  readonly reset: () => void
  /** On what holds the table, as wide as the table is. */
  readonly measured: RefCallback<HTMLElement>
}

/**
 * Which columns of the list are hidden, remembered by this browser, and what the window has room for.
 * @param longestName in letters
 */
export function useColumns(longestName: number): Columns {
  const [hidden, setHidden] = useState(hiddenColumns.get)
  // Expected first: to measure what has just been drawn takes as long as drawing it.
  const [width, setWidth] = useState(pageWidth)
  const change = useCallback((next: ReadonlySet<ColumnId>) => {
    hiddenColumns.set(next)
    setHidden(next)
  }, [])
  const measured = useCallback((element: HTMLElement | null) => {
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const taken = stepsFor(width, hidden, nameWidth(longestName))
  return {
    ...useMemo(() => layoutAfter(taken, hidden), [taken, hidden]),
    hidden,
    show: (column, on) => change(new Set(hideable.filter((id) => (id === column ? !on : hidden.has(id))))),
    reset: () => change(new Set()),
    measured,
  }
}
