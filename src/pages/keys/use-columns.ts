import { type RefCallback, useCallback, useMemo, useState } from 'react'
import { type ColumnLayout, layoutAfter, stepsFor } from './column-widths.ts'
import { type ColumnId, columnIds } from './keys-view.ts'

const STORED_AS = 'keys-hidden-columns'

/** Columns that can be hidden: a row without its name is none. */
export const hideable: readonly ColumnId[] = columnIds.filter((id) => id !== 'name')

function stored(): ReadonlySet<ColumnId> {
  try {
    const words = (localStorage.getItem(STORED_AS) ?? '').split(' ')
    return new Set(hideable.filter((id) => words.includes(id)))
  } catch {
    return new Set()
  }
}

function store(hidden: ReadonlySet<ColumnId>) {
  try {
    if (hidden.size === 0) localStorage.removeItem(STORED_AS)
    else localStorage.setItem(STORED_AS, [...hidden].join(' '))
  } catch {
    // A browser may keep nothing for this page: the choice lasts until a reload then.
  }
}

export interface Columns extends ColumnLayout {
  readonly hidden: ReadonlySet<ColumnId>
  readonly show: (column: ColumnId, on: boolean) => void
  readonly reset: () => void
  /** On what holds the table, as wide as the table is. */
  readonly measured: RefCallback<HTMLElement>
}

/** Which columns of the list are hidden, remembered by this browser, and what the window has room for. */
export function useColumns(): Columns {
  const [hidden, setHidden] = useState(stored)
  const [taken, setTaken] = useState(0)
  const change = useCallback((next: ReadonlySet<ColumnId>) => {
    store(next)
    setHidden(next)
  }, [])
  const measured = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return
      const measure = () => setTaken(stepsFor(element.clientWidth, hidden))
      // At once, so that nothing is drawn that has no room.
      measure()
      const observer = new ResizeObserver(measure)
      observer.observe(element)
      return () => observer.disconnect()
    },
    [hidden],
  )
  return {
    ...useMemo(() => layoutAfter(taken, hidden), [taken, hidden]),
    hidden,
    show: (column, on) => change(new Set(hideable.filter((id) => (id === column ? !on : hidden.has(id))))),
    reset: () => change(new Set()),
    measured,
  }
}
