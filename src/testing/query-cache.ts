/** Content of the query cache, in place of what a gateway has answered. */
import { queryClient } from '../app/query-client.ts'
import type { Session } from '../clouds/gateway/wire.ts'
import { addressOf, type KmsKey, type Location } from '../clouds/model.ts'
import { queries } from '../clouds/queries.ts'

const place = (cloud: string, id: string): Location => ({ cloud, id, available: true })

const fewLocations = [place('thalassa', 'nl-01'), place('exoscale', 'ch-gva-2'), place('exoscale', 'bg-sof-1')]

const session: Session = {
  version: '1.0.0',
  readOnly: false,
  clouds: [
    { id: 'thalassa', mode: 'embedded', organisation: 'o-1' },
    { id: 'exoscale', mode: 'embedded' },
  ],
}

interface CacheContent extends Partial<Session> {
  readonly keys?: readonly KmsKey[]
  /** Id of a location whose list is not known. */
  readonly without?: string
  readonly locations?: readonly Location[]
}

/** Fills the cache with the session, the locations, of which there are three, and the keys in them. */
export function fillCache({ keys = [], without, locations = fewLocations, ...members }: CacheContent = {}): void {
  const { clouds } = { ...session, ...members }
  queryClient.setQueryData(queries.session().queryKey, { ...session, ...members })
  for (const { id } of clouds) {
    const own = locations.filter(({ cloud }) => cloud === id)
    queryClient.setQueryData(queries.locations(id).queryKey, own)
    for (const { id: location } of own.filter(({ id }) => id !== without))
      queryClient.setQueryData(queries.keys(id, location).queryKey, {
        items: keys.filter((key) => key.cloud === id && key.location === location),
        unreadable: [],
      })
  }
  for (const key of keys) {
    queryClient.setQueryData(queries.key(addressOf(key)).queryKey, key)
    queryClient.setQueryData(queries.versions(key).queryKey, {
      items: [{ version: key.latestVersion, createdAt: 0 }],
      unreadable: [],
    })
  }
}

/** Locations with names; one of them has no KMS. */
const namedLocations: readonly Location[] = [
  { cloud: 'thalassa', id: 'nl-01', label: 'Netherlands', available: true },
  {
    cloud: 'thalassa',
    id: 'nl-02',
    label: 'Netherlands 2',
    available: false,
    reason: 'KMS is not available in nl-02.',
  },
  { cloud: 'exoscale', id: 'ch-gva-2', label: 'Geneva', available: true },
  { cloud: 'exoscale', id: 'de-fra-1', label: 'Frankfurt', available: true },
]

/** Fills the cache with both providers, the named locations and these keys. */
export const cacheConsole = (keys: readonly KmsKey[] = []): void => fillCache({ keys, locations: namedLocations })
