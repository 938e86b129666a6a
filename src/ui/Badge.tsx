import type { ReactNode } from 'react'
import { cx, type Tone } from './classes.ts'
import { Icon, type IconType } from './Icon.tsx'

interface BadgeProps {
  children: ReactNode
  /** `neutral` (default) has no fill; only exceptions have one. */
  tone?: Tone | 'neutral'
  icon?: IconType | undefined
  title?: string
  className?: string
}

const tones: Record<Tone | 'neutral', string> = {
  neutral: 'border-line-strong text-fg-muted',
  ok: 'border-ok-border bg-ok-bg text-ok-fg',
  warning: 'border-warning-border bg-warning-bg text-warning-fg',
  danger: 'border-danger-border bg-danger-bg text-danger-fg',
  info: 'border-info-border bg-info-bg text-info-fg',
  accent: 'border-accent-border bg-accent-bg text-accent-fg',
}

export function Badge({ children, tone = 'neutral', icon, title, className }: BadgeProps) {
  return (
    <span
      title={title}
      className={cx(
        'inline-flex h-5 items-center gap-[5px] whitespace-nowrap rounded-sm border px-1.5 align-middle font-medium text-xs tabular-nums',
        tones[tone],
        className,
      )}
    >
      {icon && <Icon of={icon} size={12} />}
      {children}
    </span>
  )
}
