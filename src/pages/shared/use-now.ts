import { useSyncExternalStore } from 'react'
import { MINUTE } from '../../lib/dates.ts'

function subscribe(changed: () => void) {
  const timer = setInterval(changed, MINUTE)
  return () => clearInterval(timer)
}

const currentMinute = () => Math.floor(Date.now() / MINUTE) * MINUTE

/** Now, in milliseconds since the epoch, cut to the minute; the component is drawn again when the minute changes. */
export const useNow = (): number => useSyncExternalStore(subscribe, currentMinute)
