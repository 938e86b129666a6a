/** Parts of the console whose code could not be fetched: the network is down, or an upgrade has replaced the files. */
import { useSyncExternalStore } from 'react'

type Retry = () => void

const waiting = new Set<Retry>()
let told = false
const listeners = new Set<() => void>()

function tell(next: boolean) {
  told = next
  for (const listener of listeners) listener()
}

/**
 * @param retry fetches it again, when somebody asks for it or the network is back
 * @param isTold over the page; else it says so itself, or nobody asked for it
 * @returns what takes it back, when the part is no longer wanted
 */
export function partIsMissing(retry: Retry, isTold: boolean): () => void {
  waiting.add(retry)
  if (isTold) tell(true)
  return () => waiting.delete(retry)
}

export const dismissMissingParts = (): void => tell(false)

/** Fetches what is still wanted again. */
export function retryMissingParts(): void {
  tell(false)
  const retries = [...waiting]
  waiting.clear()
  for (const retry of retries) retry()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  addEventListener('online', retryMissingParts)
  return () => {
    listeners.delete(listener)
    removeEventListener('online', retryMissingParts)
  }
}

/** Whether there is something to tell a person about. */
export const useMissingParts = (): boolean => useSyncExternalStore(subscribe, () => told)
