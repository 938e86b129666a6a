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
  on: 'before:bg-ok-mark',
  off: 'before:border-[1.5px] before:border-fg-subtle',
  failed: 'before:bg-danger-mark forced-colors:before:rounded-none',
  unknown: 'before:bg-chart-muted',
}

/** Status: a dot and a text. */
export function StatusDot({ children, state = 'on', title }: StatusDotProps) {
  return (
    <span
      title={title}
      className={cx(
        "inline-flex items-center gap-[7px] whitespace-nowrap align-middle before:size-[7px] before:shrink-0 before:rounded-full before:content-['']",
        state !== 'on' && 'text-fg-muted',
        dots[state],
      )}
    >
      {children}
    </span>
  )
}
