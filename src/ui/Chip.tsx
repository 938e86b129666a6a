import type { ReactNode } from 'react'
import { cx } from './classes.ts'

interface ChipProps {
  children: ReactNode
  title?: string
  className?: string
}

/** A label such as `env=prod`. */
export function Chip({ children, title, className }: ChipProps) {
  return (
    <span
      title={title}
      className={cx(
        'mono-xs inline-block h-5 min-w-0 max-w-full truncate rounded-sm border border-line bg-sunken px-1.5 align-middle text-fg-muted leading-[18px]',
        className,
      )}
    >
      {children}
    </span>
  )
}
