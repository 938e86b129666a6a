/** Thalassa Cloud KMS: limits, state machine and slug rule, as data for the local KMS and the console. */

import { type AlgorithmName, algorithms } from '../algorithms.ts'

/** Algorithms of the table that keys can have; their names are the key types. */
export const keyTypes = algorithms.filter(({ family }) => family !== 'ml-dsa')
export type KeyType = Exclude<AlgorithmName, 'ml-dsa-65' | 'ml-dsa-87'>

export const isKeyType = (name: string): name is KeyType => keyTypes.some((type) => type.name === name)

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
  /** Decoded bytes of signed or authenticated input. */
  input: { min: 1, max: 65_535 },
  /** Days between scheduling a deletion and the destruction; fixed. */
  deletionWindow: 30,
  /** Characters; longer slugs are cut. */
  slug: 63,
  /** Characters each. */
  labels: { count: 64, key: 255, value: 1024 },
} as const

export interface HashAlgorithm {
  /** Name in the API. */
  readonly name: string
  /** Accepted aliases in lower case; case is ignored. */
  readonly spellings: readonly string[]
  /** Node's name. */
  readonly digest: 'sha1' | `sha${224 | 256 | 384 | 512}` | `sha3-${224 | 256 | 384 | 512}`
  /** Length of the digest in bytes. */
  readonly bytes: number
}

const sha1: HashAlgorithm = { name: 'sha1', spellings: ['sha-1'], digest: 'sha1', bytes: 20 }

const sha2 = (bits: 224 | 256 | 384 | 512): HashAlgorithm => ({
  name: `sha2-${bits}`,
  spellings: [`sha${bits}`, `sha-${bits}`],
  digest: `sha${bits}`,
  bytes: bits / 8,
})

const sha3 = (bits: 224 | 256 | 384 | 512): HashAlgorithm => ({
  name: `sha3-${bits}`,
  spellings: [],
  digest: `sha3-${bits}`,
  bytes: bits / 8,
})

const [sha256, sha512] = [sha2(256), sha2(512)]

/** Default hash of a request: for RSA, ECDSA on every curve, and HMAC. */
export const defaultHash = sha256

/** Hashes of HMAC keys. */
export const macHashAlgorithms = [sha2(224), sha256, sha2(384), sha512, sha3(224), sha3(256), sha3(384), sha3(512)]

/** Hashes of RSA and ECDSA keys. `none` would need a scheme that the API can't select. */
export const hashAlgorithms: readonly HashAlgorithm[] = [...macHashAlgorithms, sha1]

/** Types of HMAC keys with a fixed hash. */
export const fixedMacHashes: ReadonlyMap<string, HashAlgorithm> = new Map([
  ['hmac-sha256', sha256],
  ['hmac-sha512', sha512],
])

/** Hash by name: `sha2-256`, `sha256` and `SHA-256` are the same. Undefined for an unknown name. */
export function hashNamed(name: string): HashAlgorithm | undefined {
  const lower = name.toLowerCase()
  return hashAlgorithms.find((hash) => hash.name === lower || hash.spellings.includes(lower))
}

/** Actions on a key; each has a row in the state machine. */
export type Action = 'use' | 'rotate' | 'configureRotation' | 'disable' | 'enable' | 'delete' | 'cancelDeletion'

export interface Refused {
  readonly message: string
}

const disabled: Refused = { message: 'kms key is disabled' }
const pending: Refused = { message: 'kms key is pending deletion' }
const notPending: Refused = { message: 'kms key is not pending deletion' }

/** State machine: status after an action by current status, or the reason of the refusal (HTTP 400). */
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
 * Slug of a name: lower case, each run of anything but `a-z0-9` becomes one dash, dashes trimmed at both
 * ends, cut to 63 characters. May be empty, which the API refuses.
 */
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, limits.slug)
    .replace(/-+$/, '')

/** Bring your own key: hashes of RSA-OAEP (for label and MGF1), case-insensitive. */
export const wrappingHashes = ['SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512'] as const
export type WrappingHash = (typeof wrappingHashes)[number]
export const DEFAULT_WRAPPING_HASH: WrappingHash = 'SHA256'

/** Algorithm in answers about the wrapping key. */
export const WRAPPING_KEY_ALGORITHM = 'rsa-4096'

/** Bytes of the first part of a wrapped blob, under a wrapping key of 4096 bits. */
const WRAPPED_KEY = 512

/** AES key wrap with padding (RFC 5649): whole blocks of 8 bytes and one more. */
const keyWrapped = (bytes: number) => 8 * (Math.ceil(bytes / 8) + 1)

interface ImportForm {
  readonly form: 'raw' | 'pkcs8'
  /**
   * Bytes before wrapping: exact for raw keys. For PKCS#8 DER the range of common tools, with and without
   * the public part, but without attributes.
   */
  readonly bytes: { readonly min: number; readonly max: number }
}

/** Wrapped material of each importable type; other types have no row. */
export const importForms: ReadonlyMap<string, ImportForm> = new Map<KeyType, ImportForm>([
  ['aes128-gcm96', { form: 'raw', bytes: { min: 16, max: 16 } }],
  ['aes256-gcm96', { form: 'raw', bytes: { min: 32, max: 32 } }],
  ['chacha20-poly1305', { form: 'raw', bytes: { min: 32, max: 32 } }],
  ['rsa-2048', { form: 'pkcs8', bytes: { min: 1200, max: 1232 } }],
  ['rsa-3072', { form: 'pkcs8', bytes: { min: 1776, max: 1808 } }],
  ['rsa-4096', { form: 'pkcs8', bytes: { min: 2356, max: 2388 } }],
  ['ecdsa-p256', { form: 'pkcs8', bytes: { min: 67, max: 150 } }],
  ['ecdsa-p384', { form: 'pkcs8', bytes: { min: 80, max: 194 } }],
  ['ecdsa-p521', { form: 'pkcs8', bytes: { min: 98, max: 251 } }],
  ['ed25519', { form: 'pkcs8', bytes: { min: 48, max: 83 } }],
])

/** Decoded bytes of a complete wrapped blob for a type; undefined if it can't be imported. */
export function wrappedSize(keyType: string): { readonly min: number; readonly max: number } | undefined {
  const form = importForms.get(keyType)
  const whole = (bytes: number) => WRAPPED_KEY + keyWrapped(bytes)
  return form && { min: whole(form.bytes.min), max: whole(form.bytes.max) }
}
