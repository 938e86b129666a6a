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

export interface Report {
  /** Milliseconds since the epoch. */
  readonly endedAt: number
  /** Set when the locations could not be read. */
  readonly error?: unknown
  readonly locations: readonly LocationResult[]
  readonly probes: readonly ProbeResult[]
  /** What a test never tries. */
  readonly untested: readonly string[]
  /** Seconds by which the gateway's clock is ahead of the cloud's. */
  readonly ahead?: number
}

export function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}

/** `0.8 ms`, `41 ms`, `1,204 ms` */
export const formatMilliseconds = (value: number): string =>
  `${value < 9.95 ? value.toFixed(1) : formatNumber(Math.round(value))} ms`

/** Seconds; both clocks have whole seconds, and responses take time. */
const CLOCK_TOLERANCE = 2
/** Seconds from which signatures and tokens may be refused. */
const CLOCK_WARNING = 30

export function formatClockDifference({ ahead }: Report, { id }: CloudConnection): string {
  if (ahead === undefined) return 'Unknown'
  if (Math.abs(ahead) <= CLOCK_TOLERANCE) return '2 seconds or less'
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
  return `${missing} of ${count(tried, 'tested permission')} ${missing === 1 ? 'is' : 'are'} missing.`
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
      title: `No ${word} of ${longName} has KMS.`,
      text: 'Ask the vendor to enable KMS.',
    }
  }
  if (first) {
    const names = failed.map(({ location }) => location.id).join(', ')
    return failure('warning', `${names} can’t be used. The others work.`, first.error)
  }
  if (Math.abs(ahead) >= CLOCK_WARNING)
    return {
      tone: 'warning',
      title: `It works, but the clocks differ by ${formatDuration(ahead)}.`,
      text: 'With a wrong time, signatures and tokens are refused. Correct the gateway’s clock.',
    }
  const [only] = answering
  const title =
    answering.length === 1 && only ? `It works in ${only.location.id}.` : `It works in ${answering.length} ${word}s.`
  const text = formatRefused(report.probes)
  return { tone: 'ok', title, ...(text === undefined ? {} : { text }) }
}
