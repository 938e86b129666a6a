/** Rotation dates of a key, and its versions as bars on a time scale. Instants are milliseconds since the epoch. */

import { isPendingDeletion, isUsable } from '../../clouds/key-status.ts'
import type { KeyVersion, KmsKey } from '../../clouds/model.ts'
import { addPeriods, type Period } from '../../clouds/period.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { DAY, MINUTE } from '../../lib/dates.ts'

/** Latest versions, and next rotations, on the time scale. */
const SHOWN_VERSIONS = 4
const SHOWN_DATES = 4

/**
 * First rotation after the period is saved. Undefined when it counts from the latest version, whose time is
 * not known.
 */
export function firstDateAfterSaving(
  key: KmsKey,
  period: Period,
  latestMadeAt: number | undefined,
  now: number,
): number | undefined {
  if (cloudOf(key.cloud).capabilities.rotationPeriodStart === 'saving') return addPeriods(now, period)
  return latestMadeAt === undefined ? undefined : addPeriods(latestMadeAt, period)
}

/** Next automatic rotations of a key; empty while rotation is off or the key is not active. */
export function plannedDates(key: KmsKey, now: number): readonly number[] {
  const { automatic, nextAt, period } = key.rotation
  if (!automatic || !isUsable(key) || nextAt === undefined || period === undefined) return []
  // A date that has passed is due now.
  const first = Math.max(nextAt, now)
  return Array.from({ length: SHOWN_DATES }, (_, index) => addPeriods(first, period, index))
}

export interface Segment {
  /** `rest` is what the latest version still has before it, `doomed` the same until the key is deleted. */
  readonly kind: 'past' | 'current' | 'rest' | 'doomed' | 'planned'
  readonly version: number
  /** Percent of the scale. */
  readonly left: number
  readonly width: number
  /** The bar shows the version's number: it has room, and the bar before does not show it. */
  readonly labelled: boolean
  /** The bar is cut off at the end of the scale. */
  readonly cutOff: boolean
}

export interface TimelineDate {
  readonly at: number
  /** Percent of the scale. */
  readonly left: number
  /** The next rotation. */
  readonly next: boolean
}

export interface VersionTimeline {
  readonly segments: readonly Segment[]
  readonly dates: readonly TimelineDate[]
  /** Percent of the scale. */
  readonly today: number
  /** Deletion of the key, in percent of the scale; only while a deletion is pending. */
  readonly deleted?: number
}

const DATE_GAP = 9
/** Rightmost start of a date label, in percent; later ones are aligned to the end. */
export const LAST_DATE = 92.5
const LABEL_WIDTH = 3.5

/** Dates whose labels don't overlap; earlier entries of the list take precedence. */
function withoutOverlaps(wanted: readonly TimelineDate[]): readonly TimelineDate[] {
  const kept: TimelineDate[] = []
  for (const mark of wanted) {
    const place = Math.min(mark.left, LAST_DATE)
    if (kept.every(({ left }) => Math.abs(Math.min(left, LAST_DATE) - place) >= DATE_GAP)) kept.push(mark)
  }
  return kept.sort((a, b) => a.at - b.at)
}

function scaleEnd(key: KmsKey, start: number, planned: readonly number[], now: number): number {
  const last = planned.at(-1)
  if (last !== undefined) return key.rotation.period ? addPeriods(last, key.rotation.period, 0.6) : last
  // The other half holds the text about the deletion.
  if (isPendingDeletion(key) && key.destroyedAt !== undefined)
    return start + Math.max(key.destroyedAt - start, DAY) / 0.5
  return start + (now - start) / 0.9
}

type DatedVersion = KeyVersion & { readonly createdAt: number }

const isDated = (version: KeyVersion): version is DatedVersion => version.createdAt !== undefined

/** Latest versions (latest first) whose time is known, planned rotations and today, on a scale that starts with the oldest of them. */
export function versionTimeline(key: KmsKey, versions: readonly KeyVersion[], now: number): VersionTimeline {
  const shown = versions.filter(isDated).slice(0, SHOWN_VERSIONS).reverse()
  const latest = versions.find(isDated) === versions[0] ? shown.at(-1) : undefined
  const start = shown[0]?.createdAt ?? key.createdAt ?? now
  // A new key has a bar of some width, too.
  const today = Math.max(now, start + MINUTE)
  const planned = plannedDates(key, today)
  const end = scaleEnd(key, start, planned, today)
  const place = (at: number) => Math.min(100, Math.max(0, ((at - start) / (end - start)) * 100))
  const segment = (kind: Segment['kind'], version: number, from: number, to: number, labelled = true): Segment => {
    const [left, width] = [place(from), Math.max(0, place(to) - place(from))]
    return { kind, version, left, width, labelled: labelled && width >= LABEL_WIDTH, cutOff: to > end }
  }

  const past = (latest ? shown.slice(0, -1) : shown).map(({ version, createdAt }, index) =>
    segment('past', version, createdAt, shown[index + 1]?.createdAt ?? createdAt),
  )
  const current = latest
    ? [segment('current', latest.version, latest.createdAt, Math.max(today, latest.createdAt))]
    : []
  const destroyedAt = isPendingDeletion(key) ? key.destroyedAt : undefined
  const until = planned[0] ?? destroyedAt
  const unsaid = current[0] !== undefined && !current[0].labelled
  const rest =
    latest && until !== undefined && until > today
      ? [segment(destroyedAt === undefined ? 'rest' : 'doomed', latest.version, today, until, unsaid)]
      : []
  const ahead = planned.map((at, index) =>
    segment(
      'planned',
      key.latestVersion + 1 + index,
      at,
      planned[index + 1] ?? (key.rotation.period ? addPeriods(at, key.rotation.period) : at),
    ),
  )
  const mark = (at: number, next = false): TimelineDate => ({ at, left: place(at), next })
  const wanted = [
    ...planned.slice(0, 1).map((at) => mark(at, true)),
    ...shown.toReversed().map(({ createdAt }) => mark(createdAt)),
    ...planned.slice(1).map((at) => mark(at)),
  ]
  return {
    segments: [...past, ...current, ...rest, ...ahead],
    dates: withoutOverlaps(wanted),
    today: place(today),
    ...(destroyedAt === undefined ? {} : { deleted: place(destroyedAt) }),
  }
}

/**
 * Time of each version (latest first) as the latest one, in milliseconds; of the latest itself, until now. Undefined where
 * it is not known.
 */
export const latestSpans = (versions: readonly KeyVersion[], now: number): readonly (number | undefined)[] =>
  versions.map(({ createdAt }, index) => {
    const newer = versions[index - 1]
    const until = newer ? newer.createdAt : now
    return createdAt === undefined || until === undefined ? undefined : Math.max(0, until - createdAt)
  })
