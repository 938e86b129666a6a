import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './classes.ts'
import { Icon } from './Icon.tsx'

type BannerTone = 'ok' | 'warning' | 'danger' | 'info'

interface BannerProps {
  tone: BannerTone
  /** What is so: one short sentence, bold. */
  title: ReactNode
  /** What it means, after the title. */
  children?: ReactNode
  /** The request: `POST …/rotate · 409 · request 91c0-22fe`. */
  meta?: ReactNode
  /** Small buttons at the right end. */
  actions?: ReactNode
  className?: string
}

const looks = {
  ok: { box: 'border-ok-border bg-ok-bg', ink: 'text-ok-fg', icon: CircleCheck },
  warning: { box: 'border-warning-border bg-warning-bg', ink: 'text-warning-fg', icon: TriangleAlert },
  danger: { box: 'border-danger-border bg-danger-bg', ink: 'text-danger-fg', icon: OctagonAlert },
  info: { box: 'border-info-border bg-info-bg', ink: 'text-info-fg', icon: Info },
}

/** One per screen, above what it concerns. Danger is announced at once, the others when the reader is idle. */
export function Banner({ tone, title, children, meta, actions, className }: BannerProps) {
  const { box, ink, icon } = looks[tone]
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cx(
        'flex items-start gap-2.5 rounded-md border py-[5px] pr-2 pl-3 text-sm max-sm:flex-wrap',
        box,
        className,
      )}
    >
      <Icon of={icon} className={cx('mt-1.5', ink)} />
      <div className="min-w-0 flex-1 py-1">
        <div className="text-fg-muted [overflow-wrap:anywhere]">
          <b className="font-semibold text-fg">{title}</b> {children}
        </div>
        {meta && <div className="mono text-fg-muted [overflow-wrap:anywhere]">{meta}</div>}
      </div>
      {actions && (
        <div className="flex shrink-0 items-center gap-1.5 self-center max-sm:mb-1.5 max-sm:w-full max-sm:pl-6.5">
          {actions}
        </div>
      )}
    </div>
  )
}
