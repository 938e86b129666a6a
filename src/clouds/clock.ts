import { count } from '../lib/numbers.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `45 seconds`, `12 minutes`, `3 hours`, `2 days`; the sign is dropped. */
export function formatDuration(seconds: number): string {
  const span = Math.abs(seconds)
  if (span < 2 * MINUTE) return count(span, 'second')
  if (span < 2 * HOUR) return count(Math.round(span / MINUTE), 'minute')
  return span < 2 * DAY ? count(Math.round(span / HOUR), 'hour') : count(Math.round(span / DAY), 'day')
}

/**
 * Says that the gateway's clock is wrong, or the cloud's; undefined where the gateway found no difference.
 * @param difference seconds by which the gateway is ahead, as its `x-clock-difference` has them
 * @param name of the cloud, for sentences
 */
export function clockWarning(difference: string | null, name: string): string | undefined {
  if (!difference || !/^-?\d{1,12}$/.test(difference)) return undefined
  const seconds = Number(difference)
  return `The gateway’s clock is ${formatDuration(seconds)} ${seconds > 0 ? 'ahead of' : 'behind'} ${name}’s. Correct it first.`
}
