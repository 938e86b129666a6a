import type { ReactNode } from 'react'
import { formatDateTime } from '../../lib/dates.ts'

interface DateTitleProps {
  /** Milliseconds since the epoch. */
  readonly instant: number
  readonly className?: string
  readonly children: ReactNode
}

/** Words about an instant, with date, time and zone as the title: made under the pointer, since names of zones take long. */
export const DateTitle = ({ instant, className, children }: DateTitleProps) => (
  <span
    // A title that was made for another instant is not kept.
    key={instant}
    className={className}
    onPointerEnter={({ currentTarget }) => {
      currentTarget.title = formatDateTime(instant)
    }}
  >
    {children}
  </span>
)
