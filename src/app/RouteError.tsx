import { useEffect } from 'react'
import { useRouteError } from 'react-router'
import { CallError } from '../clouds/errors.ts'
import { isChunkLoadError } from '../lib/chunk-load-error.ts'
import { FailedCall } from '../pages/shared/Failure.tsx'
import { Page } from '../pages/shared/Page.tsx'
import { FailedState } from '../ui/FailedState.tsx'

const reload = () => location.reload()

/** Nothing is left to lose here, so the page is loaded again as soon as the network is back. */
function MissingPage() {
  useEffect(() => {
    addEventListener('online', reload)
    return () => removeEventListener('online', reload)
  }, [])
  return (
    <FailedState title="This page could not be loaded" onRetry={reload}>
      The network is down, or the console has been updated and this tab was made of files that are gone. Loading it
      again brings what is missing; drafts are kept.
    </FailedState>
  )
}

function Failed({ alone = false }: { alone?: boolean }) {
  const error = useRouteError()
  if (isChunkLoadError(error)) return <MissingPage />
  const title = error instanceof CallError ? 'The console could not start' : 'This page failed'
  return <FailedCall title={title} error={error} onRetry={reload} alone={alone} />
}

/** In the place of a page that could not be shown. */
export const RouteError = () => (
  <Page title="Page not shown">
    <Failed />
  </Page>
)

/** In the place of everything, where not even the frame could be shown. */
export const StartError = () => (
  <main className="grid min-h-screen content-center">
    <h1 className="sr-only">KMS Console</h1>
    <Failed alone />
  </main>
)
