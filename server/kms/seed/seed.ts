/** Parsed seed: rows for the store, and decisions that need the store's content. */
import type { Credential } from '../engine/credentials.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import type { Resource, Rows, StoredKey, VersionInfo } from '../engine/store.ts'
import type { Path, SeedErrors } from './seed-errors.ts'

export interface SeedVersion extends VersionInfo {
  /** Plaintext key material, in the engine's format. */
  readonly material: Uint8Array
}

export interface SeedKey {
  readonly at: Path
  readonly key: StoredKey
  /** Project by its name in the seed; undefined for a key of the organisation, and for providers without projects. */
  readonly project: string | undefined
  readonly versions: readonly SeedVersion[]
  /** Locations with a copy. */
  readonly copies: readonly string[]
  /** Whether the key is added only if the store has none of its name, as at a first start. */
  readonly isDefault: boolean
}

export interface SeedCredential extends Credential {
  readonly at: Path
  /** Milliseconds. */
  readonly createdAt: number
}

export interface SeedResource {
  readonly at: Path
  readonly resource: Resource
}

/** Store within a transaction, and the errors found. */
export interface Target {
  readonly rows: Rows
  readonly keyWrapper: KeyWrapper
  readonly errors: SeedErrors
}

/** Context of reading a provider's part of a seed. */
export interface SeedContext {
  /** Default time; milliseconds. */
  readonly time: number
  readonly errors: SeedErrors
}

/** Rules for keys that differ between providers. */
export interface SeedKeyRules {
  /** Field names for messages. */
  readonly fields: { readonly id: string; readonly material: string; readonly algorithm: string }
  /** Key of the seed with the later rotations and the replicas of the store's key. */
  merge(stored: StoredKey, given: StoredKey): StoredKey
  /** Changed key that updates its replicas. */
  announced(key: StoredKey): StoredKey
  /** Copy of a key that a location lacks. */
  copyOf(key: StoredKey, location: string): StoredKey
}

/** Result of applying a provider's part, for its credentials and keys. */
export interface AppliedPart {
  /** Further attributes of each credential. */
  readonly credentialAttributes: Readonly<Record<string, unknown>>
  /** Scope of a key; undefined, and an error added, for an unknown project. */
  scopeOf(key: SeedKey): string | undefined
}

/** A provider's part of a seed. */
export interface SeedPart {
  readonly keys: readonly SeedKey[]
  readonly credentials: readonly SeedCredential[]
  readonly resources: readonly SeedResource[]
  readonly keyRules: SeedKeyRules
  /** Names that must be unique, beside those of keys, credentials and resources. */
  readonly uniqueNames: readonly { readonly field: string; readonly entries: readonly UniqueName[] }[]
  /** Asynchronous checks. */
  check?(errors: SeedErrors): Promise<void>
  /** Writes organisation and settings. Called after the part's resources were written. */
  apply(target: Target): AppliedPart
}

export interface UniqueName {
  readonly at: Path
  readonly name: string
}

export interface Seed {
  /** Creates an empty collection of errors with the positions of this seed. */
  readonly createErrors: () => SeedErrors
  readonly parts: readonly SeedPart[]
}
