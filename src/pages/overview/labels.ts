/** Texts of the overview about keys, weeks and locations. */
import type { Purpose } from '../../clouds/algorithms.ts'
import { detailsOf } from '../../clouds/errors.ts'
import { isDisabled, isPendingDeletion } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { formatClock, formatDate, formatDateTime, zoneName } from '../../lib/dates.ts'
import { formatList } from '../../lib/format-list.ts'
import { count } from '../../lib/numbers.ts'
import { formatSpanInSentence } from '../shared/format-time.ts'
import type { AttentionItem } from './posture.ts'
import type { Week } from './timeline.ts'

const stopped: Readonly<Record<Purpose, string>> = {
  encrypt: 'It decrypts nothing until then.',
  sign: 'It signs nothing until then.',
  mac: 'It authenticates nothing until then.',
}

function destruction({ destroyedAt, latestVersion, purpose }: KmsKey): string {
  const versions =
    latestVersion === 1 ? 'its only version' : latestVersion === 2 ? 'both versions' : `all ${latestVersion} versions`
  if (destroyedAt === undefined) return `With ${versions}. ${stopped[purpose]}`
  return `On ${formatDateTime(destroyedAt)}, with ${versions}. ${stopped[purpose]}`
}

function rest(one: AttentionItem, now: number): string {
  switch (one.kind) {
    case 'pending': {
      const { destroyedAt } = one.key
      if (destroyedAt === undefined) return 'is to be destroyed'
      return destroyedAt > now ? `is destroyed in ${formatSpanInSentence(now, destroyedAt)}` : 'is being destroyed'
    }
    case 'overdue':
      return one.days === 0
        ? 'is overdue for rotation since today'
        : `is ${count(one.days, 'day')} overdue for rotation`
    case 'behind':
      return one.lacks === 'key' ? 'has not arrived in' : 'is behind in'
    case 'unrotated':
      return `was never rotated in ${count(one.days, 'day')}`
  }
}

function explanation(one: AttentionItem): string {
  switch (one.kind) {
    case 'pending':
      return destruction(one.key)
    case 'overdue': {
      if (isDisabled(one.key)) return 'It is disabled, and disabled keys are not rotated.'
      const due =
        one.key.rotation.nextAt === undefined ? '' : `It was due on ${formatDateTime(one.key.rotation.nextAt)}. `
      return `${due}Rotate it by hand, or look at its settings.`
    }
    case 'behind':
      if (one.lacks === 'key') return 'The key is registered there, and the list of keys there does not have it.'
      return one.lacks === 'version'
        ? `The replica there has version ${one.version} of ${one.key.latestVersion}.`
        : `The replica there has not heard that the deletion was ${isPendingDeletion(one.key) ? 'scheduled' : 'cancelled'}.`
    case 'unrotated':
      return one.key.traits.includes('imported')
        ? 'It was imported. If that was without rotation, only a new key can replace it.'
        : 'Nothing rotates it. Give it a period, or rotate it by hand.'
  }
}

/** `is destroyed in 9 days` for the place after the key's name, and the explanation below. */
export const formatAttention = (one: AttentionItem, now: number): { readonly rest: string; readonly text: string } => ({
  rest: rest(one, now),
  text: explanation(one),
})

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

/** `38 ms`, `1.2 s` */
export const formatDuration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`

/** `14:32:08 UTC` */
export const formatSecond = (instant: number): string => `${formatClock(instant)} ${zoneName(instant)}`
