import type { ReactNode } from 'react'

/** Full-width pane in the frame of two panes. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <div className="mt-4 overflow-hidden rounded-lg border border-line-strong bg-surface max-sm:-mx-(--gutter) max-sm:rounded-none max-sm:border-x-0">
      {children}
    </div>
  )
}
