/** Exoscale KMS: zones, limits and state machine, as data for the local KMS, the gateway and the console. */

export const zones = [
  { name: 'ch-gva-2', city: 'Geneva' },
  { name: 'ch-dk-2', city: 'Zurich' },
  { name: 'at-vie-1', city: 'Vienna' },
  { name: 'de-fra-1', city: 'Frankfurt' },
  { name: 'bg-sof-1', city: 'Sofia' },
  { name: 'de-muc-1', city: 'Munich' },
  { name: 'at-vie-2', city: 'Vienna' },
  { name: 'hr-zag-1', city: 'Zagreb' },
] as const
export type ZoneName = (typeof zones)[number]['name']

export const defaultZone: ZoneName = 'ch-gva-2'

export const isZoneName = (name: string): name is ZoneName => zones.some((zone) => zone.name === name)

export const keyStatuses = ['enabled', 'disabled', 'pending-deletion'] as const
export type KeyStatus = (typeof keyStatuses)[number]

export const limits = {
  /** Characters. */
  name: { min: 1, max: 255 },
  /** Characters. */
  description: { max: 255 },
  /** Days. */
  rotationPeriod: { min: 90, max: 2560, default: 365 },
  /** Days between scheduling a deletion and the destruction. */
  deletionDelay: { min: 7, max: 30, default: 30 },
  /** Per lifetime of a key; can't be raised. */
  manualRotations: 10,
  /** Primaries per zone; replicas don't count. */
  keysPerZone: 1000,
  /** Decoded bytes. No limit is published; these are generous. */
  plaintext: { min: 0, max: 65_536 },
  /** Longest plaintext plus the 53 bytes that the local KMS adds, so that it can decrypt all its ciphertext. */
  ciphertext: { max: 65_536 + 53 },
  /** Decoded bytes that every proxy of an external key store takes. */
  externalPlaintext: { min: 0, max: 4300 },
  encryptionContext: { max: 4096 },
  /** Decoded bytes of a message to sign or verify; a digest has its own length. */
  message: { min: 1, max: 4096 },
  /** Decoded bytes. */
  signature: { min: 1, max: 6144 },
  /** Bytes of a data key of custom length. */
  dataKey: { min: 1, max: 1024 },
  /** Characters. */
  apiKeyName: { min: 1, max: 255 },
  /** Characters. */
  roleName: { min: 1, max: 191 },
  /** Characters. */
  roleDescription: { min: 1, max: 255 },
  /** Characters. */
  keyStoreName: { min: 1, max: 256 },
  /** Characters. */
  keyStoreDescription: { max: 1024 },
} as const

/** Id of a key behind an external key store. */
export const EXTERNAL_KEY_ID = /^[\w.-]{1,128}$/

/** Data key specifications with their length in bytes. */
export const dataKeySpecs = { 'AES-256': 32 } as const

export type Action =
  | 'use'
  | 'rotate'
  | 'enableRotation'
  | 'disableRotation'
  | 'enable'
  | 'disable'
  | 'scheduleDeletion'
  | 'cancelDeletion'
  | 'replicate'

/** Refusals by a key's status, by the slug of the problem's type. */
export type Refusal = 'key-disabled' | 'key-pending-deletion' | 'not-pending-deletion'

export interface Refused {
  readonly refusal: Refusal
}

const disabled: Refused = { refusal: 'key-disabled' }
const pending: Refused = { refusal: 'key-pending-deletion' }
const notPending: Refused = { refusal: 'not-pending-deletion' }

/** State machine: status after an action by current status, or the problem of the refusal. */
export const statusMachine: Record<Action, Record<KeyStatus, KeyStatus | Refused>> = {
  use: { enabled: 'enabled', disabled: disabled, 'pending-deletion': disabled },
  rotate: { enabled: 'enabled', disabled: disabled, 'pending-deletion': pending },
  enableRotation: { enabled: 'enabled', disabled: disabled, 'pending-deletion': pending },
  disableRotation: { enabled: 'enabled', disabled: disabled, 'pending-deletion': pending },
  enable: { enabled: 'enabled', disabled: 'enabled', 'pending-deletion': pending },
  disable: { enabled: 'disabled', disabled: 'disabled', 'pending-deletion': pending },
  scheduleDeletion: {
    enabled: 'pending-deletion',
    disabled: 'pending-deletion',
    'pending-deletion': 'pending-deletion',
  },
  replicate: { enabled: 'enabled', disabled: 'disabled', 'pending-deletion': pending },
  /** Status after a cancelled deletion: the key must be enabled separately. */
  cancelDeletion: { enabled: notPending, disabled: notPending, 'pending-deletion': 'disabled' },
}
