/** Timeline of the next 52 weeks: rotations by week and deletions by day. Instants are milliseconds since the epoch. */

import type { KmsKey } from '../../clouds/model.ts'
import type { KeyGroup } from '../../clouds/replica-groups.ts'
import { deletionIn, rotationsIn } from '../../clouds/rotation-state.ts'
import { addDays, DAY, isoDay, startOfDay } from '../../lib/dates.ts'

const WEEK = 7 * DAY
export const WEEKS = 52
const SOON_DAYS = 30
/** Key names kept per week, and of deletions. */
const NAMES = 3

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

export interface Timeline {
  readonly startsAt: number
  readonly endsAt: number
  readonly rotations: number
  readonly deletions: number
  /** Weeks with at least one rotation. */
  readonly weeks: readonly Week[]
  readonly firstDeletions: readonly { readonly at: number; readonly key: KmsKey }[]
  /** Days with deletions, in percent of the scale. */
  readonly deletionMarks: readonly number[]
  /** Rotations per week at the top of the scale. */
  readonly highest: number
  /** First days of the months. */
  readonly months: readonly { readonly at: number; readonly left: number }[]
  /** End of the next 30 days, in percent of the scale. */
  readonly soon: number
}

type Counted = { soon: number; later: number; names: string[] }

/** Top of the scale: the smallest of 8, 20, 40, 80, 200 … that holds the fullest week. */
function scaleFor(most: number): number {
  for (let unit = 1; ; unit *= 10) for (const top of [8, 20, 40]) if (most <= top * unit) return top * unit
}

/** Midnight that ends the timeline. */
export const timelineEnd = (now: number): number => startOfDay(now, { days: 7 * WEEKS })

export function timelineOf(all: readonly KeyGroup[], now: number): Timeline {
  const startsAt = startOfDay(now)
  const endsAt = timelineEnd(now)
  const soonEnds = addDays(now, SOON_DAYS)
  const place = (at: number) => ((at - startsAt) / (endsAt - startsAt)) * 100
  const counted = Array.from({ length: WEEKS }, (): Counted => ({ soon: 0, later: 0, names: [] }))
  const endings: { at: number; key: KmsKey }[] = []
  for (const [key] of all) {
    for (const at of rotationsIn(key, now, endsAt)) {
      // A year with one more change to winter time than to summer time ends an hour after the last week.
      const week = counted[Math.min(WEEKS - 1, Math.floor((at - startsAt) / WEEK))]
      if (!week) break
      if (at < soonEnds) week.soon += 1
      else week.later += 1
      if (week.names.length < NAMES && week.names.at(-1) !== key.name) week.names.push(key.name)
    }
    const at = deletionIn(key, now, endsAt)
    if (at !== undefined) endings.push({ at, key })
  }
  endings.sort((a, b) => a.at - b.at)
  const months: { at: number; left: number }[] = []
  const dayOfMonth = Number(isoDay(startsAt).slice(-2))
  for (let month = 1; month <= 12; month += 1) {
    const at = startOfDay(startsAt, { days: 1 - dayOfMonth, months: month })
    if (at < endsAt) months.push({ at, left: place(at) })
  }
  let [rotations, most] = [0, 0]
  for (const { soon, later } of counted) {
    rotations += soon + later
    most = Math.max(most, soon + later)
  }
  return {
    startsAt,
    endsAt,
    rotations,
    deletions: endings.length,
    weeks: counted
      .map((week, index) => ({ ...week, place: index, startsAt: startOfDay(now, { days: 7 * index }) }))
      .filter(({ soon, later }) => soon + later > 0),
    firstDeletions: endings.slice(0, NAMES),
    // One for each day, at its first deletion.
    deletionMarks: [
      ...new Map(endings.toReversed().map(({ at }) => [Math.floor((at - startsAt) / DAY), place(at)])).values(),
    ],
    highest: scaleFor(most),
    months,
    soon: place(soonEnds),
  }
}
