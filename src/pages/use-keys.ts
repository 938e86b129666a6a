import { type UseQueryResult, useQueries, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import type { CloudConnection } from '../clouds/gateway/wire.ts'
import type { CloudId, KmsKey, Location } from '../clouds/model.ts'
import { cloudOf, queries } from '../clouds/queries.ts'
import { useProject } from './use-project.ts'

/** Something that could not be read: a whole cloud, or one location of it. The rest is shown all the same. */
export interface Missing {
  readonly cloud: CloudId
  /** Absent when the cloud's locations could not be read. */
  readonly location?: string
  readonly error: Error
  readonly retry: () => void
}

export const useConnections = (): readonly CloudConnection[] => useSuspenseQuery(queries.session()).data.clouds

export interface AllLocations {
  readonly locations: readonly Location[]
  readonly missing: readonly Missing[]
  readonly pending: boolean
}

const failureOf = (result: UseQueryResult<unknown>, where: Pick<Missing, 'cloud' | 'location'>): Missing[] =>
  result.error && result.data === undefined
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
      pending: results.some(({ isPending }) => isPending),
    }),
  })
}

export interface AllKeys {
  readonly keys: readonly KmsKey[]
  readonly missing: readonly Missing[]
  /** Something is still on its way for the first time. */
  readonly pending: boolean
  readonly refreshing: boolean
  readonly refresh: () => void
  /** How many locations have answered, and how many were asked. */
  readonly answered: number
  readonly asked: number
}

/** The keys of every available location of every connected cloud; each location is its own query and may fail alone. */
export function useAllKeys(): AllKeys {
  const project = useProject()
  const { locations, missing, pending } = useLocations()
  const open = useMemo(() => locations.filter(({ available }) => available), [locations])
  const lists = useQueries({
    queries: open.map(({ cloud, id }) => queries.keys(cloud, id, project)),
    combine: (results) => ({
      keys: results.flatMap(({ data }) => data ?? []),
      missing: results.flatMap((result, index) => {
        const location = open[index]
        return location ? failureOf(result, { cloud: location.cloud, location: location.id }) : []
      }),
      pending: results.some(({ isPending }) => isPending),
      refreshing: results.some(({ isFetching }) => isFetching),
      refresh: () => {
        for (const { refetch } of results) void refetch()
      },
      answered: results.filter(({ data }) => data !== undefined).length,
    }),
  })
  return {
    ...lists,
    missing: [...missing, ...lists.missing],
    pending: pending || lists.pending,
    asked: open.length,
  }
}

/** `Thalassa Cloud / acme / payments / nl-01`, or `Exoscale / Local KMS / ch-gva-2`: where something lands, as words. */
export function addressWords(connections: readonly CloudConnection[], { cloud, location, project }: KmsKey): string[] {
  const connection = connections.find(({ id }) => id === cloud)
  const owner = connection?.mode === 'embedded' ? 'Local KMS' : connection?.organisation
  return [cloudOf(cloud).longName, owner, connection?.project ?? project, location].filter((word) => word !== undefined)
}

/** How many keys the lists that were read so far hold. Reads nothing itself. */
export function useKnownKeyCount(): number {
  const client = useQueryClient()
  const count = () =>
    client
      .getQueriesData<readonly KmsKey[]>({ queryKey: ['keys'] })
      .reduce((sum, [, keys]) => sum + (keys?.length ?? 0), 0)
  return useSyncExternalStore((changed) => client.getQueryCache().subscribe(changed), count)
}
