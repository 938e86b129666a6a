import type { ComponentType } from 'react'
import { FailedState } from './FailedState.tsx'
import { type LazyComponent, lazyComponent } from './lazy-component.ts'

/** Shown in place of a section whose chunk could not be loaded. */
export const ChunkError = ({ onRetry }: { onRetry: () => void }) => (
  <FailedState title="This part could not be loaded" onRetry={onRetry}>
    The network is down, or the console was updated. If Retry does not help, reload the page.
  </FailedState>
)

/** A lazy component with a place of its own on the page, which shows there that its chunk could not be loaded. */
export const lazySection = <P extends object>(load: () => Promise<ComponentType<P>>): LazyComponent<P> =>
  lazyComponent(load, { silent: true, fallback: (_, retry) => <ChunkError onRetry={retry} /> })
