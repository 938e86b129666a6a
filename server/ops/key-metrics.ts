/** Keys of the clouds by status, coming rotations and deletions, from the gateway's own reads. */
import type { Connection } from '../gateway/connection.ts'
import type { KeyFacts } from '../gateway/inventory.ts'
import { planCall, sendCall } from '../gateway/provider-call.ts'
import type { Metric, Sample } from './exposition.ts'

interface Options {
  readonly connections: readonly Connection[]
  /** Milliseconds of a call, and `User-Agent` of it. */
  readonly timeout: number
  readonly agent: string
  readonly now: () => number
}

/** Milliseconds between two readings of all keys. */
const FRESH = 60_000
/** Milliseconds that a scrape waits for a reading; it then has the values of the one before. */
const PATIENCE = 5_000
const HOUR = 3_600_000
/** A list with more bytes, about 30,000 keys, would keep other requests waiting while it is read. */
const limits = { bytes: 16 << 20, timeouts: 2 }
/** Statuses of a location; what a provider sends beyond counts as `other`. */
const MOST_STATUSES = 10
/** Locations of a cloud. */
const MOST_LOCATIONS = 50

interface Known {
  readonly at: number
  readonly statuses: ReadonlyMap<string, number>
  readonly rotations: readonly number[]
  readonly deletions: readonly number[]
}

function countsOf(keys: readonly KeyFacts[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { status } of keys) {
    const name = counts.has(status) || counts.size < MOST_STATUSES ? status : 'other'
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

const defined = (values: readonly (number | undefined)[]): readonly number[] =>
  values.filter((value) => value !== undefined)

const knownOf = (keys: readonly KeyFacts[], at: number): Known => ({
  at,
  statuses: countsOf(keys),
  rotations: defined(keys.map(({ rotatesAt }) => rotatesAt)),
  deletions: defined(keys.map(({ destroyedAt }) => destroyedAt)),
})

const earliest = (times: readonly number[]): number => times.reduce((found, one) => Math.min(found, one), Infinity)

export function openKeyMetrics({ connections, timeout, agent, now }: Options): () => Promise<readonly Metric[]> {
  const places = new Map<Connection, Map<string, Known>>(connections.map((connection) => [connection, new Map()]))
  const failures = new Map<Connection, number>(connections.map((connection) => [connection, 0]))
  let begun: number | undefined
  let reading: Promise<unknown> | undefined

  async function readPath(connection: Connection, path: string): Promise<unknown> {
    const planned = planCall(connection, { method: 'GET', path, query: '', header: () => undefined })
    const answer = await sendCall({ ...planned, row: { ...planned.row, limits } }, { timeout, agent })
    if (answer.status !== 200) throw new Error(`${connection.name} answered ${answer.status}`)
    return JSON.parse(Buffer.concat(answer.body).toString('utf8'))
  }

  /** Counts what fails, and keeps what was read before. */
  async function attempt<T>(connection: Connection, step: () => Promise<T>): Promise<T | undefined> {
    try {
      return await step()
    } catch {
      failures.set(connection, (failures.get(connection) ?? 0) + 1)
      return undefined
    }
  }

  async function readCloud(connection: Connection, known: Map<string, Known>): Promise<void> {
    const { inventory } = connection
    const read = (path: string) => readPath(connection, path)
    const locations = await attempt(connection, () => inventory.locations(read))
    if (locations === undefined) return
    for (const gone of [...known.keys()].filter((one) => !locations.includes(one))) known.delete(gone)
    // One after the other: metrics must not be a load.
    for (const location of locations.slice(0, MOST_LOCATIONS)) {
      const answer = await attempt(connection, () => read(inventory.listPath(location)))
      if (answer !== undefined) known.set(location, knownOf(inventory.keysIn(answer, location), now()))
    }
  }

  function refresh(): Promise<unknown> {
    if (reading === undefined && (begun === undefined || now() - begun >= FRESH)) {
      begun = now()
      reading = Promise.all([...places].map(([connection, known]) => readCloud(connection, known))).finally(() => {
        reading = undefined
      })
    }
    return reading ?? Promise.resolve()
  }

  const samplesBy = (value: (known: Known) => number | undefined): readonly Sample[] =>
    [...places].flatMap(([{ id }, known]) =>
      [...known].flatMap(([location, one]) => {
        const found = value(one)
        return found === undefined ? [] : [{ labels: { cloud: id, location }, value: found }]
      }),
    )

  const isOverdue = (at: number) => at <= now() - HOUR
  const secondsUntil = (time: number) => (time === Infinity ? undefined : Math.round((time - now()) / 1000))

  return async () => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE)
    })
    await Promise.race([refresh(), late])
    clearTimeout(timer)
    return [
      {
        name: 'kms_console_keys',
        help: 'Keys by location and status, as the cloud names it',
        type: 'gauge',
        samples: [...places].flatMap(([{ id }, known]) =>
          [...known].flatMap(([location, { statuses }]) =>
            [...statuses].map(([status, value]) => ({ labels: { cloud: id, location, status }, value })),
          ),
        ),
      },
      {
        name: 'kms_console_next_rotation_seconds',
        help: 'Seconds until the next automatic rotation that is not overdue',
        type: 'gauge',
        samples: samplesBy(({ rotations }) => secondsUntil(earliest(rotations.filter((at) => !isOverdue(at))))),
      },
      {
        name: 'kms_console_overdue_keys',
        help: 'Keys whose automatic rotation should have been an hour ago or earlier',
        type: 'gauge',
        samples: samplesBy(({ rotations }) => rotations.filter(isOverdue).length),
      },
      {
        name: 'kms_console_pending_deletions',
        help: 'Keys whose destruction is scheduled',
        type: 'gauge',
        samples: samplesBy(({ deletions }) => deletions.length),
      },
      {
        name: 'kms_console_next_deletion_seconds',
        help: 'Seconds until the next scheduled destruction of a key',
        type: 'gauge',
        samples: samplesBy(({ deletions }) => secondsUntil(earliest(deletions))),
      },
      {
        name: 'kms_console_keys_age_seconds',
        help: 'Seconds since the keys of a location were read',
        type: 'gauge',
        samples: samplesBy(({ at }) => Math.round((now() - at) / 1000)),
      },
      {
        name: 'kms_console_key_reads_failed_total',
        help: 'Reads of keys for these metrics that failed',
        type: 'counter',
        samples: [...failures].map(([{ id }, value]) => ({ labels: { cloud: id }, value })),
      },
    ]
  }
}
