/** The number of keys, decided here for every screen: rail, overview, list, pickers and export. */
import type { CloudId, KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { isReplicated } from '../../clouds/replica-groups.ts'
import { count, formatNumber } from '../../lib/numbers.ts'

/** A location, or a whole cloud. */
export interface Place {
  readonly cloud: CloudId
  readonly location?: string
}

export interface KeyCount {
  /** A key with replicas is one. */
  readonly keys: number
  readonly withReplicas: number
  /** Locations whose keys are counted, and locations that were asked. */
  readonly answered: number
  readonly asked: number
  /** What is not counted because it could not be read. */
  readonly missing: readonly Place[]
}

interface Share {
  readonly single: number
  /** Those that other lists may have too. */
  readonly replicated: readonly KmsKey[]
}

const shares = new WeakMap<readonly KmsKey[], Share>()

function shareOf(keys: readonly KmsKey[]): Share {
  const known = shares.get(keys)
  if (known) return known
  const replicated = keys.filter(isReplicated)
  const share = { single: keys.length - replicated.length, replicated }
  shares.set(keys, share)
  return share
}

/** @param lists the keys of each location that was read */
export function countKeys(lists: readonly (readonly KmsKey[])[]): Pick<KeyCount, 'keys' | 'withReplicas'> {
  const parts = lists.map(shareOf)
  const ids = new Set(parts.flatMap(({ replicated }) => replicated.map(({ cloud, id }) => `${cloud}/${id}`)))
  return {
    keys: parts.reduce((sum, { single }) => sum + single, ids.size),
    withReplicas: lists.reduce((sum, { length }) => sum + length, 0),
  }
}

export const nameOfPlace = ({ cloud, location }: Place): string => location ?? cloudOf(cloud).longName

/** `bg-sof-1`, `NAME and 3 locations` */
export function formatPlaces(missing: readonly Place[]): string {
  const [only] = missing
  if (only && missing.length === 1) return nameOfPlace(only)
  const whole = missing.filter(({ location }) => location === undefined)
  const places = missing.length - whole.length
  return [...whole.map(nameOfPlace), ...(places === 0 ? [] : [count(places, 'location')])].join(' and ')
}

/** `without bg-sof-1`; empty when everything was read. */
export const formatWithout = ({ missing }: Pick<KeyCount, 'missing'>): string =>
  missing.length === 0 ? '' : `without ${formatPlaces(missing)}`

/** `35 keys in 9 locations (49 with replicas)`, or `33 keys in 8 of 9 locations, without bg-sof-1`. */
export function formatKeyCount(figures: KeyCount): string {
  const { keys, withReplicas, answered, asked } = figures
  const locations =
    answered < asked ? `${formatNumber(answered)} of ${count(asked, 'location')}` : count(asked, 'location')
  const replicas = withReplicas > keys ? ` (${formatNumber(withReplicas)} with replicas)` : ''
  return [`${count(keys, 'key')} in ${locations}${replicas}`, formatWithout(figures)].filter(Boolean).join(', ')
}
