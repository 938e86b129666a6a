import { type ReactNode, type RefObject, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { usePrinting } from '../../../ui/use-media.ts'

/** Rows beyond either edge of the window. */
const BEYOND = 2
/** Rows come and go by so many, since each change lays the whole table out. */
const STEP = 2
/** Up to here all rows are drawn, so that the browser's own search and printing reach every one. */
const MANY = 200

/** The rows to draw, `to` not among them, and the height in pixels that stands for those before and after. */
export interface Span {
  readonly from: number
  readonly to: number
  readonly before: number
  readonly after: number
}

export interface VirtualRowsProps {
  readonly count: number
  /** Pixels of one row; all are the same. */
  readonly size: number
  /** Rows are so rich that a few of them are too many for a screen; only print draws all. */
  readonly always?: boolean | undefined
  /** Begins where the first row does, drawn or not. */
  readonly container: RefObject<HTMLElement | null>
  readonly children: (span: Span) => ReactNode
}

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

/** Pixels above the rows of a page at its top, at least: the bar, the tools and the head. */
const ABOVE = 160

/** Draws only the rows near the window. Where rows are all of one height, the ones in sight are a division away. */
export function VirtualRows({ count, size, always = false, container, children }: VirtualRowsProps) {
  const [drawn, setDrawn] = useState<Drawn>(() => drawnAt(ABOVE, size))
  const printing = usePrinting()
  useLayoutEffect(() => {
    const look = () => {
      // Asked before anything is changed, when the page is laid out already.
      const next = drawnAt(container.current?.getBoundingClientRect().top ?? 0, size)
      setDrawn((before) => (before.from === next.from && before.to === next.to ? before : next))
    }
    // In the frame that scrolls, or rows would come a frame late.
    const onScroll = () => flushSync(look)
    // In the next frame, which lays the page out anyway.
    const first = requestAnimationFrame(onScroll)
    addEventListener('scroll', onScroll, { passive: true })
    addEventListener('resize', look)
    return () => {
      cancelAnimationFrame(first)
      removeEventListener('scroll', onScroll)
      removeEventListener('resize', look)
    }
  }, [container, size])
  if (count <= MANY && (printing || !always)) return children({ from: 0, to: count, before: 0, after: 0 })
  const to = Math.min(drawn.to, count)
  // A list that has become shorter has moved the window as well, which is told a moment later.
  const from = Math.min(drawn.from, Math.max(0, to - 1))
  return children({ from, to, before: from * size, after: (count - to) * size })
}
