import type { Period } from '../../clouds/period.ts'
import { daysBetween, formatDateTime, formatRelative, formatSpan, formatTimestamp, MINUTE } from '../../lib/dates.ts'
import { count, formatNumber } from '../../lib/numbers.ts'

/** `12 days`, for sentences; below two days in hours and minutes. */
export function formatSpanInSentence(from: number, to: number): string {
  const days = Math.abs(daysBetween(from, to))
  return days >= 2 ? count(days, 'day') : formatSpan(to - from)
}

/** `102 d`: whole days, which can be compared with a period; below two days in hours and minutes. */
export function formatSpanInDays(milliseconds: number): string {
  const days = daysBetween(0, milliseconds)
  if (days >= 2) return `${formatNumber(days)} d`
  return milliseconds < MINUTE ? '< 1 min' : formatSpan(milliseconds)
}

/** `5 months`, for a column of ages. */
export const formatAge = (instant: number, now: number): string =>
  now - instant < MINUTE ? '< 1 min' : formatSpan(now - instant)

/** `22 Apr 2025 at 09:14 UTC, 1 y 7 mo ago`; within a minute `just now`, since the page's clock is up to a minute late. */
export const formatWithRelative = (instant: number, now: number): string =>
  `${formatDateTime(instant)}, ${Math.abs(instant - now) < MINUTE ? 'just now' : formatRelative(instant, now)}`

/** Text for a time that is not known. */
export const UNKNOWN_TIME = 'Unknown'

/** `90 days`, `1 hour` */
export const formatPeriod = ({ value, unit }: Period): string => `${value} ${value === 1 ? unit.slice(0, -1) : unit}`

/** `90 d`, `6 h` */
export const formatPeriodShort = ({ value, unit }: Period): string => `${value} ${unit === 'days' ? 'd' : 'h'}`

/** `22 Nov 2026, 20:11:05 CET`: entries of a log need their seconds; NaN is a time that is not known. */
export const formatLogTime = (at: number): string => (Number.isNaN(at) ? UNKNOWN_TIME : formatTimestamp(at))

/** `5 min ago`; `now` is cut to the minute, so what is newer has just happened. */
export function formatAgo(at: number, now: number): string {
  if (Number.isNaN(at)) return ''
  return now - at < MINUTE ? 'just now' : formatRelative(at, now)
}
