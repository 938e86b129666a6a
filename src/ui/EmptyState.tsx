import type { ReactNode } from 'react'
import { cx } from './classes.ts'
import { Icon, type IconType } from './Icon.tsx'

interface EmptyStateProps {
  icon: IconType
  title: ReactNode
  /** What is missing here, or which filter hides it. */
  children?: ReactNode
  /** Buttons; the next step first. */
  actions?: ReactNode
  className?: string
}

export function EmptyState({ icon, title, children, actions, className }: EmptyStateProps) {
  return (
    <div className={cx('grid content-center justify-items-center gap-1 px-6 py-10 text-center text-base', className)}>
      <span className="mb-2 grid size-9 place-items-center rounded-lg border border-line-strong text-fg-subtle">
        <Icon of={icon} size={18} />
      </span>
      <h2 className="font-semibold">{title}</h2>
      {children && (
        <div className="max-w-[44ch] text-balance text-fg-muted [&_b]:font-medium [&_b]:text-fg">{children}</div>
      )}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
