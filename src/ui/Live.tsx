import type { ReactNode } from 'react'

interface LiveProps {
  /** What is read out when it changes; unseen. */
  children: ReactNode
  /** Read at once instead of when the reader is idle. */
  urgent?: boolean
}

/** Announces a change to screen readers. Keep it mounted and change its text. */
export function Live({ children, urgent = false }: LiveProps) {
  return (
    <span role={urgent ? 'alert' : 'status'} aria-atomic className="sr-only">
      {children}
    </span>
  )
}
