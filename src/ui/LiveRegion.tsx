import type { ReactNode } from 'react'

interface LiveRegionProps {
  /** What is read out when it changes; unseen. */
  children: ReactNode
  /** Read at once instead of when the reader is idle. */
  urgent?: boolean
}

/** Announces a change to screen readers. Keep it mounted and change its text. */
export function LiveRegion({ children, urgent = false }: LiveRegionProps) {
  return (
    <span role={urgent ? 'alert' : 'status'} aria-atomic className="sr-only">
      {children}
    </span>
  )
}
