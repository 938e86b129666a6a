/** Layer over every page: one at a time, opened from anywhere. */
import { useSyncExternalStore } from 'react'
import { createStore } from '../lib/store.ts'

export type Overlay =
  | { readonly kind: 'palette' }
  | { readonly kind: 'help' }
  /** Who is signed in. */
  | { readonly kind: 'person' }
  /** With the call that is shown first. */
  | { readonly kind: 'requests'; readonly call?: number }

const overlay = createStore<Overlay | undefined>(undefined)

export const openOverlay = (next: Overlay): void => overlay.set(next)

export const closeOverlay = (): void => overlay.set(undefined)

export const useOverlay = (): Overlay | undefined => useSyncExternalStore(overlay.subscribe, overlay.get)
