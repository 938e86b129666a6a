import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from '../../ui/Icon.tsx'

/** Two equal panes in one frame: input and result. On narrow screens one above the other, edge to edge. */
export function Panes({ children }: { children: ReactNode }) {
  return (
    <div className="mt-4 grid grid-cols-2 overflow-hidden rounded-lg border border-line-strong bg-surface max-sm:-mx-(--gutter) max-sm:mt-0 max-sm:grid-cols-1 max-sm:rounded-none max-sm:border-x-0 max-sm:border-t-0">
      {children}
    </div>
  )
}

interface PaneProps {
  readonly title: string
  /** After the title: a choice of encoding, or a badge. */
  readonly head?: ReactNode
  /** Small buttons at the right end of the head. */
  readonly end?: ReactNode
  readonly children: ReactNode
  readonly footer: ReactNode
}

export function Pane({ title, head, end, children, footer }: PaneProps) {
  return (
    <section className="flex min-w-0 flex-col border-line-strong not-first:border-l max-sm:not-first:border-t max-sm:not-first:border-l-0">
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-1 pr-2 pl-3.5 max-sm:min-h-13 max-sm:pl-(--gutter)">
        <h2 className="font-semibold text-sm">{title}</h2>
        {head}
        {end && <div className="ml-auto flex items-center gap-0.5">{end}</div>}
      </header>
      {children}
      <footer className="flex min-h-[53px] flex-wrap items-center gap-2.5 border-line border-t py-2 pr-2.5 pl-3.5 text-fg-subtle text-xs tabular-nums max-sm:min-h-15 max-sm:px-(--gutter) max-sm:empty:hidden">
        {footer}
      </footer>
    </section>
  )
}

const heights = { tall: 'min-h-[clamp(208px,31vh,440px)] max-sm:min-h-29', short: 'min-h-29' }

/** Classes of the text area of a pane; `short` where the pane holds other fields too. */
export const areaClass = (height: keyof typeof heights = 'tall') => `${heights[height]} ${areaFace}`

const areaFace =
  'block w-full flex-1 p-3.5 font-mono text-[13px]/[22px] tracking-[-0.01em] [font-feature-settings:"calt"_0] ' +
  '[overflow-wrap:anywhere] focus-visible:outline-2 focus-visible:outline-focus focus-visible:-outline-offset-2 max-sm:px-(--gutter) max-sm:text-touch'

/** Separator of figures in a footer. */
export const Dot = () => <span aria-hidden className="size-[3px] rounded-full bg-fg-subtle" />

export const Figure = ({ children }: { children: ReactNode }) => (
  <b className="font-medium text-fg tabular-nums">{children}</b>
)

/** Mark beside the title of a result. */
export function SuccessBadge({ children }: { children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-ok-fg text-xs">
      <Icon of={Check} size={14} />
      {children}
    </span>
  )
}
