/** What a console has read before a component is rendered: then no query asks a server. */
import { queryClient } from '../app/query-client.ts'
import type { KmsKey, Location } from '../clouds/model.ts'
import { queries } from '../clouds/queries.ts'

/** Locations of both providers; one of them has no KMS. */
export const locations: readonly Location[] = [
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

/** Fills the query cache with a session of both providers, their locations and these keys. */
export function cacheConsole(keys: readonly KmsKey[] = []): void {
  queryClient.setQueryData(queries.session().queryKey, {
    version: '1.0.0',
    readOnly: false,
    clouds: [
      { id: 'thalassa', mode: 'embedded' },
      { id: 'exoscale', mode: 'embedded', zones: ['ch-gva-2', 'de-fra-1'] },
    ],
  })
  for (const [cloud, there] of Map.groupBy(locations, ({ cloud }) => cloud)) {
    queryClient.setQueryData(queries.locations(cloud).queryKey, there)
    for (const { id } of there.filter(({ available }) => available))
      queryClient.setQueryData(
        queries.keys(cloud, id).queryKey,
        keys.filter((key) => key.cloud === cloud && key.location === id),
      )
  }
}
