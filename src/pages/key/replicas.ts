/** A key in several locations, as its Replicas tab tells it. */
import type { KmsKey, ReplicaState } from '../../clouds/model.ts'
import { formatWithRelative } from '../shared/format-time.ts'

export type ReplicationState = ReplicaState['state'] | 'primary' | 'unknown'

/** A location that has the key, or will. */
export interface KeyLocation {
  readonly location: string
  /** How far it has come with what the primary decided; `unknown` where the cloud doesn't say. */
  readonly replication: ReplicationState
  readonly applied?: number
  readonly failure?: ReplicaState['failure']
}

export const isReplica = ({ traits }: KmsKey): boolean => traits.includes('replica')

export const originZoneOf = ({ originZone, location }: KmsKey): string => originZone ?? location

/** The primary's place and those of its replicas, in the order in which they were asked for. */
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

/** Whether every replica has all that the primary decided. */
export const isInSync = (primary: KmsKey): boolean =>
  keyLocations(primary).every(({ replication }) => inSync.has(replication))

/** Places that have caught up between two readings; none on the first. */
export const caughtUp = (before: readonly KeyLocation[], after: readonly KeyLocation[]): string[] =>
  after
    .filter(
      ({ location, replication }) =>
        replication === 'current' && before.some((one) => one.location === location && one.replication !== 'current'),
    )
    .map(({ location }) => location)

/** `Revision 3 of 5 applied`; the revision that the primary is at is the second number. */
export function formatProgress(
  { replication, applied }: KeyLocation,
  revision: number | undefined,
): string | undefined {
  if (replication === 'primary') return revision === undefined ? undefined : `At revision ${revision}`
  if (applied === undefined || revision === undefined) return undefined
  return applied === 0 ? `Nothing applied yet of revision ${revision}` : `Revision ${applied} of ${revision} applied`
}

/** What failed and when, and whether it still matters. */
export function formatFailure({ replication, failure }: KeyLocation, now: number): string | undefined {
  if (!failure) return undefined
  const after = replication === 'failing' ? '' : ' It has been applied since.'
  return `Revision ${failure.attempted} failed on ${formatWithRelative(failure.at, now)}: “${failure.error}”.${after}`
}
