/** Chunks of the console that could not be loaded: the network is down, or an upgrade has replaced the files. */
import { useSyncExternalStore } from 'react'

type Retry = () => void

const retries = new Set<Retry>()
let isBannerShown = false
const listeners = new Set<() => void>()

function showBanner(next: boolean) {
  isBannerShown = next
  for (const listener of listeners) listener()
}

/**
 * @param retry loads the chunk again, on request or when the network is back
 * @param showsBanner whether the banner over the page tells it; a component with a place of its own shows it there
 * @returns a function that withdraws the report, for when the component is unmounted
 */
export function reportChunkError(retry: Retry, showsBanner: boolean): () => void {
  retries.add(retry)
  if (showsBanner) showBanner(true)
  return () => retries.delete(retry)
}

export const dismissChunkErrors = (): void => showBanner(false)

/** Loads the missing chunks of mounted components again. */
export function retryChunks(): void {
  showBanner(false)
  const pending = [...retries]
  retries.clear()
  for (const retry of pending) retry()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  addEventListener('online', retryChunks)
  return () => {
    listeners.delete(listener)
    removeEventListener('online', retryChunks)
  }
}

/** Whether the banner is shown. */
export const useHasChunkErrors = (): boolean => useSyncExternalStore(subscribe, () => isBannerShown)
