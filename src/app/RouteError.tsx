import { useEffect } from 'react'
import { useRouteError } from 'react-router'
import { CallError } from '../clouds/errors.ts'
import { isChunkLoadError } from '../lib/chunk-load-error.ts'
import { FailedCall } from '../pages/shared/Failure.tsx'
import { Page } from '../pages/shared/Page.tsx'
import { FailedState } from '../ui/FailedState.tsx'

const reload = () => location.reload()

/** Reloads the page when the network is back: there is no input to lose here. */
function MissingPage() {
  useEffect(() => {
    addEventListener('online', reload)
    return () => removeEventListener('online', reload)
  }, [])
  return (
    <FailedState title="This page could not be loaded" onRetry={reload}>
      The network is down, or the console was updated after this tab was opened. Reload the page; drafts are kept.
    </FailedState>
  )
}

function Failed({ alone = false }: { alone?: boolean }) {
  const error = useRouteError()
  if (isChunkLoadError(error)) return <MissingPage />
  const title = error instanceof CallError ? 'The console could not start' : 'This page failed'
  return <FailedCall title={title} error={error} onRetry={reload} alone={alone} />
}

/** Error in place of a page. */
export const RouteError = () => (
  <Page title="Page not shown">
    <Failed />
  </Page>
)

/** Error in place of the whole app. */
export const StartError = () => (
  <main className="grid min-h-screen content-center">
    <h1 className="sr-only">KMS Console</h1>
    <Failed alone />
  </main>
)
