import { type CallErrorDetails, detailsOf, requestLine } from '../../clouds/errors.ts'
import type { CloudId } from '../../clouds/model.ts'
import type { ReadFailure } from '../use-keys.ts'
import { formatPlaces, nameOfPlace, type Place } from './key-count.ts'

/** What failed in the same way, told once. */
export interface FailureGroup {
  readonly cloud: CloudId
  /** Such as `bg-sof-1, ch-dk-2`; a whole cloud by its name. */
  readonly names: string
  readonly message: string
  readonly advice: string
  /** `GET /v2/kms-key · 504 · request 7f3c19e2`, with several request ids where there were several. */
  readonly requests: string | undefined
}

const distinct = (texts: readonly (string | undefined)[]) =>
  [...new Set(texts)].filter((text) => text !== undefined).join(', ')

function requestsOf(calls: readonly CallErrorDetails[]): string | undefined {
  const [first] = calls
  if (!first || calls.length === 1) return first && requestLine(first)
  const ids = distinct(calls.map(({ requestId }) => requestId))
  const lines = distinct(calls.map((call) => requestLine({ ...call, requestId: undefined })))
  return ids === '' ? lines : `${lines} · ${ids.includes(',') ? 'requests' : 'request'} ${ids}`
}

/** What is missing, grouped by cloud and by the words of the failure. */
export function groupFailures(missing: readonly ReadFailure[]): FailureGroup[] {
  const alike = Map.groupBy(missing, ({ cloud, error }) => `${cloud} ${detailsOf(error).message}`)
  return [...alike.values()].map((group) => {
    const calls = group.map(({ error }) => detailsOf(error))
    const [first] = calls
    return {
      cloud: group[0]?.cloud ?? '',
      names: group.map(nameOfPlace).join(', '),
      message: first?.message ?? '',
      // A list reads every location: there is no other one to choose.
      advice: first && first.reason !== 'unavailable' ? first.advice : '',
      requests: requestsOf(calls),
    }
  })
}

/** `bg-sof-1 is missing`, `NAME and 3 locations are missing` */
export const formatMissing = (missing: readonly Place[]): string =>
  `${formatPlaces(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`
