/** Timeline of the next 52 weeks: rotations by week and deletions by day. Instants are milliseconds since the epoch. */

import { isPendingDeletion, isUsable } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { periodLength } from '../../clouds/period.ts'
import { addDays, DAY, isoDay, startOfDay } from '../../lib/dates.ts'
import type { KeyCopies } from './posture.ts'

const WEEK = 7 * DAY
export const WEEKS = 52
const SOON_DAYS = 30
/** Key names kept per week. */
const NAMES = 3
/** Height of the chart, in squares. */
const HIGHEST = 5

export interface Week {
  /** Index of the week, from 0. */
  readonly place: number
  readonly startsAt: number
  /** Rotations within the next 30 days. */
  readonly soon: number
  readonly later: number
  /** Names of the first keys, without repetition. */
  readonly names: readonly string[]
}

/** Keys that are destroyed on the same day. */
export interface DeletionDay {
  readonly at: number
  /** Percent of the scale. */
  readonly left: number
  readonly keys: readonly KmsKey[]
}

export interface Timeline {
  readonly startsAt: number
  readonly endsAt: number
  readonly rotations: number
  readonly deletions: number
  /** Weeks with at least one rotation. */
  readonly weeks: readonly Week[]
  readonly deletionDays: readonly DeletionDay[]
  /** Rotations per square. */
  readonly unit: number
  /** First days of the months. */
  readonly months: readonly { readonly at: number; readonly left: number }[]
  /** End of the next 30 days, in percent of the scale. */
  readonly soon: number
}

type Counted = { soon: number; later: number; names: string[] }

/** Rotations per square: the smallest of 1, 2, 5, 10, 20 … with which the fullest week fits the height. */
function unitFor(most: number): number {
  for (let unit = 1; ; unit *= 10)
    for (const factor of [1, 2, 5]) if (most / (unit * factor) <= HIGHEST) return unit * factor
}

/** Adds the automatic rotations of an active key to their weeks. */
function addRotations(weeks: Counted[], key: KmsKey, from: number, now: number) {
  const { automatic, nextAt, period } = key.rotation
  if (!automatic || !isUsable(key) || nextAt === undefined) return
  const soonEnds = addDays(now, SOON_DAYS)
  const step = (period && periodLength(period)) || Number.POSITIVE_INFINITY
  for (let at = Math.max(nextAt, now); at < from + WEEKS * WEEK; at += step) {
    const week = weeks[Math.floor((at - from) / WEEK)]
    if (!week) return
    if (at < soonEnds) week.soon += 1
    else week.later += 1
    if (week.names.length < NAMES && week.names.at(-1) !== key.name) week.names.push(key.name)
  }
}

export function timelineOf(all: readonly KeyCopies[], now: number): Timeline {
  const startsAt = startOfDay(now)
  const endsAt = startOfDay(now, { days: 7 * WEEKS })
  const place = (at: number) => ((at - startsAt) / (endsAt - startsAt)) * 100
  const counted = Array.from({ length: WEEKS }, (): Counted => ({ soon: 0, later: 0, names: [] }))
  const days = new Map<number, KmsKey[]>()
  for (const [key] of all) {
    addRotations(counted, key, startsAt, now)
    if (!isPendingDeletion(key) || key.destroyedAt === undefined || key.destroyedAt >= endsAt) continue
    const day = startOfDay(Math.max(key.destroyedAt, now))
    const known = days.get(day)
    if (known) known.push(key)
    else days.set(day, [key])
  }
  const months: { at: number; left: number }[] = []
  const dayOfMonth = Number(isoDay(startsAt).slice(-2))
  for (let month = 1; month <= 12; month += 1) {
    const at = startOfDay(startsAt, { days: 1 - dayOfMonth, months: month })
    if (at < endsAt) months.push({ at, left: place(at) })
  }
  let [rotations, deletions, most] = [0, 0, 0]
  for (const { soon, later } of counted) {
    rotations += soon + later
    most = Math.max(most, soon + later)
  }
  for (const keys of days.values()) deletions += keys.length
  return {
    startsAt,
    endsAt,
    rotations,
    deletions,
    weeks: counted
      .map((week, index) => ({ ...week, place: index, startsAt: startOfDay(now, { days: 7 * index }) }))
      .filter(({ soon, later }) => soon + later > 0),
    deletionDays: [...days]
      .sort(([a], [b]) => a - b)
      .map(([day, keys]) => {
        const at = keys.length === 1 ? (keys[0]?.destroyedAt ?? day) : day
        return { at, left: place(Math.max(at, now)), keys }
      }),
    unit: unitFor(most),
    months,
    soon: place(addDays(now, SOON_DAYS)),
  }
}

/** Squares of each colour for a week. Each kind that occurs has at least one where there is room for two. */
export function squaresOf(
  { soon, later }: Pick<Week, 'soon' | 'later'>,
  unit: number,
): { soon: number; later: number } {
  const total = Math.ceil((soon + later) / unit)
  if (soon === 0) return { soon: 0, later: total }
  if (later === 0 || total === 1) return { soon: total, later: 0 }
  const part = Math.min(total - 1, Math.max(1, Math.round(soon / unit)))
  return { soon: part, later: total - part }
}
