import type { KmsKey, Location } from '../clouds/model.ts'
import { fillCache } from './query-cache.ts'

/** Locations of both providers; one of them has no KMS. */
const locations: readonly Location[] = [
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

/** Fills the cache with both providers, their locations and these keys. */
export const cacheConsole = (keys: readonly KmsKey[] = []): void => fillCache({ keys, locations })
