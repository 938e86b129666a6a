/** Replication state of a key in several locations. */
import type { KmsKey, ReplicaState } from '../../clouds/model.ts'
import { formatWithRelative } from '../../lib/dates.ts'

export type ReplicationState = ReplicaState['state'] | 'primary' | 'unknown'

/** Location that has the key or will have it. */
export interface KeyLocation {
  readonly location: string
  /** Progress with the primary's revisions; `unknown` where the API has none. */
  readonly replication: ReplicationState
  readonly applied?: number
  readonly failure?: ReplicaState['failure']
}

export const isReplica = ({ traits }: KmsKey): boolean => traits.includes('replica')

/** Whether the key can be in several locations. */
export const isMultiZone = (key: KmsKey): boolean =>
  isReplica(key) || key.traits.includes('multi-zone') || (key.replicas ?? []).length > 0

export const originZoneOf = ({ originZone, location }: KmsKey): string => originZone ?? location

/** Location of the primary and those of its replicas, in the order of their creation. */
export function keyLocations(primary: KmsKey): KeyLocation[] {
  const states = new Map((primary.replicaStates ?? []).map((state) => [state.location, state]))
  const replicas = [...new Set([...(primary.replicas ?? []), ...states.keys()])]
  return [
    { location: primary.location, replication: 'primary' },
    ...replicas.map((location): KeyLocation => {
      const state = states.get(location)
      if (!state) return { location, replication: 'unknown' }
      const { applied, failure } = state
      return { location, replication: state.state, applied, ...(failure ? { failure } : {}) }
    }),
  ]
}

const inSync: ReadonlySet<ReplicationState> = new Set(['primary', 'current'])

/** Whether every replica has applied the primary's latest revision. */
export const isInSync = (primary: KmsKey): boolean =>
  keyLocations(primary).every(({ replication }) => inSync.has(replication))

/** Locations that have caught up between two readings; none on the first. */
export const caughtUp = (before: readonly KeyLocation[], after: readonly KeyLocation[]): string[] =>
  after
    .filter(
      ({ location, replication }) =>
        replication === 'current' && before.some((one) => one.location === location && one.replication !== 'current'),
    )
    .map(({ location }) => location)

/** `Revision 3 of 5 applied`, where 5 is the primary's revision. */
export function formatProgress({ applied }: KeyLocation, revision: number | undefined): string | undefined {
  if (applied === undefined || revision === undefined) return undefined
  return applied === 0 ? `Revision ${revision} not applied yet` : `Revision ${applied} of ${revision} applied`
}

/** Last failure of a replica, its time, and whether the revision was applied since. */
export function formatFailure({ replication, failure }: KeyLocation, now: number): string | undefined {
  if (!failure) return undefined
  const after = replication === 'failing' ? '' : ' It is applied now.'
  const when = failure.at === undefined ? '' : ` on ${formatWithRelative(failure.at, now)}`
  return `Revision ${failure.attempted} failed${when}: “${failure.error}”.${after}`
}
