import { useRouteError } from 'react-router'
import { CallError } from '../clouds/errors.ts'
import { isMissingCode } from '../lib/missing-code.ts'
import { FailedCall } from '../pages/parts/Failure.tsx'
import { FailedState } from '../ui/FailedState.tsx'

const reload = () => location.reload()

/** In the place of a page that could not be shown. */
export function RouteError() {
  const error = useRouteError()
  if (isMissingCode(error))
    return (
      <FailedState title="The console has been updated" onRetry={reload}>
        This tab was made of files that are gone, or the network is down. Loading the page again brings the new ones;
        drafts are kept.
      </FailedState>
    )
  const title = error instanceof CallError ? 'The console could not start' : 'This page failed'
  return <FailedCall title={title} error={error} onRetry={reload} />
}
