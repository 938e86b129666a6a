import { daysBetween, formatDateTime, formatRelative, formatSpan } from '../../lib/dates.ts'
import { count } from '../../lib/numbers.ts'

/** `12 days`, for sentences; below two days in hours and minutes. */
export function spanWords(from: number, to: number): string {
  const days = Math.abs(daysBetween(from, to))
  return days >= 2 ? count(days, 'day') : formatSpan(to - from)
}

/** `22 Apr 2025 at 09:14 UTC, 1 y 7 mo ago` */
export const bothWays = (instant: number, now: number): string =>
  `${formatDateTime(instant)}, ${formatRelative(instant, now)}`
