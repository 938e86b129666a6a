import { type ComponentType, createElement, lazy, type ReactNode } from 'react'
import { ChunkErrorBoundary } from './ChunkErrorBoundary.tsx'

interface LazyOptions<P> {
  /** Shown in its place when the chunk could not be loaded. Nothing by default. */
  readonly fallback?: (props: P, retry: () => void) => ReactNode
  /** Called when the chunk could not be loaded. By default, calls the component's `onClose`, so that opening it again retries. */
  readonly onError?: (props: P) => void
  /** Shows no banner over the page: for optional components, or when `fallback` shows the error. */
  readonly silent?: boolean
}

export type LazyComponent<P> = ComponentType<P> & {
  /** Starts loading the chunk. */
  readonly preload: () => void
}

/** Loads a chunk that will soon be rendered. A failure is reported when it is. */
export const preload = (load: () => Promise<unknown>): void => void load().catch(() => undefined)

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
  const create = () => lazy(async () => ({ default: await load() }))
  let Code = create()
  const Loaded = (props: P) =>
    createElement(ChunkErrorBoundary, {
      isReported: !silent,
      renderError: (retry) => fallback?.(props, retry),
      onError: () => {
        // `lazy` keeps a failure for good.
        Code = create()
        onError(props)
      },
      render: () => createElement(Code, props),
    })
  return Object.assign(Loaded, { preload: () => preload(load) })
}
