/** Formats and reads dates. Instants are milliseconds since the epoch. */
import { count, formatNumber } from './numbers.ts'

/** Milliseconds. */
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Another zone than that of the browser, by its IANA name. */
let displayed: string | undefined

type Formats = Readonly<Record<'zone' | 'fields', Intl.DateTimeFormat>>

function formatsOf(timeZone: string | undefined): Formats {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone, ...options })
  const two = '2-digit'
  return {
    zone: format({ timeZoneName: 'short' }),
    fields: format({ year: 'numeric', month: two, day: two, hour: two, minute: two, second: two, hourCycle: 'h23' }),
  }
}

/** Formats of the displayed zone, made when they are first needed: they take longer than the rest of a page's code. */
let made: Formats | undefined

const formats = () => {
  made ??= formatsOf(displayed)
  return made
}

/** Zone of every date on the screen, by its IANA name; undefined for that of the browser. */
export function setDisplayedZone(zone: string | undefined): void {
  displayed = zone
  made = undefined
}

/** Date and time of the displayed zone as if they were in UTC. */
function wallTime(instant: number): number {
  if (displayed === 'UTC') return instant
  if (displayed === undefined) return instant - new Date(instant).getTimezoneOffset() * MINUTE
  const parts = new Map(
    formats()
      .fields.formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const [year = 0, month = 1, day, hour, minute, second] = (
    ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
  ).map((type) => parts.get(type))
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

const twoDigits = (value: number) => String(value).padStart(2, '0')

/** `4 Dec 2026` */
export function formatDate(instant: number): string {
  const date = new Date(wallTime(instant))
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** `CET`, or `GMT-5` where English has no short name for the zone. It depends on the date: summer time has its own. */
export const zoneName = (instant: number): string =>
  displayed === 'UTC'
    ? 'UTC'
    : (formats()
        .zone.formatToParts(instant)
        .find(({ type }) => type === 'timeZoneName')?.value ?? '')

/** `14:32` */
function formatHour(instant: number): string {
  const date = new Date(wallTime(instant))
  return `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}`
}

/** `14:32 CET` */
export const formatTime = (instant: number): string => `${formatHour(instant)} ${zoneName(instant)}`

/** `14:32:08` */
export const formatClock = (instant: number): string =>
  `${formatHour(instant)}:${twoDigits(new Date(wallTime(instant)).getUTCSeconds())}`

/** `4 Dec 2026 at 14:32 CET` */
export const formatDateTime = (instant: number): string => `${formatDate(instant)} at ${formatTime(instant)}`

/** `22 Nov 2026, 20:11:05 CET`: for what needs its second. */
export const formatTimestamp = (instant: number): string =>
  `${formatDate(instant)}, ${formatClock(instant)} ${zoneName(instant)}`

/** Instant at which clocks of the displayed zone show the time that `wall` is in UTC. */
function instantOf(wall: number): number {
  const guess = wall - (wallTime(wall) - wall)
  return wall - (wallTime(guess) - guess)
}

/** Midnight at which the day of `instant` starts in the displayed zone, or the day so many days and months later. */
export function startOfDay(instant: number, { days = 0, months = 0 } = {}): number {
  const date = new Date(wallTime(instant))
  return instantOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate() + days))
}

/** `2026-12-04`: the day in the displayed zone, as inputs of dates have it. */
export const isoDay = (instant: number): string => new Date(wallTime(instant)).toISOString().slice(0, 10)

/** Start of the day `2026-12-04` in the displayed zone; undefined for anything else. */
export function readIsoDay(text: string): number | undefined {
  const wall = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(wall) ? undefined : instantOf(wall)
}

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

/** `22 Nov 2026, 20:11:05 CET`: entries of a log need their seconds; NaN is a time that is not known. */
export const formatLogTime = (at: number): string => (Number.isNaN(at) ? UNKNOWN_TIME : formatTimestamp(at))

/** `5 min ago`; `now` is cut to the minute, so what is newer has just happened. */
export function formatAgo(at: number, now: number): string {
  if (Number.isNaN(at)) return ''
  return now - at < MINUTE ? 'just now' : formatRelative(at, now)
}

/** No key is older: programs write years such as 1 and 1970 for a time that was never set. */
const EARLIEST = Date.UTC(2000, 0, 1)
/** The last instant that a Date can hold. */
const LATEST = 8.64e15

/** The instant, or undefined where it stands for an unknown one. */
export const knownTime = (instant: number): number | undefined =>
  instant >= EARLIEST && instant <= LATEST ? instant : undefined

const finest = '2026-12-04T14:32:08.000Z'.length

let lastParsed = { text: '', instant: Number.NaN }

/** The instant of an RFC 3339 time; fractions finer than a millisecond are cut. Undefined for anything else, and before 2000. */
export function parseTime(text: string): number | undefined {
  // What was never changed has one time in several members.
  if (text !== lastParsed.text) {
    const cut = text.length > finest ? text.replace(/(\.\d{3})\d+/, '$1') : text
    lastParsed = { text, instant: Date.parse(cut) }
  }
  return knownTime(lastParsed.instant)
}
