/** Chunks of the console that could not be loaded: the network is down, or an upgrade has replaced the files. */
import { useSyncExternalStore } from 'react'
import { createStore } from '../lib/store.ts'

type Retry = () => void

const retries = new Set<Retry>()
const banner = createStore(false)

/**
 * @param retry loads the chunk again, on request or when the network is back
 * @param showsBanner whether the banner over the page tells it; a component with a place of its own shows it there
 * @returns a function that withdraws the report, for when the component is unmounted
 */
export function reportChunkError(retry: Retry, showsBanner: boolean): () => void {
  retries.add(retry)
  if (showsBanner) banner.set(true)
  return () => retries.delete(retry)
}

export const dismissChunkErrors = (): void => banner.set(false)

/** Loads the missing chunks of mounted components again. */
export function retryChunks(): void {
  banner.set(false)
  const pending = [...retries]
  retries.clear()
  for (const retry of pending) retry()
}

function subscribe(listener: () => void) {
  const unsubscribe = banner.subscribe(listener)
  addEventListener('online', retryChunks)
  return () => {
    unsubscribe()
    removeEventListener('online', retryChunks)
  }
}

/** Whether the banner is shown. */
export const useHasChunkErrors = (): boolean => useSyncExternalStore(subscribe, banner.get)
