import { FailedState } from './FailedState.tsx'

/** In the place of a part of a page whose code could not be fetched. */
export const ChunkError = ({ onRetry }: { onRetry: () => void }) => (
  <FailedState title="This part could not be loaded" onRetry={onRetry}>
    The network is down, or the console has been updated. If trying again does not help, load the page again.
  </FailedState>
)
