import { useSyncExternalStore } from 'react'
import { currentTime, onClockChange } from '../../lib/current-time.ts'
import { MINUTE } from '../../lib/dates.ts'
import { useTimeZone } from '../time-zone.ts'

function subscribe(changed: () => void) {
  const timer = setInterval(changed, MINUTE)
  const stop = onClockChange(changed)
  return () => {
    clearInterval(timer)
    stop()
  }
}

const currentMinute = () => Math.floor(currentTime() / MINUTE) * MINUTE

/** Now, in milliseconds since the epoch, cut to the minute; the component is drawn again when the minute or the time zone changes. */
export function useNow(): number {
  useTimeZone()
  return useSyncExternalStore(subscribe, currentMinute)
}
