import { Component, type ReactNode, useEffect } from 'react'
import { CallError } from '../clouds/errors.ts'
import { isChunkLoadError } from '../lib/chunk-load-error.ts'
import { FailedCall } from '../pages/shared/Failure.tsx'
import { Page } from '../pages/shared/Page.tsx'
import type { Location } from '../router/location.ts'
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

interface FailedProps {
  error: unknown
  alone?: boolean
}

function Failed({ error, alone = false }: FailedProps) {
  if (isChunkLoadError(error)) return <MissingPage />
  const title = error instanceof CallError ? 'The console could not start' : 'This page failed'
  return <FailedCall title={title} error={error} onRetry={reload} alone={alone} />
}

/** Error in place of a page. */
export const RouteError = ({ error }: { error: unknown }) => (
  <Page title="Page not shown">
    <Failed error={error} />
  </Page>
)

/** Error in place of the whole app. */
export const StartError = ({ error }: { error: unknown }) => (
  <main className="grid min-h-screen content-center">
    <h1 className="sr-only">KMS Console</h1>
    <Failed error={error} alone />
  </main>
)

interface PageBoundaryProps {
  /** Another place is another try. */
  place: Location
  children: ReactNode
}

interface PageBoundaryState {
  readonly failed?: { readonly error: unknown; readonly place?: Location } | undefined
}

/** Shows an error in place of a page that failed to render, until another place is opened. */
export class PageBoundary extends Component<PageBoundaryProps, PageBoundaryState> {
  override state: PageBoundaryState = {}

  static getDerivedStateFromError(error: unknown) {
    return { failed: { error } }
  }

  static getDerivedStateFromProps({ place }: PageBoundaryProps, { failed }: PageBoundaryState) {
    if (!failed) return null
    if (failed.place === undefined) return { failed: { ...failed, place } }
    return failed.place === place ? null : { failed: undefined }
  }

  override render() {
    const { failed } = this.state
    return failed ? <RouteError error={failed.error} /> : this.props.children
  }
}
