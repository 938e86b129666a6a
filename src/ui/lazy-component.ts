import { type ComponentType, createElement, lazy, type ReactNode } from 'react'
import { ChunkError } from './ChunkError.tsx'
import { ChunkErrorBoundary } from './ChunkErrorBoundary.tsx'
import { preload } from './preload.ts'

interface LazyOptions<P> {
  /**
   * Shown when the chunk could not be loaded. `in place`: a message with a Retry button, for components with a place of
   * their own on the page. Nothing by default.
   */
  readonly fallback?: 'in place' | ((props: P) => ReactNode)
  /** Called when the chunk could not be loaded. By default, calls the component's `onClose`, so that opening it again retries. */
  readonly onError?: (props: P) => void
  /** Shows no message, for components that nobody asked for. */
  readonly silent?: boolean
}

export type LazyComponent<P> = ComponentType<P> & {
  /** Starts loading the chunk. */
  readonly preload: () => void
}

const close = (props: object) => {
  if ('onClose' in props && typeof props.onClose === 'function') props.onClose()
}

/**
 * A component whose chunk is loaded when it is first rendered; suspends meanwhile. When the chunk can't be loaded, the rest
 * of the page stays.
 */
export function lazyComponent<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { fallback, onError = close, silent = false }: LazyOptions<P> = {},
): LazyComponent<P> {
  const inPlace = fallback === 'in place'
  const create = () => lazy(async () => ({ default: await load() }))
  let Code = create()
  const Loaded = (props: P) =>
    createElement(ChunkErrorBoundary, {
      isReported: !silent && !inPlace,
      renderError: (onRetry) => (inPlace ? createElement(ChunkError, { onRetry }) : fallback?.(props)),
      onError: () => {
        // `lazy` keeps a failure for good.
        Code = create()
        onError(props)
      },
      render: () => createElement(Code, props),
    })
  return Object.assign(Loaded, { preload: () => preload(load) })
}
