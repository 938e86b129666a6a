/** Formats dates, always in UTC. Instants are milliseconds since the epoch. */

/** Milliseconds. */
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })

/** `4 Dec 2026` */
export const formatDate = (instant: number): string => dateFormat.format(instant).replace('Sept', 'Sep')

/** `14:32 UTC` */
export const formatTime = (instant: number): string => `${timeFormat.format(instant)} UTC`

/** `4 Dec 2026 at 14:32 UTC` */
export const formatDateTime = (instant: number): string => `${formatDate(instant)} at ${formatTime(instant)}`

/** Whole days from `from` to `to`, rounded towards zero. */
export const daysBetween = (from: number, to: number): number => Math.trunc((to - from) / DAY)

export const addDays = (instant: number, days: number): number => instant + days * DAY

/** A span as `3 h`, `12 d`, `11 weeks`, `5 months`, `1 y 7 mo`; the sign is dropped. */
export function formatSpan(milliseconds: number): string {
  const span = Math.abs(milliseconds)
  const minutes = Math.trunc(span / 60_000)
  if (minutes < 1) return 'less than a minute'
  if (minutes < 60) return `${minutes} min`
  if (minutes < 48 * 60) return `${Math.trunc(minutes / 60)} h`
  const days = Math.trunc(span / DAY)
  if (days < 60) return `${days} d`
  if (days < 120) return `${Math.trunc(days / 7)} weeks`
  const months = Math.trunc(days / 30.4)
  if (months < 12) return `${months} months`
  const rest = months % 12
  return rest === 0 ? `${Math.trunc(months / 12)} y` : `${Math.trunc(months / 12)} y ${rest} mo`
}

/** `in 12 d`, or `3 d ago`. */
export const formatRelative = (instant: number, now: number): string =>
  instant >= now ? `in ${formatSpan(instant - now)}` : `${formatSpan(now - instant)} ago`

/** No key is older: programs write years such as 1 and 1970 for a time that was never set. */
const EARLIEST = Date.UTC(2000, 0, 1)
/** The last instant that a Date can hold. */
const LATEST = 8.64e15

/** The instant, or undefined where it stands for an unknown one. */
export const knownTime = (instant: number): number | undefined =>
  instant >= EARLIEST && instant <= LATEST ? instant : undefined

/** The instant of an RFC 3339 time; fractions finer than a millisecond are cut. Undefined for anything else, and before 2000. */
export const parseTime = (text: string): number | undefined => knownTime(Date.parse(text.replace(/(\.\d{3})\d+/, '$1')))
