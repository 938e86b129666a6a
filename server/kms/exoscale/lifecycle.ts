/** Lifecycle of a key: pure functions from a stored key and the time to the changed key. They throw a Problem to refuse. */
import {
  type Action,
  isZoneName,
  type KeyStatus,
  limits,
  type Refusal,
  statusMachine,
} from '../../../src/clouds/exoscale/rules.ts'
import type { StoredKey } from '../engine/store.ts'
import { requireRotating } from './key-kinds.ts'
import { type Attributes, attributesOf, isDefaultKey, isReplica, statusOf } from './keys.ts'
import { Problem } from './problems.ts'
import { announced, REPLICA_DELAY, withReplicas } from './replicas.ts'

const DAY = 86_400_000

const refusalTexts: Record<Refusal, (key: StoredKey) => string> = {
  'key-disabled': ({ id, status }) => `the key ${id} is ${status}`,
  'key-pending-deletion': ({ id }) => `the key ${id} is pending deletion`,
  'not-pending-deletion': ({ id, status }) => `the key ${id} is not pending deletion, it is ${status}`,
}

/** Status after an action; throws a Problem if it is refused. */
export function statusAfter(key: StoredKey, action: Action): KeyStatus {
  const outcome = statusMachine[action][statusOf(key)]
  if (typeof outcome === 'string') return outcome
  throw new Problem(outcome.refusal, refusalTexts[outcome.refusal](key))
}

export const refuseDefault = (key: StoredKey): void => {
  if (isDefaultKey(key)) throw new Problem('not-on-default', `the key ${key.id} is the organization's default key`)
}

const refuseReplica = (key: StoredKey): void => {
  if (isReplica(key))
    throw new Problem('not-on-replica', `the key ${key.id} in ${key.location} is a replica of the one in ${key.origin}`)
}

interface Changes {
  readonly status?: KeyStatus
  readonly rotation?: Partial<Attributes['rotation']>
  readonly destroyAt?: number | null
  readonly cancelledIn?: number
}

/** Time of the next rotation for the store; null unless the key is an enabled primary with automatic rotation. */
const rotateAt = (status: KeyStatus, { automatic, nextAt }: Attributes['rotation']) =>
  status === 'enabled' && automatic ? nextAt : null

function changed(key: StoredKey, now: number, changes: Changes): StoredKey {
  const { status = statusOf(key), rotation, destroyAt = key.destroyAt, ...more } = changes
  const before = attributesOf(key)
  const after: Attributes = {
    ...before,
    ...more,
    statusSince: status === key.status ? before.statusSince : now,
    rotation: { ...before.rotation, ...rotation },
  }
  const rotates = isReplica(key) ? null : rotateAt(status, after.rotation)
  return announced({ ...key, status, destroyAt, rotateAt: rotates, attributes: after }, now)
}

/** Data of a new key: enabled, automatic rotation on for one that rotates. */
export function newKeyData(
  given: Pick<Attributes, 'description' | 'usage' | 'external' | 'multiZone' | 'originZone' | 'managed'>,
  now: number,
  rotates = true,
) {
  const rotation = {
    automatic: rotates,
    period: limits.rotationPeriod.default,
    nextAt: now + limits.rotationPeriod.default * DAY,
    manualCount: 0,
  }
  const attributes: Attributes = { ...given, statusSince: now, rotation }
  return { status: 'enabled', rotateAt: rotateAt('enabled', rotation), attributes } as const
}

/** Returns the same key if it already has that status. */
export const withStatus =
  (action: 'enable' | 'disable') =>
  (key: StoredKey, now: number): StoredKey => {
    if (action === 'disable') refuseDefault(key)
    const status = statusAfter(key, action)
    return status === key.status ? key : changed(key, now, { status })
  }

/** Schedules deletion; for a key that is pending deletion, the new date replaces the old one. */
export const scheduleDeletion =
  (days: number) =>
  (key: StoredKey, now: number): StoredKey => {
    refuseDefault(key)
    refuseReplica(key)
    return changed(key, now, { status: statusAfter(key, 'scheduleDeletion'), destroyAt: now + days * DAY })
  }

export function cancelDeletion(key: StoredKey, now: number): StoredKey {
  refuseReplica(key)
  const status = statusAfter(key, 'cancelDeletion')
  return changed(key, now, { status, destroyAt: null, cancelledIn: key.revision + 1 })
}

/** Keeps the date of the next automatic rotation. */
export function rotateByHand(key: StoredKey, now: number): StoredKey {
  requireRotating(key)
  refuseReplica(key)
  statusAfter(key, 'rotate')
  const { manualCount } = attributesOf(key).rotation
  if (manualCount >= limits.manualRotations)
    throw new Problem(
      'manual-rotation-limit',
      `the key ${key.id} has had its ${limits.manualRotations} manual rotations`,
    )
  return changed(key, now, { rotation: { manualCount: manualCount + 1 } })
}

/** @param period days */
export const enableRotation =
  (period: number) =>
  (key: StoredKey, now: number): StoredKey => {
    requireRotating(key)
    refuseDefault(key)
    refuseReplica(key)
    statusAfter(key, 'enableRotation')
    if (attributesOf(key).rotation.automatic)
      throw new Problem('conflict', `automatic rotation of the key ${key.id} is already enabled`)
    return changed(key, now, { rotation: { automatic: true, period, nextAt: now + period * DAY } })
  }

/** Keeps the period and the date, as the cloud does. */
export function disableRotation(key: StoredKey, now: number): StoredKey {
  requireRotating(key)
  refuseDefault(key)
  refuseReplica(key)
  statusAfter(key, 'disableRotation')
  if (!attributesOf(key).rotation.automatic)
    throw new Problem('conflict', `automatic rotation of the key ${key.id} is already disabled`)
  return changed(key, now, { rotation: { automatic: false } })
}

/** Refuses an invalid replication, except for conditions of the target zone. */
function refuseReplication(key: StoredKey, zone: string): void {
  refuseDefault(key)
  refuseReplica(key)
  statusAfter(key, 'replicate')
  const { multiZone, replicas = [] } = attributesOf(key)
  if (!multiZone) throw new Problem('not-multizone', `the key ${key.id} was not created for several zones`)
  if (!isZoneName(zone)) throw new Problem('invalid-argument', 'zone must be the name of a zone')
  if (zone === key.location) throw new Problem('invalid-argument', `${zone} is the zone of the key itself`)
  if (replicas.some((replica) => replica.zone === zone))
    throw new Problem('conflict', `the key ${key.id} is already replicated to ${zone}`)
}

/** @param nameTaken whether the zone has another key of that name */
export const replicate =
  (zone: string, nameTaken: boolean) =>
  (key: StoredKey, now: number): StoredKey => {
    refuseReplication(key, zone)
    if (nameTaken) throw new Problem('conflict', `${zone} has another key of that name`)
    return withReplicas(changed(key, now, {}), [zone], now + REPLICA_DELAY)
  }

/**
 * Automatic rotation: the rotated key, or undefined if none is due. One rotation makes up for all missed
 * periods; the next date stays on the schedule.
 */
export function rotateWhenDue(key: StoredKey, now: number): StoredKey | undefined {
  const { automatic, period, nextAt } = attributesOf(key).rotation
  if (isReplica(key) || !automatic || statusOf(key) !== 'enabled' || nextAt > now) return undefined
  const periods = Math.floor((now - nextAt) / (period * DAY)) + 1
  return changed(key, now, { rotation: { nextAt: nextAt + periods * period * DAY } })
}
