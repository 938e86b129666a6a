/**
 * Changes of a key and its replicas: pure functions from stored keys and the time to changed keys. A primary
 * stores the pending changes of its replicas; replicas never rotate or expire by themselves.
 */
import type { StoredKey } from '../engine/store.ts'
import { type Attributes, attributesOf, type Replica } from './keys.ts'

/** Milliseconds from the registration of a zone to the replica. */
export const REPLICA_DELAY = 2000
/** Milliseconds from a change of the primary to that of its replicas. */
export const CHANGE_DELAY = 1000
/** Milliseconds from a failed attempt to the next. */
export const RETRY_DELAY = 10_000

/** Key with replica states, and the time at which the store must process it again. */
function withReplicaStates(key: StoredKey, replicas: readonly Replica[]): StoredKey {
  const moments = replicas.map(({ dueAt }) => dueAt).filter((moment) => moment !== null)
  const syncAt = moments.length > 0 ? Math.min(...moments) : null
  return { ...key, syncAt, attributes: { ...key.attributes, replicas } }
}

/** Primary after a change that its replicas will follow. */
export function announced(key: StoredKey, now: number): StoredKey {
  const { replicas = [] } = attributesOf(key)
  if (replicas.length === 0) return key
  const soon = (replica: Replica) => ({ ...replica, dueAt: Math.min(replica.dueAt ?? Infinity, now + CHANGE_DELAY) })
  return withReplicaStates(key, replicas.map(soon))
}

/** Primary with more registered zones, whose replicas are created at `dueAt`. */
export function withReplicas(key: StoredKey, zones: readonly string[], dueAt: number): StoredKey {
  const { replicas = [] } = attributesOf(key)
  return withReplicaStates(key, [...replicas, ...zones.map((zone) => ({ zone, applied: 0, dueAt }))])
}

const withState = (key: StoredKey, zone: string, stateOf: (replica: Replica) => Replica): StoredKey => {
  const { replicas = [] } = attributesOf(key)
  return withReplicaStates(
    key,
    replicas.map((replica) => (replica.zone === zone ? stateOf(replica) : replica)),
  )
}

/** Primary once its replica in that zone has its newest revision. */
export const applied = (primary: StoredKey, zone: string): StoredKey =>
  withState(primary, zone, () => ({ zone, applied: primary.revision, dueAt: null }))

/** Primary after a failed attempt to reach that zone. */
export const failed = (primary: StoredKey, zone: string, error: string, now: number): StoredKey =>
  withState(primary, zone, (replica) => ({
    ...replica,
    dueAt: now + RETRY_DELAY,
    failure: { attempted: primary.revision, error, at: now },
  }))

/** Attributes that a replica copies from its primary in any state. */
const inherited = ({ description, usage, multiZone, originZone, rotation, managed }: Attributes) => ({
  ...(description === undefined ? {} : { description }),
  ...(usage === undefined ? {} : { usage }),
  multiZone,
  originZone,
  rotation,
  ...(managed === undefined ? {} : { managed }),
})

/** New replica in another zone. */
export function newReplica(primary: StoredKey, zone: string, now: number): StoredKey {
  const end = primary.destroyAt === null ? {} : { deleteAt: primary.destroyAt }
  return {
    ...primary,
    location: zone,
    origin: primary.location,
    revision: 2,
    updatedAt: now,
    rotateAt: null,
    destroyAt: null,
    syncAt: null,
    attributes: { ...inherited(attributesOf(primary)), statusSince: now, ...end },
  }
}

/** Status of a replica: it follows scheduled deletion and its cancellation, which disables, but not enable and disable. */
function statusOfReplica(primary: StoredKey, replica: StoredKey, seen: number): string {
  if (primary.destroyAt !== null) return primary.status
  return (attributesOf(primary).cancelledIn ?? 0) > seen ? 'disabled' : replica.status
}

/** Replica after all changes of its primary; the same object if none affects it. */
export function replicaOf(primary: StoredKey, replica: StoredKey | undefined, zone: string, now: number): StoredKey {
  if (!replica) return newReplica(primary, zone, now)
  const attributes = attributesOf(primary)
  const before = attributesOf(replica)
  const seen = attributes.replicas?.find((known) => known.zone === zone)?.applied ?? 0
  const status = statusOfReplica(primary, replica, seen)
  const deleteAt = primary.destroyAt ?? undefined
  const hasNews =
    status !== replica.status ||
    deleteAt !== before.deleteAt ||
    JSON.stringify(attributes.rotation) !== JSON.stringify(before.rotation)
  if (!hasNews) return replica
  return {
    ...replica,
    status,
    attributes: {
      ...inherited(attributes),
      statusSince: status === replica.status ? before.statusSince : now,
      ...(deleteAt === undefined ? {} : { deleteAt }),
    },
  }
}
