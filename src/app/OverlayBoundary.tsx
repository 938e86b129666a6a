import { Component, type ReactNode } from 'react'
import { closeOverlay } from '../pages/overlay.ts'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'

interface State {
  readonly error?: unknown
}

/** An overlay that fails to render is closed; the page under it and its input stay. */
export class OverlayBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = {}

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  readonly dismiss = () => {
    closeOverlay()
    this.setState({ error: undefined })
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <div className="fixed right-4 bottom-4 left-4 z-40 mx-auto max-w-140">
        <Banner
          tone="danger"
          title="This part of the console failed."
          actions={
            <>
              <Button size="sm" variant="ghost" onClick={this.dismiss}>
                Close
              </Button>
              <Button size="sm" onClick={() => location.reload()}>
                Reload
              </Button>
            </>
          }
        >
          Reload the page. Drafts are kept.
        </Banner>
      </div>
    )
  }
}
