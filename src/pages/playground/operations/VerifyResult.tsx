import { CircleCheck, CircleX, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../../../ui/classes.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { Dot, Figure, Pane } from '../../shared/Pane.tsx'
import { formatMilliseconds } from '../history.ts'

interface VerifyResultProps {
  readonly matches: boolean
  /** What that means. */
  readonly children: string
  /** By whom or how it was checked, and the version that was named. */
  readonly by: string
  readonly version: number | undefined
  readonly milliseconds: number
}

/** What a check found. A mismatch is an answer, not a failure: no alert, and no ground of its own. */
export function VerifyResult({ matches, children, by, version, milliseconds }: VerifyResultProps) {
  return (
    <section
      aria-label={by}
      className={cx('rounded-md border p-3', matches ? 'border-ok-border bg-ok-bg' : 'border-line-strong bg-surface')}
    >
      <h3 className={cx('flex items-center gap-2 font-semibold text-md', matches ? 'text-ok-fg' : 'text-danger-fg')}>
        <Icon of={matches ? CircleCheck : CircleX} size={18} />
        {matches ? 'Matches' : 'Does not match'}
      </h3>
      <p className="mt-1 text-fg-muted [overflow-wrap:anywhere]">{children}</p>
      <p className="mt-2 flex flex-wrap items-center gap-x-2.5 text-fg-muted text-xs tabular-nums">
        <span>{by}</span>
        <Dot />
        {version !== undefined && (
          <>
            <span>
              Version <Figure>{version}</Figure>
            </span>
            <Dot />
          </>
        )}
        <span>
          <Figure>{formatMilliseconds(milliseconds)}</Figure>
        </span>
      </p>
    </section>
  )
}

/** Why there is no verdict, where that is nobody's fault. */
export function NoVerifyResult({ children }: { children: string }) {
  return (
    <p className="flex gap-2 rounded-md border border-line-strong bg-surface p-3 text-fg-muted">
      <Icon of={Info} className="mt-0.5" />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </p>
  )
}

export function VerifyResultPane({ empty, children }: { empty: string; children: ReactNode }) {
  return (
    <Pane title="Result" footer={null}>
      <div className="flex min-h-[clamp(208px,31vh,440px)] flex-1 flex-col gap-2.5 bg-sunken p-3.5 max-sm:min-h-29 max-sm:px-(--gutter)">
        {children ?? <p className="text-fg-subtle">{empty}</p>}
      </div>
    </Pane>
  )
}
