import { useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { VirtualRowsProps } from './VirtualRows.tsx'

/** Rows beyond either edge of the window. */
const BEYOND = 8
/** Rows come and go by so many, since each change lays the whole table out. */
const STEP = 8

interface Drawn {
  readonly from: number
  readonly to: number
}

/** @param top pixels from the window's upper edge to the first row, negative once it is above */
function drawnAt(top: number, size: number): Drawn {
  const first = Math.floor(-top / size) - BEYOND
  const last = Math.ceil((innerHeight - top) / size) + BEYOND
  return { from: Math.max(0, Math.floor(first / STEP) * STEP), to: Math.max(STEP, Math.ceil(last / STEP) * STEP) }
}

/** Where rows are all of one height, the ones in sight are a division away. */
export function Virtualizer({ count, size, container, children }: VirtualRowsProps) {
  const [drawn, setDrawn] = useState<Drawn>(() => drawnAt(0, size))
  useLayoutEffect(() => {
    const look = () => {
      // Asked before anything is changed, when the page is laid out already.
      const next = drawnAt(container.current?.getBoundingClientRect().top ?? 0, size)
      setDrawn((before) => (before.from === next.from && before.to === next.to ? before : next))
    }
    // In the frame that scrolls, or rows would come a frame late.
    const onScroll = () => flushSync(look)
    look()
    addEventListener('scroll', onScroll, { passive: true })
    addEventListener('resize', look)
    return () => {
      removeEventListener('scroll', onScroll)
      removeEventListener('resize', look)
    }
  }, [container, size])
  const to = Math.min(drawn.to, count)
  // A list that has become shorter has moved the window as well, which is told a moment later.
  const from = Math.min(drawn.from, Math.max(0, to - 1))
  return children({ from, to, before: from * size, after: (count - to) * size })
}
