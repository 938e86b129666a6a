import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'
import { dismissChunkErrors, retryChunks, useHasChunkErrors } from '../ui/chunk-errors.ts'

/** Banner that a chunk of the page could not be loaded, with Retry. */
export function ChunkErrorBanner() {
  if (!useHasChunkErrors()) return null
  return (
    <div className="fixed right-4 bottom-4 left-4 z-40 mx-auto max-w-140">
      <Banner
        tone="danger"
        title="A part of the console could not be loaded."
        actions={
          <>
            <Button size="sm" variant="ghost" onClick={dismissChunkErrors}>
              Close
            </Button>
            <Button size="sm" onClick={retryChunks}>
              Retry
            </Button>
          </>
        }
      >
        The network is down, or the console was updated. This page stays. If Retry does not help, reload it; drafts are
        kept.
      </Banner>
    </div>
  )
}
