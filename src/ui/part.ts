import { type ComponentType, createElement, lazy, type ReactNode } from 'react'
import { fetchAhead } from './fetch-ahead.ts'
import { MissingPart } from './MissingPart.tsx'
import { PartBoundary } from './PartBoundary.tsx'

interface PartOptions<P> {
  /**
   * What stands in the place of a part that could not be fetched. `in place`: a message with a way to try again, where
   * the part has a place of its own. Nothing unless given.
   */
  readonly missing?: 'in place' | ((props: P) => ReactNode)
  /** So that asking for it again tries again; unless given, what has `onClose` is closed. */
  readonly onMissing?: (props: P) => void
  /** Nothing is said of it: it is a comfort that nobody asked for. */
  readonly quiet?: boolean
}

export type Part<P> = ComponentType<P> & {
  /** Starts fetching what will soon be wanted. */
  readonly preload: () => void
}

const close = (props: object) => {
  if ('onClose' in props && typeof props.onClose === 'function') props.onClose()
}

/**
 * A component whose code is fetched when it is first wanted; suspends meanwhile. When it can't be fetched, only this part
 * is missing.
 */
export function part<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { missing, onMissing = close, quiet = false }: PartOptions<P> = {},
): Part<P> {
  const inPlace = missing === 'in place'
  const fetched = () => lazy(async () => ({ default: await load() }))
  let Code = fetched()
  const Loaded = (props: P) =>
    createElement(PartBoundary, {
      isTold: !quiet && !inPlace,
      missing: (onRetry) => (inPlace ? createElement(MissingPart, { onRetry }) : missing?.(props)),
      onMissing: () => {
        // What failed once would fail for ever.
        Code = fetched()
        onMissing(props)
      },
      draw: () => createElement(Code, props),
    })
  return Object.assign(Loaded, { preload: () => fetchAhead(load) })
}
