/** Histories of the demonstration's keys, as timed requests of a provider's API. */
import type { LocalKms } from '../kms/kms.ts'

const DAY = 86_400_000
/** Days. */
const MINUTE = 1 / 1440

/** Request of a provider's API. `{id}` stands for the id of the key or role. */
export interface ApiRequest {
  readonly method: 'POST' | 'DELETE'
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

export interface HistoryStep {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Name of the key or role, unique within the provider. */
  readonly resource: string
  /** Absent for a due automatic rotation or arriving replicas. */
  readonly requests: readonly ApiRequest[]
}

/** Key of the demonstration. Ages are in days. */
export interface DemoKey {
  readonly name: string
  readonly description?: string
  /** Age of the key. */
  readonly age: number
  /** Period of automatic rotation; absent for none. Excludes manual rotations. */
  readonly period?: number
  /** Ages of manual rotations. */
  readonly rotated?: readonly number[]
  /** Ages of uses. */
  readonly used?: readonly number[]
  readonly disabled?: number
  /** Age of the scheduled deletion. */
  readonly deleted?: number
  /** Locations of replicas. */
  readonly replicas?: readonly string[]
}

export interface KeyRequests {
  readonly create: readonly ApiRequest[]
  readonly rotate: ApiRequest
  /** Absent where the history has no uses. */
  readonly use?: ApiRequest
  readonly disable: ApiRequest
  readonly remove: ApiRequest
}

/** A provider's part of the demonstration. */
export interface DemoProvider {
  /** @param endOf time from which the ages of the nth key count back; milliseconds since the epoch */
  steps(endOf: (index: number) => number): readonly HistoryStep[]
  /** Ids of resources that exist from the start. */
  readonly knownIds: ReadonlyMap<string, string>
  /** Headers that authenticate a request. `at` is its time in milliseconds since the epoch. */
  headers(
    credentials: LocalKms['credentials'],
    request: { readonly method: string; readonly url: URL; readonly body: Uint8Array },
    at: number,
  ): Readonly<Record<string, string>>
}

/** Ages in days of automatic rotations: one per period, until the key is disabled or deleted, or today. */
const automaticRotations = ({ age, period, disabled = 0, deleted = 0 }: DemoKey): readonly number[] => {
  if (period === undefined) return []
  const end = Math.max(disabled, deleted)
  return Array.from({ length: Math.floor((age - end) / period) }, (_, n) => age - (n + 1) * period)
}

/** Step of the history, a number of days before `end`. */
export const stepAt = (end: number, resource: string, age: number, ...requests: ApiRequest[]): HistoryStep => ({
  at: end - age * DAY,
  resource,
  requests,
})

/** Steps of a key's history. @param end milliseconds since the epoch; ages count back from it */
export const stepsOf = (resource: string, key: DemoKey, requests: KeyRequests, end: number): readonly HistoryStep[] => {
  const { use } = requests
  const step = (age: number, ...sent: ApiRequest[]) => stepAt(end, resource, age, ...sent)
  return [
    step(key.age, ...requests.create),
    ...(key.replicas ? [step(key.age - MINUTE)] : []),
    ...automaticRotations(key).map((age) => step(age)),
    ...(key.rotated ?? []).map((age) => step(age, requests.rotate)),
    ...(use ? (key.used ?? []).map((age) => step(age, use)) : []),
    ...(key.disabled === undefined ? [] : [step(key.disabled, requests.disable)]),
    ...(key.deleted === undefined ? [] : [step(key.deleted, requests.remove)]),
  ]
}
