/** Thalassa Cloud KMS: limits, the status machine and the slug rule, as data for the local KMS and the console. */

export const keyStatuses = ['active', 'disabled', 'pending_deletion'] as const
export type KeyStatus = (typeof keyStatuses)[number]

export const limits = {
  /** Characters. */
  name: { min: 1, max: 255 },
  /** Characters. */
  description: { max: 1024 },
  /** Days. */
  rotationPeriod: { min: 1, max: 3650 },
  /** Decoded bytes. */
  plaintext: { min: 1, max: 65_535 },
  /** Days between scheduling a deletion and the destruction; fixed. */
  deletionWindow: 30,
  /** Characters; what is longer is cut. */
  slug: 63,
  /** Characters each: room for what people write, a bound for what they send. */
  labels: { count: 64, key: 255, value: 1024 },
} as const

/** What is done to a key; each has a row in the status machine. */
export type Action = 'use' | 'rotate' | 'configureRotation' | 'disable' | 'enable' | 'delete' | 'cancelDeletion'

export interface Refused {
  readonly message: string
}

const disabled: Refused = { message: 'kms key is disabled' }
const pending: Refused = { message: 'kms key is pending deletion' }
const notPending: Refused = { message: 'kms key is not pending deletion' }

/** The status a key has after an action, from the status it has now; or why the action is refused (HTTP 400). */
export const statusMachine: Record<Action, Record<KeyStatus, KeyStatus | Refused>> = {
  use: { active: 'active', disabled: disabled, pending_deletion: pending },
  rotate: { active: 'active', disabled: disabled, pending_deletion: pending },
  configureRotation: { active: 'active', disabled: 'disabled', pending_deletion: pending },
  disable: { active: 'disabled', disabled: 'disabled', pending_deletion: pending },
  enable: { active: 'active', disabled: 'active', pending_deletion: pending },
  delete: { active: 'pending_deletion', disabled: 'pending_deletion', pending_deletion: 'pending_deletion' },
  cancelDeletion: { active: notPending, disabled: notPending, pending_deletion: 'active' },
}

/**
 * The slug that a name gets: lower case, each run of anything but `a-z0-9` becomes one dash, dashes trimmed at both
 * ends, cut to 63 characters. Empty when nothing of the name is left, which the API refuses.
 */
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, limits.slug)
    .replace(/-+$/, '')
