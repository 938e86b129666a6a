/** Zone in which all dates are shown: that of the browser, or UTC where the user chose it. */
import { useSyncExternalStore } from 'react'
import { setDisplayedZone } from '../lib/dates.ts'
import { createStoredValue } from '../lib/store.ts'

export type TimeZoneChoice = 'local' | 'utc'

const stored = createStoredValue<TimeZoneChoice>({
  key: 'time-zone',
  event: 'timezonechoice',
  parse: (text) => (text === 'utc' ? 'utc' : 'local'),
  format: (choice) => (choice === 'local' ? undefined : choice),
})

const apply = () => setDisplayedZone(stored.get() === 'utc' ? 'UTC' : undefined)

/** Shows dates as chosen. Called before the first component is drawn, so that its listener is the first. */
export function followTimeZone(): void {
  stored.subscribe(apply)
  apply()
}

/** Choice of the user, stored in this browser. A component that calls this is drawn again when it changes. */
export const useTimeZone = (): { choice: TimeZoneChoice; choose: (choice: TimeZoneChoice) => void } => ({
  choice: useSyncExternalStore(stored.subscribe, stored.get),
  choose: stored.set,
})
