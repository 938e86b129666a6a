import { type ReactNode, type RefObject, Suspense } from 'react'
import { lazyComponent } from '../../../ui/lazy-component.ts'

const Virtualizer = lazyComponent(() => import('./Virtualizer.tsx').then(({ Virtualizer }) => Virtualizer), {
  fallback: first,
})

/** Up to here all rows are drawn, so that the browser's own search and printing reach every one. */
const MANY = 200
/** Rows that stand while the virtualiser is on its way. */
const FIRST = 40

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
  /** Begins where the first row does, drawn or not. */
  readonly container: RefObject<HTMLElement | null>
  readonly children: (span: Span) => ReactNode
}

function first({ count, size, children }: VirtualRowsProps) {
  return children({ from: 0, to: FIRST, before: 0, after: (count - FIRST) * size })
}

/** Draws only the rows near the window when there are many. */
export function VirtualRows(props: VirtualRowsProps) {
  const { count, children } = props
  if (count <= MANY) return children({ from: 0, to: count, before: 0, after: 0 })
  return (
    <Suspense fallback={first(props)}>
      <Virtualizer {...props} />
    </Suspense>
  )
}
