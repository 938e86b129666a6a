/** What becomes of a key: pure functions from a stored key and the time to the key afterwards. All refuse by a problem. */
import { type Action, type KeyStatus, limits, type Refusal, statusMachine } from '../../../src/clouds/exoscale/rules.ts'
import type { StoredKey } from '../engine/store.ts'
import { type Attributes, attributesOf, statusOf } from './keys.ts'
import { Problem } from './problems.ts'

const DAY = 86_400_000

const refusalTexts: Record<Refusal, (key: StoredKey) => string> = {
  'key-disabled': ({ id, status }) => `the key ${id} is ${status}`,
  'key-pending-deletion': ({ id }) => `the key ${id} is pending deletion`,
  'not-pending-deletion': ({ id, status }) => `the key ${id} is not pending deletion, it is ${status}`,
}

/** The status after an action; throws the problem that refuses it. */
export function statusAfter(key: StoredKey, action: Action): KeyStatus {
  const outcome = statusMachine[action][statusOf(key)]
  if (typeof outcome === 'string') return outcome
  throw new Problem(outcome.refusal, refusalTexts[outcome.refusal](key))
}

interface Changes {
  readonly status?: KeyStatus
  readonly rotation?: Partial<Attributes['rotation']>
  readonly destroyAt?: number | null
}

/** Only an enabled key rotates by itself, so only then does the store hold a time for it. */
const rotateAt = (status: KeyStatus, { automatic, nextAt }: Attributes['rotation']) =>
  status === 'enabled' && automatic ? nextAt : null

function changed(key: StoredKey, now: number, { status = statusOf(key), rotation, destroyAt }: Changes): StoredKey {
  const before = attributesOf(key)
  const after: Attributes = {
    ...before,
    statusSince: status === key.status ? before.statusSince : now,
    rotation: { ...before.rotation, ...rotation },
  }
  return {
    ...key,
    status,
    destroyAt: destroyAt === undefined ? key.destroyAt : destroyAt,
    rotateAt: rotateAt(status, after.rotation),
    attributes: after,
  }
}

/** A new key's own data: enabled, automatic rotation on. */
export function newKeyData(given: Pick<Attributes, 'description' | 'multiZone' | 'originZone'>, now: number) {
  const rotation = {
    automatic: true,
    period: limits.rotationPeriod.default,
    nextAt: now + limits.rotationPeriod.default * DAY,
    manualCount: 0,
  }
  const attributes: Attributes = { ...given, statusSince: now, rotation }
  return { status: 'enabled', rotateAt: rotateAt('enabled', rotation), attributes } as const
}

/** The very same key where it already has that status. */
export const withStatus =
  (action: 'enable' | 'disable') =>
  (key: StoredKey, now: number): StoredKey => {
    const status = statusAfter(key, action)
    return status === key.status ? key : changed(key, now, { status })
  }

/** On a key that waits for its deletion already, the new date counts. */
export const scheduleDeletion =
  (days: number) =>
  (key: StoredKey, now: number): StoredKey =>
    changed(key, now, { status: statusAfter(key, 'scheduleDeletion'), destroyAt: now + days * DAY })

export const cancelDeletion = (key: StoredKey, now: number): StoredKey =>
  changed(key, now, { status: statusAfter(key, 'cancelDeletion'), destroyAt: null })

/** The date of the next automatic rotation stays where it is. */
export function rotateByHand(key: StoredKey, now: number): StoredKey {
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
    statusAfter(key, 'enableRotation')
    if (attributesOf(key).rotation.automatic)
      throw new Problem('conflict', `automatic rotation of the key ${key.id} is already enabled`)
    return changed(key, now, { rotation: { automatic: true, period, nextAt: now + period * DAY } })
  }

/** Keeps the period and the date, as the cloud does. */
export function disableRotation(key: StoredKey, now: number): StoredKey {
  statusAfter(key, 'disableRotation')
  if (!attributesOf(key).rotation.automatic)
    throw new Problem('conflict', `automatic rotation of the key ${key.id} is already disabled`)
  return changed(key, now, { rotation: { automatic: false } })
}

/**
 * Automatic rotation: the key afterwards, or undefined while nothing is due. Missed periods are made up for by one
 * rotation; the next date stays on the grid of the first.
 */
export function rotateWhenDue(key: StoredKey, now: number): StoredKey | undefined {
  const { automatic, period, nextAt } = attributesOf(key).rotation
  if (!automatic || statusOf(key) !== 'enabled' || nextAt > now) return undefined
  const periods = Math.floor((now - nextAt) / (period * DAY)) + 1
  return changed(key, now, { rotation: { nextAt: nextAt + periods * period * DAY } })
}
