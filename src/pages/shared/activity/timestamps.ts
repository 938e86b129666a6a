import { formatDate, formatRelative } from '../../../lib/dates.ts'

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
})

/** `22 Nov 2026, 20:11:05 UTC`: events need their seconds. */
export const formatTimestamp = (at: number): string =>
  Number.isNaN(at) ? 'Unknown' : `${formatDate(at)}, ${clock.format(at)} UTC`

/** `5 min ago`; `now` is cut to the minute, so what is newer has just happened. */
export function formatAgo(at: number, now: number): string {
  if (Number.isNaN(at)) return ''
  return now - at < 60_000 ? 'just now' : formatRelative(at, now)
}
