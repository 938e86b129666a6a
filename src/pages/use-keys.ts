import { type UseQueryResult, useQueries, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useMemo, useState, useSyncExternalStore } from 'react'
import type { Listed } from '../clouds/answer.ts'
import { detailsOf, type Reason } from '../clouds/errors.ts'
import type { CloudConnection } from '../clouds/gateway/wire.ts'
import type { CloudId, KmsKey, Location } from '../clouds/model.ts'
import { queries, queryKeys } from '../clouds/queries.ts'
import { cloudOf, isCloudId } from '../clouds/registry.ts'
import { type UnreadableItem, unreadableIn } from './shared/list/unreadable.ts'
import { groupReplicas, type ReadLocations } from './shared/replica-groups.ts'
import { useProject } from './use-project.ts'

/** Something that could not be read: a whole cloud, or one location of it. The rest is shown all the same. */
export interface ReadFailure {
  readonly cloud: CloudId
  /** Absent when the cloud's locations could not be read. */
  readonly location?: string
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

const failureOf = (result: UseQueryResult<unknown>, where: Pick<ReadFailure, 'cloud' | 'location'>): ReadFailure[] =>
  result.error && result.data === undefined
    ? [{ ...where, error: result.error, retry: () => void result.refetch() }]
    : []

/** What was read before and could not be read again: it is shown all the same, and may be out of date. */
const staleOf = (result: UseQueryResult<unknown>, where: Pick<ReadFailure, 'cloud' | 'location'>): ReadFailure[] =>
  result.error && result.data !== undefined
    ? [{ ...where, error: result.error, retry: () => void result.refetch() }]
    : []

/** The regions and zones of all connected clouds. */
export function useLocations(): AllLocations {
  const connections = useConnections()
  return useQueries({
    queries: connections.map(({ id }) => queries.locations(id)),
    combine: (results) => ({
      locations: results.flatMap(({ data }) => data ?? []),
      missing: results.flatMap((result, index) => {
        const connection = connections[index]
        return connection ? failureOf(result, { cloud: connection.id }) : []
      }),
      outdated: results.flatMap((result, index) => {
        const connection = connections[index]
        return connection ? staleOf(result, { cloud: connection.id }) : []
      }),
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

type FlatLists = Pick<AllKeys, 'keys' | 'unreadable' | 'read'>

/** All lists as one; another one only when one of them is another. */
function useFlat(locations: readonly Location[], data: readonly (Listed<KmsKey> | undefined)[]): FlatLists {
  const lists = useSame(
    locations.map((location, index) => ({ location, list: data[index] })),
    (a, b) => a.location === b.location && a.list === b.list,
  )
  return useMemo(
    () => ({
      keys: lists.flatMap(({ list }) => list?.items ?? []),
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
export function useAllKeys(): AllKeys {
  const project = useProject()
  const { locations, missing, outdated, pending } = useLocations()
  const open = useMemo(() => locations.filter(({ available }) => available), [locations])
  // Without `combine`, which would compare every key of a list that was read again.
  const results = useQueries({ queries: open.map(({ cloud, id }) => queries.keys(cloud, id, project)) })
  const flat = useFlat(
    open,
    results.map(({ data }) => data),
  )
  const each = (find: typeof failureOf) =>
    results.flatMap((result, index) => {
      const location = open[index]
      return location ? find(result, { cloud: location.cloud, location: location.id }) : []
    })
  const lists = {
    ...flat,
    missing: each(failureOf),
    outdated: each(staleOf),
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
  return {
    ...lists,
    missing: [...missing, ...lists.missing],
    outdated: [...outdated, ...lists.outdated],
    closed,
    pending: pending || lists.pending,
    asked: open.length,
  }
}

/** `NAME / acme / payments / nl-01`, or `NAME / Local KMS / ch-gva-2`: where something lands, as words. */
export function locationPath(connections: readonly CloudConnection[], { cloud, location, project }: KmsKey): string[] {
  const connection = connections.find(({ id }) => id === cloud)
  const owner = connection?.mode === 'embedded' ? 'Local KMS' : connection?.organisation
  return [cloudOf(cloud).longName, owner, connection?.project ?? project, location].filter((word) => word !== undefined)
}

interface Share {
  /** Keys of one location alone. */
  readonly single: number
  /** Those that others may have too. */
  readonly shared: readonly KmsKey[]
}

const shares = new WeakMap<readonly KmsKey[], Share>()

function shareOf(keys: readonly KmsKey[]): Share {
  const known = shares.get(keys)
  if (known) return known
  const shared = keys.filter(({ traits }) => traits.includes('multi-zone') || traits.includes('replica'))
  const share = { single: keys.length - shared.length, shared }
  shares.set(keys, share)
  return share
}

interface ReadList {
  readonly cloud: CloudId
  readonly location: string
  readonly keys: readonly KmsKey[]
}

/** How many rows the lists are together: a key that is the same everywhere is one. */
export function countRows(lists: readonly ReadList[]): number {
  const parts = lists.map(({ keys }) => shareOf(keys))
  const read = readIn(lists.map(({ cloud, location }) => ({ cloud, id: location })))
  const shared = groupReplicas(
    parts.flatMap(({ shared }) => shared),
    read,
  )
  return parts.reduce((sum, { single }) => sum + single, 0) + shared.length
}

/** How many rows the lists that were read so far are. Reads nothing itself. */
export function useKnownKeyCount(): number {
  const client = useQueryClient()
  const count = () =>
    countRows(
      client
        .getQueriesData<Listed<KmsKey>>({ queryKey: queryKeys.allKeyLists() })
        .flatMap(([[, cloud, location], list]) =>
          list && typeof cloud === 'string' && isCloudId(cloud)
            ? [{ cloud, location: String(location), keys: list.items }]
            : [],
        ),
    )
  return useSyncExternalStore((changed) => client.getQueryCache().subscribe(changed), count)
}
