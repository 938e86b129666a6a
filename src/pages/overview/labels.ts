/** Texts of the overview about decisions, weeks and locations. */
import { detailsOf } from '../../clouds/errors.ts'
import { isDisabled, isPendingDeletion } from '../../clouds/key-status.ts'
import { formatDate, formatDateTime, formatSpanInSentence } from '../../lib/dates.ts'
import { formatList } from '../../lib/format-list.ts'
import { count } from '../../lib/numbers.ts'
import type { BehindZone, Decision } from './decisions.ts'
import type { Week } from './timeline.ts'

/** Predicate of the item's title, after the name of the key or of the locations. */
export function formatFact(one: Decision, now: number): string {
  switch (one.kind) {
    case 'overdue':
      return one.days === 0
        ? 'is overdue for rotation since today'
        : `is ${count(one.days, 'day')} overdue for rotation`
    case 'behind':
      return `is not up to date in ${formatList(one.zones.map(({ location }) => location))}`
    case 'unanswered':
      return 'did not answer'
    case 'deletion': {
      const { destroyedAt } = one.key
      if (destroyedAt === undefined) return 'is pending deletion'
      return destroyedAt > now ? `deletes in ${formatSpanInSentence(now, destroyedAt)}` : 'is being deleted'
    }
  }
}

/** Explanation below the title. */
export function formatReason(one: Decision): string {
  switch (one.kind) {
    case 'overdue': {
      const { rotation } = one.key
      if (isDisabled(one.key)) return 'It is disabled, and a disabled key does not rotate.'
      return `${rotation.nextAt === undefined ? '' : `It was due on ${formatDateTime(rotation.nextAt)}. `}Rotate it now.`
    }
    case 'behind': {
      const deletion = isPendingDeletion(one.key) ? 'the scheduled deletion' : 'the cancelled deletion'
      const state = ({ location, lacks, version }: BehindZone) =>
        lacks === 'version'
          ? `${location} has version ${version} of ${one.key.latestVersion}.`
          : `${location} does not have ${lacks === 'key' ? 'the key' : deletion}.`
      return one.zones.map(state).join(' ')
    }
    case 'unanswered': {
      const { message, advice } = one.failure
      return [message, advice, one.stale ? 'Its keys are from the answer before.' : ''].filter(Boolean).join(' ')
    }
    case 'deletion': {
      const { destroyedAt, latestVersion } = one.key
      const versions = `with ${count(latestVersion, 'version')}.`
      return destroyedAt === undefined ? `Deletes ${versions}` : `On ${formatDateTime(destroyedAt)}, ${versions}`
    }
  }
}

/** `Week of 22 Nov 2026: 2 rotations, of card-vault and jwt-sessions` */
export function formatWeek({ startsAt, soon, later, names }: Week): string {
  const rotations = soon + later
  const more = rotations > names.length ? [...names, 'others'] : names
  return `Week of ${formatDate(startsAt)}: ${count(rotations, 'rotation')}, of ${formatList(more)}`
}

/** Label of a location whose list failed, and whether the location is closed rather than failing. */
export function failureLabel(error: unknown): { readonly word: string; readonly closed: boolean } {
  const { reason, status } = detailsOf(error)
  if (reason === 'not-found') return { word: 'No KMS here', closed: true }
  if (reason === 'feature-off') return { word: 'KMS is off', closed: true }
  if (reason === 'unauthorized') return { word: 'Refused', closed: false }
  if (reason === 'rate-limited') return { word: 'Busy', closed: false }
  if (reason === 'broken-answer') return { word: 'Broken answer', closed: false }
  const silent = status === undefined || status === 502 || status === 504
  return { word: silent ? 'No answer' : `Failed, ${status}`, closed: false }
}

/** `1 Dec` */
export const formatDayMonth = (instant: number): string => formatDate(instant).replace(/ \d+$/, '')

/** `Feb`; with its year where the instant `before` is in another year. */
export function formatMonth(instant: number, before: number): { readonly month: string; readonly year?: string } {
  const [, month = '', year = ''] = formatDate(instant).split(' ')
  return { month, ...(formatDate(before).endsWith(year) ? {} : { year }) }
}
