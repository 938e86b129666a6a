import { type UseQueryResult, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { detailsOf } from '../../clouds/errors.ts'
import type { KeyAddress, KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { caughtUp, isInSync, type KeyLocation, keyLocations, originZoneOf } from './replicas.ts'

/** Milliseconds between two reads while a replica is not current. */
const POLL_INTERVAL = 1500

const isMissing = (error: Error | null) => error !== null && detailsOf(error).reason === 'not-found'

/** Result of reading the key in a location. */
export type KeyAtLocation =
  | { readonly kind: 'reading' }
  | { readonly kind: 'key'; readonly key: KmsKey }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly error: Error; readonly retry: () => void }

export interface ReplicaRow extends KeyLocation {
  readonly read: KeyAtLocation
}

export interface Replicas {
  /** Primary as last read; undefined until then. */
  readonly primary: KmsKey | undefined
  readonly error: Error | null
  readonly retrying: boolean
  readonly retry: () => void
  readonly rows: readonly ReplicaRow[]
  /** Locations that caught up last, since the page was opened. */
  readonly caughtUp: readonly string[]
}

const addressIn = ({ cloud, id }: KmsKey, location: string): KeyAddress => ({ cloud, location, key: id })

function keyAtLocation({ data, error, refetch }: UseQueryResult<KmsKey>): KeyAtLocation {
  if (isMissing(error)) return { kind: 'missing' }
  if (data) return { kind: 'key', key: data }
  return error ? { kind: 'failed', error, retry: () => void refetch() } : { kind: 'reading' }
}

/** Invalidates the key where its replication progressed, and returns the locations that have caught up. */
function useCaughtUp(key: KmsKey, places: readonly KeyLocation[]): readonly string[] {
  const client = useQueryClient()
  const before = useRef<readonly KeyLocation[]>([])
  const [news, setNews] = useState<readonly string[]>([])
  useEffect(() => {
    const known = new Map(before.current.map((place) => [place.location, place]))
    const changed = places.filter(({ location, replication, applied }) => {
      const earlier = known.get(location)
      return earlier !== undefined && (earlier.replication !== replication || earlier.applied !== applied)
    })
    for (const { location } of changed) {
      void client.invalidateQueries({ queryKey: queries.key(addressIn(key, location)).queryKey })
      void client.invalidateQueries({ queryKey: queries.keys(key.cloud, location).queryKey, refetchType: 'none' })
    }
    const arrived = caughtUp(before.current, places)
    if (arrived.length > 0) setNews(arrived)
    before.current = places
  }, [client, key, places])
  return news
}

/** Primary and locations of a key; polled until all are current. */
export function useReplicas(key: KmsKey): Replicas {
  const primary = useQuery({
    ...queries.key(addressIn(key, originZoneOf(key))),
    refetchInterval: ({ state }) => (state.data && !isInSync(state.data) ? POLL_INTERVAL : false),
  })
  const places = primary.data ? keyLocations(primary.data) : []
  const results = useQueries({
    queries: places.map(({ location, replication }) => ({
      ...queries.key(addressIn(key, location)),
      // A replica that the primary reports as current can appear a moment later.
      refetchInterval: ({ state }: { state: { error: Error | null } }) =>
        replication !== 'failing' && isMissing(state.error) ? POLL_INTERVAL : (false as const),
    })),
  })
  return {
    primary: primary.data,
    error: primary.error,
    retrying: primary.isFetching,
    retry: () => void primary.refetch(),
    rows: places.map((place, index) => {
      const result = results[index]
      return { ...place, read: result ? keyAtLocation(result) : { kind: 'reading' } }
    }),
    caughtUp: useCaughtUp(key, places),
  }
}
