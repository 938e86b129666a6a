import { cloneElement, type FocusEvent, type ReactElement, useLayoutEffect, useRef, useState } from 'react'

type Slots = ReadonlyMap<string, number>

/** A row keeps its slot while it is drawn; one that comes takes that of one that has left. */
function slotsAfter(before: Slots, ids: readonly string[]): Slots {
  const taken = new Set(ids.map((id) => before.get(id)))
  let free = 0
  const nextFree = () => {
    while (taken.has(free)) free += 1
    return free++
  }
  return new Map(ids.map((id) => [id, before.get(id) ?? nextFree()]))
}

/** Slots of rows by their ids. */
function useSlots(ids: readonly string[]): Slots {
  const [slots, setSlots] = useState<Slots>(() => slotsAfter(new Map(), ids))
  if (new Set(ids).size === slots.size && ids.every((id) => slots.has(id))) return slots
  const next = slotsAfter(slots, ids)
  setSlots(next)
  return next
}

/**
 * Body of a table whose elements are used again for the rows that come while it scrolls, which takes half as long as to
 * make new ones. Rows are without a state of their own, and each is one `tr`, keyed by its id.
 */
export function RecycledRows({ children }: { children: readonly ReactElement[] }) {
  const ids = children.map(({ key }) => key ?? '')
  const slots = useSlots(ids)
  const body = useRef<HTMLTableSectionElement>(null)
  const focused = useRef<string>(undefined)
  const onFocus = ({ currentTarget, target }: FocusEvent<HTMLTableSectionElement>) => {
    focused.current = ids[[...currentTarget.rows].findIndex((row) => row.contains(target))]
  }
  useLayoutEffect(() => {
    const { activeElement: active } = document
    const hasFocus = active instanceof HTMLElement && body.current?.contains(active)
    // Its row has left; what is typed must not act on the one that came.
    if (hasFocus && focused.current !== undefined && !slots.has(focused.current)) active.blur()
  }, [slots])
  return (
    <tbody ref={body} onFocus={onFocus}>
      {children.map((row) => cloneElement(row, { key: slots.get(row.key ?? '') }))}
    </tbody>
  )
}
