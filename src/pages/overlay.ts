/** What lies over every page: one at a time, opened from anywhere. */
import { useSyncExternalStore } from 'react'

export type Overlay =
  | { readonly kind: 'palette' }
  | { readonly kind: 'help' }
  /** With the call that is shown first. */
  | { readonly kind: 'requests'; readonly call?: number }

let current: Overlay | undefined
const listeners = new Set<() => void>()

function show(overlay: Overlay | undefined) {
  current = overlay
  for (const listener of listeners) listener()
}

export const openOverlay = (overlay: Overlay): void => show(overlay)

export const closeOverlay = (): void => show(undefined)

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useOverlay = (): Overlay | undefined => useSyncExternalStore(subscribe, () => current)
