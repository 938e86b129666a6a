import type { ReactNode } from 'react'
import { cx } from './classes.ts'

interface StatusDotProps {
  /** Text beside the dot. */
  children: ReactNode
  /** `on` is filled green, `off` hollow, `failed` red, `unknown` grey. Under forced colours a square has failed. */
  state?: 'on' | 'off' | 'failed' | 'unknown'
  title?: string
}

const dots = {
  on: 'bg-ok-mark',
  off: 'border-[1.5px] border-fg-subtle',
  failed: 'bg-danger-mark forced-colors:rounded-none',
  unknown: 'bg-chart-muted',
}

/** Status: a dot and a text. */
export function StatusDot({ children, state = 'on', title }: StatusDotProps) {
  return (
    <span
      title={title}
      className={cx(
        'inline-flex items-center gap-[7px] whitespace-nowrap align-middle',
        state !== 'on' && 'text-fg-muted',
      )}
    >
      <span aria-hidden className={cx('size-[7px] shrink-0 rounded-full', dots[state])} />
      {children}
    </span>
  )
}
