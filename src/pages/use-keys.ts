import {
  type QueryClient,
  type UseQueryResult,
  useQueries,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query'
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import type { Listed } from '../clouds/answer.ts'
import { detailsOf, type Reason } from '../clouds/errors.ts'
import type { CloudConnection } from '../clouds/gateway/wire.ts'
import type { KmsKey, Location } from '../clouds/model.ts'
import { queries } from '../clouds/queries.ts'
import { cloudOf } from '../clouds/registry.ts'
import type { ReadLocations } from '../clouds/replica-groups.ts'
import { countKeys, type KeyCount, type Place } from './shared/key-count.ts'
import { type UnreadableItem, unreadableIn } from './shared/list/unreadable.ts'
import { useProject } from './use-project.ts'

/** Something that could not be read: a whole cloud, or one location of it. The rest is shown all the same. */
export interface ReadFailure extends Place {
  readonly error: Error
  readonly retry: () => void
}

export const useConnections = (): readonly CloudConnection[] => useSuspenseQuery(queries.session()).data.clouds

export interface AllLocations {
  readonly locations: readonly Location[]
  readonly missing: readonly ReadFailure[]
  readonly outdated: readonly ReadFailure[]
  readonly pending: boolean
}

/** What could not be read at all; with `stale`, what was read before and could not be read again, which is shown all the same. */
const failuresIn = (
  results: readonly UseQueryResult<unknown>[],
  places: readonly Place[],
  { stale }: { stale: boolean },
): ReadFailure[] =>
  results.flatMap(({ error, data, refetch }, index) => {
    const place = places[index]
    return place && error && (data !== undefined) === stale ? [{ ...place, error, retry: () => void refetch() }] : []
  })

/** Whether answers are told as they come; without that, what was there when the component was drawn stays. */
interface Following {
  readonly subscribed?: boolean
}

/** The regions and zones of all connected clouds. */
export function useLocations({ subscribed = true }: Following = {}): AllLocations {
  const connections = useConnections()
  const places = connections.map(({ id }) => ({ cloud: id }))
  return useQueries({
    subscribed,
    queries: connections.map(({ id }) => queries.locations(id)),
    combine: (results) => ({
      locations: results.flatMap(({ data }) => data ?? []),
      missing: failuresIn(results, places, { stale: false }),
      outdated: failuresIn(results, places, { stale: true }),
      pending: results.some(({ isPending }) => isPending),
    }),
  })
}

export interface AllKeys {
  readonly keys: readonly KmsKey[]
  /** Keys of the lists that can't be read. */
  readonly unreadable: readonly UnreadableItem[]
  /** The locations that `keys` are of. */
  readonly read: ReadLocations
  readonly missing: readonly ReadFailure[]
  /** What could not be read again; its keys stand in the list as they were. */
  readonly outdated: readonly ReadFailure[]
  /** Locations that can't be used now, with the reason. */
  readonly closed: ReadonlyMap<string, string>
  /** Something is still on its way for the first time. */
  readonly pending: boolean
  readonly refreshing: boolean
  readonly refresh: () => void
  /** How many locations have answered, and how many were asked. */
  readonly answered: number
  readonly asked: number
  /** How many keys there are; undefined until everything that was asked has answered. */
  readonly count: KeyCount | undefined
}

/** Failures that are a whole location's: nothing can be done there until they end. */
const closing: ReadonlySet<Reason> = new Set(['unauthorized', 'feature-off', 'not-found', 'unavailable'])

/** Why a location whose keys could not be read is of no use; undefined where another try may help. */
export function closedBy(error: unknown): string | undefined {
  const { reason, message } = detailsOf(error)
  if (!closing.has(reason)) return undefined
  return reason === 'not-found' ? 'There is no KMS.' : message
}

const NO_REASON = 'It is not available.'

/** The value of before while it says the same, so that what is made of it stays. */
function useSame<Item>(value: readonly Item[], same: (a: Item, b: Item) => boolean): readonly Item[] {
  const [kept, setKept] = useState(value)
  const isSame =
    kept.length === value.length &&
    kept.every((item, index) => {
      const other = value[index]
      return other !== undefined && same(item, other)
    })
  if (!isSame) setKept(value)
  return isSame ? kept : value
}

type FlatLists = Pick<AllKeys, 'keys' | 'unreadable' | 'read'> & { counted: Pick<KeyCount, 'keys' | 'withReplicas'> }

/** All lists as one; another one only when one of them is another. */
function useFlat(locations: readonly Location[], data: readonly (Listed<KmsKey> | undefined)[]): FlatLists {
  const lists = useSame(
    locations.map((location, index) => ({ location, list: data[index] })),
    (a, b) => a.location === b.location && a.list === b.list,
  )
  return useMemo(
    () => ({
      keys: lists.flatMap(({ list }) => list?.items ?? []),
      counted: countKeys(lists.flatMap(({ list }) => (list ? [list.items] : []))),
      unreadable: lists.flatMap(({ location: { cloud, id }, list }) => unreadableIn(list, { cloud, location: id })),
      read: readIn(lists.flatMap(({ location, list }) => (list ? [location] : []))),
    }),
    [lists],
  )
}

const readIn = (locations: readonly Pick<Location, 'cloud' | 'id'>[]): ReadLocations =>
  new Map(
    Map.groupBy(locations, ({ cloud }) => cloud)
      .entries()
      .map(([cloud, there]) => [cloud, there.map(({ id }) => id)]),
  )

/** The keys of every available location of every connected cloud; each location is its own query and may fail alone. */
export function useAllKeys({ subscribed = true }: Following = {}): AllKeys {
  const project = useProject()
  const { locations, missing, outdated, pending } = useLocations({ subscribed })
  const open = useMemo(() => locations.filter(({ available }) => available), [locations])
  // Without `combine`, which would compare every key of a list that was read again.
  const results = useQueries({ subscribed, queries: open.map(({ cloud, id }) => queries.keys(cloud, id, project)) })
  const { counted, ...flat } = useFlat(
    open,
    results.map(({ data }) => data),
  )
  const places = open.map(({ cloud, id }) => ({ cloud, location: id }))
  const lists = {
    ...flat,
    missing: failuresIn(results, places, { stale: false }),
    outdated: failuresIn(results, places, { stale: true }),
    pending: results.some(({ isPending }) => isPending),
    refreshing: results.some(({ isFetching }) => isFetching),
    refresh: () => {
      for (const { refetch } of results) void refetch()
    },
    answered: results.filter(({ data }) => data !== undefined).length,
  }
  const failed = useSame(lists.missing, (a, b) => a.error === b.error && a.location === b.location)
  const closed = useMemo(
    () =>
      new Map([
        ...locations.filter(({ available }) => !available).map(({ id, reason = NO_REASON }) => [id, reason] as const),
        ...failed.flatMap(({ location, error }) => {
          const reason = closedBy(error)
          return location === undefined || reason === undefined ? [] : [[location, reason] as const]
        }),
      ]),
    [locations, failed],
  )
  const all = {
    ...lists,
    missing: [...missing, ...lists.missing],
    outdated: [...outdated, ...lists.outdated],
    closed,
    pending: pending || lists.pending,
    asked: open.length,
  }
  const { answered, asked } = all
  return { ...all, count: all.pending ? undefined : { ...counted, answered, asked, missing: all.missing } }
}

/** `NAME / acme / payments / nl-01`, or `NAME / Local KMS / ch-gva-2`: where something lands, as words. */
export function locationPath(connections: readonly CloudConnection[], { cloud, location, project }: KmsKey): string[] {
  const connection = connections.find(({ id }) => id === cloud)
  const owner = connection?.mode === 'embedded' ? 'Local KMS' : connection?.organisation
  return [cloudOf(cloud).longName, owner, connection?.project ?? project, location].filter((word) => word !== undefined)
}

/** The count of the keys that were read so far; undefined while something has not answered. Reads nothing itself. */
export function knownKeyCount(
  client: QueryClient,
  connections: readonly CloudConnection[],
  project: string | undefined,
): KeyCount | undefined {
  const lists: (readonly KmsKey[])[] = []
  const missing: Place[] = []
  let asked = 0
  for (const { id: cloud } of connections) {
    const locations = client.getQueryState(queries.locations(cloud).queryKey)
    if (locations?.data === undefined && locations?.status !== 'error') return undefined
    if (locations.data === undefined) missing.push({ cloud })
    for (const { id: location } of locations.data?.filter(({ available }) => available) ?? []) {
      const list = client.getQueryState(queries.keys(cloud, location, project).queryKey)
      if (list?.data === undefined && list?.status !== 'error') return undefined
      asked += 1
      if (list.data === undefined) missing.push({ cloud, location })
      else lists.push(list.data.items)
    }
  }
  return { ...countKeys(lists), answered: lists.length, asked, missing }
}

/** The count for the rail, which is drawn anew only when a figure is another. */
export function useKnownKeyCount(): KeyCount | undefined {
  const client = useQueryClient()
  const connections = useConnections()
  const project = useProject()
  const count = useMemo(() => {
    let last: KeyCount | undefined
    return () => {
      const next = knownKeyCount(client, connections, project)
      if (JSON.stringify(next) !== JSON.stringify(last)) last = next
      return last
    }
  }, [client, connections, project])
  return useSyncExternalStore(
    useCallback((changed) => client.getQueryCache().subscribe(changed), [client]),
    count,
  )
}
