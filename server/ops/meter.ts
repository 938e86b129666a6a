/** Counts what happens while requests are answered. The names and values of labels are from fixed sets. */
import type { Metric, Sample } from './exposition.ts'

export interface Meter {
  /**
   * @param route pattern of the path, never the path itself
   * @param seconds until the answer was ready
   */
  request(method: string, route: string, status: number, seconds: number): void
  /** @param kind what failed, from a fixed set */
  upstreamFailed(cloud: string, kind: string): void
  session(what: 'started' | 'ended'): void
  limited(): void
}

/** Upper ends in seconds; a long list may take a minute. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])

interface Series {
  readonly method: string
  readonly route: string
  /** By bucket, not cumulated; the last one is beyond all. */
  readonly counts: Float64Array
  /** By the first digit of the status. */
  readonly classes: Float64Array
  sum: number
}

const samplesOf = ({ method, route, counts, sum }: Series): readonly Sample[] => {
  let total = 0
  const ends = [...buckets, Number.POSITIVE_INFINITY].map((end, at): Sample => {
    total += counts[at] ?? 0
    return { suffix: '_bucket', labels: { method, route, le: end === Infinity ? '+Inf' : String(end) }, value: total }
  })
  const labels = { method, route }
  return [...ends, { suffix: '_sum', labels, value: sum }, { suffix: '_count', labels, value: total }]
}

const countsOf = (counts: ReadonlyMap<string, number>, labels: (key: string) => Sample['labels']): readonly Sample[] =>
  [...counts].map(([key, value]) => ({ labels: labels(key), value }))

export function openMeter(): Meter & { metrics(): readonly Metric[] } {
  const series = new Map<string, Series>()
  const failures = new Map<string, number>()
  const sessions = new Map<string, number>([
    ['started', 0],
    ['ended', 0],
  ])
  let refused = 0
  const add = (counts: Map<string, number>, key: string) => void counts.set(key, (counts.get(key) ?? 0) + 1)

  function seriesOf(method: string, route: string): Series {
    const key = `${method} ${route}`
    const known = series.get(key)
    if (known) return known
    const made = {
      method,
      route,
      counts: new Float64Array(buckets.length + 1),
      classes: new Float64Array(6),
      sum: 0,
    }
    series.set(key, made)
    return made
  }

  return {
    request(method, route, status, seconds) {
      const one = seriesOf(methods.has(method) ? method : 'other', route)
      const at = buckets.findIndex((end) => seconds <= end)
      const bucket = at < 0 ? buckets.length : at
      one.counts[bucket] = (one.counts[bucket] ?? 0) + 1
      const digit = Math.min(5, Math.floor(status / 100))
      one.classes[digit] = (one.classes[digit] ?? 0) + 1
      one.sum += seconds
    },
    upstreamFailed: (cloud, kind) => add(failures, `${cloud} ${kind}`),
    session: (what) => add(sessions, what),
    limited() {
      refused += 1
    },
    metrics: () => [
      {
        name: 'kms_console_requests_total',
        help: 'Answered requests by route and class of the status',
        type: 'counter',
        samples: [...series.values()].flatMap(({ method, route, classes }) =>
          [...classes.entries()]
            .filter(([, value]) => value > 0)
            .map(([digit, value]) => ({ labels: { method, route, code: `${digit}xx` }, value })),
        ),
      },
      {
        name: 'kms_console_request_duration_seconds',
        help: 'Time until the answer to a request was ready',
        type: 'histogram',
        samples: [...series.values()].flatMap(samplesOf),
      },
      {
        name: 'kms_console_upstream_failures_total',
        help: 'Calls to a cloud that failed: unreachable, timeout, not-json, credentials, or by status 401, 429 and 5xx',
        type: 'counter',
        samples: countsOf(failures, (key) => {
          const [cloud = '', kind = ''] = key.split(' ')
          return { cloud, kind }
        }),
      },
      {
        name: 'kms_console_sessions_total',
        help: 'Sessions of people that were started, and that were ended before their time',
        type: 'counter',
        samples: countsOf(sessions, (what) => ({ what })),
      },
      {
        name: 'kms_console_rate_limited_total',
        help: 'Requests that were refused because a person or an address made too many',
        type: 'counter',
        samples: [{ labels: {}, value: refused }],
      },
    ],
  }
}
