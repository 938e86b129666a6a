/** Report of a connection test, and its verdict. */
import { formatDuration } from '../../clouds/clock.ts'
import { detailsOf, requestLine } from '../../clouds/errors.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import type { Location } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { count, formatNumber } from '../../lib/numbers.ts'

export interface LocationResult {
  readonly location: Location
  /** `closed`: the location has no KMS, which is no failure. */
  readonly state: 'answers' | 'failed' | 'closed'
  /** Median in milliseconds. */
  readonly latency?: number
  /** Number of keys in its list. */
  readonly keys?: number
  /** Why it failed. */
  readonly error?: unknown
}

export interface ProbeResult {
  readonly label: string
  readonly permission: string
  /** `unclear`: the response would be the same without the permission. */
  readonly state: 'allowed' | 'refused' | 'failed' | 'unclear' | 'untested'
  readonly description?: string
}

interface Latency {
  /** Milliseconds. */
  readonly median: number
  readonly min: number
  readonly max: number
  readonly calls: number
}

export interface Report {
  /** Milliseconds since the epoch. */
  readonly endedAt: number
  /** Set when the locations could not be read. */
  readonly error?: unknown
  readonly locations: readonly LocationResult[]
  readonly probes: readonly ProbeResult[]
  readonly latency?: Latency
  /** Seconds by which the gateway's clock is ahead of the cloud's. */
  readonly ahead?: number
}

export function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}

export function latencyOf(values: readonly number[]): Latency | undefined {
  const median = medianOf(values)
  if (median === undefined) return undefined
  return { median, min: Math.min(...values), max: Math.max(...values), calls: values.length }
}

/** `0.8 ms`, `41 ms`, `1,204 ms` */
export const formatMilliseconds = (value: number): string =>
  `${value < 9.95 ? value.toFixed(1) : formatNumber(Math.round(value))} ms`

/** Seconds; both clocks have whole seconds, and responses take time. */
const CLOCK_TOLERANCE = 2
/** Seconds from which signatures and tokens may be refused. */
const CLOCK_WARNING = 30

export function formatClockDifference({ ahead }: Report, { id, mode }: CloudConnection): string {
  if (mode === 'embedded') return 'The same clock: the local KMS runs inside the gateway’s process.'
  if (ahead === undefined) return 'Unknown: its answers told no time.'
  if (Math.abs(ahead) <= CLOCK_TOLERANCE) return 'None, to within 2 seconds.'
  return `The gateway’s clock is ${formatDuration(ahead)} ${ahead > 0 ? 'ahead of' : 'behind'} ${cloudOf(id).longName}’s.`
}

export interface Verdict {
  readonly tone: 'ok' | 'warning' | 'danger'
  readonly title: string
  readonly text?: string
  /** The request that failed. */
  readonly meta?: string | undefined
}

const failure = (tone: Verdict['tone'], title: string, error: unknown): Verdict => {
  const details = detailsOf(error)
  return { tone, title, text: `${details.message} ${details.advice}`, meta: requestLine(details) }
}

const formatRefused = (probes: readonly ProbeResult[]) => {
  const missing = probes.filter(({ state }) => state === 'refused' || state === 'failed').length
  if (missing === 0) return undefined
  const tried = probes.filter(({ state }) => state !== 'untested').length
  return `Of ${count(tried, 'permission')} tried, ${missing} ${missing === 1 ? 'was' : 'were'} not seen.`
}

/** Result of the test in one sentence, with what to do about a failure. */
export function verdictOf(report: Report, { id }: CloudConnection): Verdict {
  const { longName, capabilities: traits } = cloudOf(id)
  const { locations, ahead = 0 } = report
  const word = traits.locationNoun
  if (report.error !== undefined) return failure('danger', `${longName} can’t be used.`, report.error)
  const answering = locations.filter(({ state }) => state === 'answers')
  const failed = locations.filter(({ state }) => state === 'failed')
  const [first] = failed
  if (answering.length === 0) {
    if (first) return failure('danger', `No ${word} of ${longName} can be used.`, first.error)
    return {
      tone: 'warning',
      title: `${longName} has KMS in none of its ${word}s.`,
      text: 'It answered, and there is nothing to use. Ask the vendor to switch KMS on.',
    }
  }
  if (first) {
    const names = failed.map(({ location }) => location.id).join(', ')
    return failure('warning', `${names} can’t be used; the rest works.`, first.error)
  }
  if (Math.abs(ahead) >= CLOCK_WARNING)
    return {
      tone: 'warning',
      title: `It works, and the clocks are ${formatDuration(ahead)} apart.`,
      text: 'Signatures and tokens are refused when the time is wrong. Set the gateway’s clock right, best by NTP.',
    }
  const [only] = answering
  const title =
    answering.length === 1 && only ? `It works in ${only.location.id}.` : `It works in ${answering.length} ${word}s.`
  const text = formatRefused(report.probes)
  return { tone: 'ok', title, ...(text === undefined ? {} : { text }) }
}
