/** Tests a connection with read requests only. */
import type { QueryClient } from '@tanstack/react-query'
import type { ConnectionCheck, Ping, ProbeScope } from '../../clouds/connection-check.ts'
import { detailsOf, type Reason } from '../../clouds/errors.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import type { KmsKey, Location } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { type LocationResult, medianOf, type ProbeResult, type Report } from './report.ts'

interface TestOptions {
  readonly client: QueryClient
  readonly connection: CloudConnection
  readonly project: string | undefined
  readonly signal: AbortSignal
  readonly onProgress: (done: number, of: number) => void
}

/** Requests per location; the median ignores the first one, which may open the connection. */
const PINGS = 3
/** Locations tested at the same time; more would measure the queue. */
const AT_ONCE = 3

const without: ReadonlySet<Reason> = new Set(['unavailable', 'feature-off'])
const refusing: ReadonlySet<Reason> = new Set(['unauthorized', 'not-found', 'managed', 'feature-off'])

interface Visited extends LocationResult {
  readonly pings: readonly Ping[]
  readonly isEmpty?: boolean
  readonly sample?: KmsKey | undefined
}

async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<Item, Result>()
  const waiting = items.values()
  const lane = async () => {
    for (const item of waiting) results.set(item, await work(item))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return items.flatMap((item) => results.get(item) ?? [])
}

async function visit(location: Location, connecting: ConnectionCheck, options: TestOptions): Promise<Visited> {
  const { client, project, signal } = options
  if (!location.available) return { location, state: 'closed', pings: [] }
  const pings: Ping[] = []
  try {
    while (pings.length < PINGS) pings.push(await connecting.ping({ location: location.id, project }, signal))
    const list = queries.keys(location.cloud, location.id, project)
    const keys = await client.fetchQuery({ ...list, staleTime: 0, retry: false })
    const latency = medianOf(pings.flatMap((ping) => ping.latency ?? []))
    return {
      location,
      state: 'answers',
      pings,
      isEmpty: keys.items.length + keys.unreadable.length === 0,
      sample: keys.items[0],
      ...(latency === undefined ? {} : { latency }),
    }
  } catch (error) {
    return { location, state: without.has(detailsOf(error).reason) ? 'closed' : 'failed', error, pings }
  }
}

/** Permission that the lists already prove. */
function listResult(
  { emptyListMayMeanForbidden: hidesLists, listPermission }: ConnectionCheck,
  answering: readonly Visited[],
): ProbeResult {
  const about = { label: 'List keys', permission: listPermission }
  if (!hidesLists || answering.some(({ isEmpty }) => !isEmpty)) return { ...about, state: 'allowed' }
  return { ...about, state: 'unclear', description: 'The lists are empty: no keys, or no permission to list them.' }
}

async function tryProbe(
  { label, permission, refusal, run }: ConnectionCheck['probes'][number],
  place: ProbeScope,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const about = { label, permission }
  const why = refusal?.(place)
  if (why !== undefined) return { ...about, state: 'untested', description: why }
  try {
    const says = await run(place, signal)
    return { ...about, state: 'allowed', ...(says === undefined ? {} : { description: says }) }
  } catch (error) {
    const { reason, message } = detailsOf(error)
    return { ...about, state: refusing.has(reason) ? 'refused' : 'failed', description: message }
  }
}

/** Never rejects: failures are in the report. */
export async function testConnection(options: TestOptions): Promise<Report> {
  const { client, connection, project, signal, onProgress } = options
  const cloud = cloudOf(connection.id)
  const connecting = await cloud.connectionCheck()
  const ended = (found: Omit<Report, 'endedAt'>): Report => ({ endedAt: Date.now(), ...found })
  let locations: readonly Location[]
  try {
    locations = await client.fetchQuery({ ...queries.locations(connection.id), staleTime: 0, retry: false })
  } catch (error) {
    return ended({ error, locations: [], probes: [], untested: [] })
  }
  const of = locations.length + connecting.probes.length
  let done = 0
  const step = () => {
    done += 1
    onProgress(done, of)
  }
  onProgress(0, of)

  const visited = await inTurns(locations, async (location) => {
    const result = await visit(location, connecting, options)
    step()
    return result
  })
  const answering = visited.filter(({ state }) => state === 'answers')
  const at = answering.find(({ sample }) => sample !== undefined) ?? answering[0]
  const probes: ProbeResult[] = []
  if (at) {
    probes.push(listResult(connecting, answering))
    const place = { location: at.location.id, project, connection, sample: at.sample }
    for (const probe of connecting.probes) {
      probes.push(await tryProbe(probe, place, signal))
      step()
    }
  }
  const pings = visited.flatMap((one) => one.pings)
  const ahead = medianOf(pings.flatMap((ping) => ping.clockAhead ?? []))
  return ended({
    locations: visited,
    probes,
    untested: at ? connecting.untested : [],
    ...(ahead === undefined ? {} : { ahead }),
  })
}
