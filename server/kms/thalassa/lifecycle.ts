import { type Action, limits } from '../../../src/clouds/thalassa/rules.ts'
import type { AutomaticRotation } from '../engine/due-jobs.ts'
import type { StoredKey } from '../engine/store.ts'
import { ApiError } from './errors.ts'
import {
  answered,
  attributesOf,
  existing,
  type KeyOperation,
  nextRotation,
  requireRotatable,
  statusAfter,
} from './keys.ts'
import { optionalFlag, rotationPeriod } from './validation.ts'

const DELETION_WINDOW = limits.deletionWindow * 86_400_000

const move =
  (action: Action) =>
  (key: StoredKey, now: number): StoredKey => {
    const status = statusAfter(action, key)
    if (status === key.status) return key
    return { ...key, status, destroyAt: status === 'pending_deletion' ? now + DELETION_WINDOW : null }
  }

const transition =
  (action: Action): KeyOperation =>
  async (call) =>
    existing(await call.keyring.change(call.key, move(action), answered(call)))

export const disable = transition('disable')
export const enable = transition('enable')
/** Schedules destruction after the fixed window; deleting again keeps the date. */
export const scheduleDeletion = transition('delete')
export const cancelDeletion = transition('cancelDeletion')

/** Adds a version, which restarts the interval of automatic rotation. */
function rotated(key: StoredKey, now: number): StoredKey {
  const attributes = { ...attributesOf(key), rotatedAt: now }
  return { ...key, attributes, rotateAt: nextRotation(now, attributes) }
}

const rotateOnRequest = (before: StoredKey, now: number): StoredKey => {
  statusAfter('rotate', before)
  requireRotatable(attributesOf(before))
  return rotated(before, now)
}

export const rotate: KeyOperation = async (call) =>
  existing(await call.keyring.rotate(call.key, rotateOnRequest, answered(call)))

/** Automatic rotation. Disabled keys and keys pending deletion wait; once active, they are rotated at the next run. */
export const rotateWhenDue: AutomaticRotation = (key, now) => (key.status === 'active' ? rotated(key, now) : undefined)

/** Changes rotation settings; an absent member keeps its setting. */
export const updateRotation: KeyOperation = async (call, body) => {
  const { keyring, key } = call
  statusAfter('configureRotation', key)
  const enabled = optionalFlag(body, 'keyRotationEnabled')
  const period = rotationPeriod(body)
  const decide = (before: StoredKey): StoredKey => {
    statusAfter('configureRotation', before)
    const stored = attributesOf(before)
    const attributes = {
      ...stored,
      keyRotationEnabled: enabled ?? stored.keyRotationEnabled,
      ...(period !== undefined && { rotationPeriodInDays: period }),
    }
    if (attributes.keyRotationEnabled) requireRotatable(stored)
    if (attributes.keyRotationEnabled && attributes.rotationPeriodInDays === undefined)
      throw new ApiError(400, 'rotationPeriodInDays is required when keyRotationEnabled is true')
    const same =
      attributes.keyRotationEnabled === stored.keyRotationEnabled &&
      attributes.rotationPeriodInDays === stored.rotationPeriodInDays
    if (same) return before
    return { ...before, attributes, rotateAt: nextRotation(stored.rotatedAt ?? before.createdAt, attributes) }
  }
  return existing(await keyring.change(key, decide, answered(call)))
}
