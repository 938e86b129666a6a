import type { ReactNode } from 'react'

/** One pane over the whole width, in the frame of the two. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <div className="mt-4 overflow-hidden rounded-lg border border-line-strong bg-surface max-sm:-mx-(--gutter) max-sm:rounded-none max-sm:border-x-0">
      {children}
    </div>
  )
}
