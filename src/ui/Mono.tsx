import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** An identifier, a location, a type. */
export function Mono({ children, className }: { children: ReactNode; className?: string }) {
  return <span className={cx('mono', className)}>{children}</span>
}

interface MiddleTruncateProps {
  text: string
  /** Characters kept at the start and at the end; 8 and 4 unless told. Shorter texts stay whole. */
  start?: number
  end?: number
  className?: string
}

/** An id with its middle left out; the whole is in the title and is what screen readers get. */
export function MiddleTruncate({ text, start = 8, end = 4, className }: MiddleTruncateProps) {
  if (text.length <= start + end + 1) return <Mono {...(className && { className })}>{text}</Mono>
  return (
    <span title={text} className={cx('mono', className)}>
      <span aria-hidden>
        {text.slice(0, start)}…{text.slice(-end)}
      </span>
      <span className="sr-only">{text}</span>
    </span>
  )
}
