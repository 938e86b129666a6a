import { formatTimestamp as formatKnown, formatRelative } from '../../../lib/dates.ts'

/** `22 Nov 2026, 20:11:05 CET`: events need their seconds. */
export const formatTimestamp = (at: number): string => (Number.isNaN(at) ? 'Unknown' : formatKnown(at))

/** `5 min ago`; `now` is cut to the minute, so what is newer has just happened. */
export function formatAgo(at: number, now: number): string {
  if (Number.isNaN(at)) return ''
  return now - at < 60_000 ? 'just now' : formatRelative(at, now)
}
