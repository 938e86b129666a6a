import { RotateCw } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { detailsOf, requestLine } from '../../clouds/errors.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { FailedState } from '../../ui/FailedState.tsx'
import { lazyComponent } from '../../ui/lazy-component.ts'
import { openOverlay } from '../overlay.ts'
import { PageCommands } from './PageCommands.tsx'

const AskForApproval = lazyComponent(() => import('./AskForApproval.tsx').then(({ AskForApproval }) => AskForApproval))

export interface FailedCallProps {
  /** What could not be done: "This key could not be read". */
  readonly title: string
  readonly error: unknown
  readonly onRetry?: (() => void) | undefined
  readonly retrying?: boolean
  /** Further ways out, after Retry. */
  readonly actions?: ReactNode
  /** Where the list of requests can't be opened. */
  readonly alone?: boolean
}

const answerOf = ({ status, requestId }: { status?: number; requestId?: string | undefined }) =>
  [status ?? 'none', requestId && `request ${requestId}`].filter(Boolean).join(', ')

/** In the place of what could not be read: what happened, the way out, and which request it was. */
export function FailedCall({ title, error, onRetry, retrying = false, actions, alone = false }: FailedCallProps) {
  const details = detailsOf(error)
  const { logId: recorded } = details
  return (
    <FailedState
      title={title}
      {...(details.method ? { call: `${details.method} ${details.path}`, answer: answerOf(details) } : {})}
      onRetry={onRetry}
      retrying={retrying}
      actions={
        <>
          {actions}
          {onRetry ? (
            <PageCommands
              commands={[
                {
                  label: 'Retry',
                  icon: RotateCw,
                  run: onRetry,
                  keywords: title,
                  disabledReason: retrying ? 'It is under way.' : undefined,
                },
              ]}
            />
          ) : null}
          {recorded === undefined || alone ? null : (
            <Button variant="ghost" onClick={() => openOverlay({ kind: 'requests', call: recorded })}>
              Show request
            </Button>
          )}
        </>
      }
    >
      {details.message} {details.advice}
    </FailedState>
  )
}

/** The way out of a banner. */
export const RetryButton = ({ retrying, onRetry }: { retrying: boolean; onRetry: () => void }) => (
  <Button size="sm" icon={RotateCw} busy={retrying} onClick={onRetry}>
    {retrying ? 'Retrying' : 'Retry'}
  </Button>
)

/** Inside a form or a dialog: what was refused and the way out, with the request line. Everything typed stays. */
export function ErrorNote({ error, title }: { error: unknown; title?: string }) {
  const details = detailsOf(error)
  if (details.approvable)
    return (
      <Suspense>
        <AskForApproval call={details.approvable} />
      </Suspense>
    )
  return (
    <Banner tone="danger" title={title ?? details.message} meta={requestLine(details)}>
      {title === undefined ? details.advice : `${details.message} ${details.advice}`}
    </Banner>
  )
}
