import { OctagonAlert, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { cx } from './classes.ts'
import { Icon } from './Icon.tsx'

interface FailedStateProps {
  /** What happened: "This key could not be read". */
  title: ReactNode
  /** Reason, and what to do. */
  children?: ReactNode
  /** The request that failed: `GET /v2/kms-key/0198…`. */
  call?: ReactNode
  /** What came back: `403, request 4be1-77a0`. */
  answer?: ReactNode
  onRetry?: (() => void) | undefined
  retrying?: boolean
  /** More actions, after Retry. */
  actions?: ReactNode
  className?: string
}

export function FailedState(props: FailedStateProps) {
  const { title, children, call, answer, onRetry, retrying = false, actions, className } = props
  return (
    <div
      role="alert"
      className={cx('grid content-center justify-items-center gap-1 px-6 py-10 text-center text-base', className)}
    >
      <span className="mb-2 grid size-9 place-items-center rounded-lg border border-danger-border bg-danger-bg text-danger-fg">
        <Icon of={OctagonAlert} size={18} />
      </span>
      <h2 className="font-semibold">{title}</h2>
      {children && <div className="max-w-[44ch] text-balance text-fg-muted">{children}</div>}
      {(call !== undefined || answer !== undefined) && (
        <dl className="mono mt-3 grid max-w-full grid-cols-[auto_minmax(0,1fr)] gap-x-3.5 gap-y-0.5 rounded-md border border-line bg-sunken px-3 py-2 text-left leading-5 [&_dd]:[overflow-wrap:anywhere] [&_dt]:text-fg-subtle">
          {call !== undefined && (
            <>
              <dt>Call</dt>
              <dd>{call}</dd>
            </>
          )}
          {answer !== undefined && (
            <>
              <dt>Answer</dt>
              <dd>{answer}</dd>
            </>
          )}
        </dl>
      )}
      {(onRetry || actions) && (
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          {onRetry && (
            <Button icon={RotateCw} busy={retrying} onClick={onRetry}>
              {retrying ? 'Retrying' : 'Retry'}
            </Button>
          )}
          {actions}
        </div>
      )}
    </div>
  )
}
