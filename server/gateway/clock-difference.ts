/** Seconds from which on a difference is worth a word; below, the network and whole seconds in `Date` may be all of it. */
const NOTABLE = 30

/**
 * How far this clock and that of whoever answered are apart, in whole seconds: positive where this one is ahead. Undefined
 * where the difference is small, or the answer tells no time.
 * @param date the answer's `Date` header
 * @param now milliseconds since the epoch
 */
export const clockDifference = (date: string | null, now: number): number | undefined => {
  const seconds = Math.round((now - Date.parse(date ?? '')) / 1000)
  return Math.abs(seconds) >= NOTABLE ? seconds : undefined
}
