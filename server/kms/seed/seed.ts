/** A seed that has been read: rows for the store, and what only the store can decide. */
import type { Credential } from '../engine/credentials.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import type { Resource, Rows, StoredKey, VersionInfo } from '../engine/store.ts'
import type { Path, SeedErrors } from './seed-errors.ts'

export interface SeedVersion extends VersionInfo {
  /** Key material in clear, in the engine's form. */
  readonly material: Uint8Array
}

export interface SeedKey {
  readonly at: Path
  readonly key: StoredKey
  /** Project as the seed names it; undefined for a key of the organisation, and where there are none. */
  readonly project: string | undefined
  readonly versions: readonly SeedVersion[]
  /** Locations with a copy. */
  readonly copies: readonly string[]
  /** Only for a store that has no key of its name, as a first start would make it. */
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

/** A store within a transaction, and the errors found. */
export interface Target {
  readonly rows: Rows
  readonly keyWrapper: KeyWrapper
  readonly errors: SeedErrors
}

/** Context of reading a provider's part of a seed. */
export interface SeedContext {
  /** Time of everything that has none; milliseconds. */
  readonly time: number
  readonly errors: SeedErrors
}

/** Rules for keys that differ between providers. */
export interface SeedKeyRules {
  /** Names of the fields, for messages. */
  readonly fields: { readonly id: string; readonly material: string; readonly algorithm: string }
  /** Key of the seed with what the store's key keeps: rotations since, replicas. */
  merge(stored: StoredKey, given: StoredKey): StoredKey
  /** A changed key, with the news for its replicas. */
  announced(key: StoredKey): StoredKey
  /** Copy of a key that a location lacks. */
  copyOf(key: StoredKey, location: string): StoredKey
}

/** Result of applying a provider's part, for its credentials and keys. */
export interface AppliedPart {
  /** Attributes of each credential beside its own. */
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
  /** Checks that take time. */
  check?(errors: SeedErrors): Promise<void>
  /** Writes organisation and settings. Called after the part's resources were written. */
  apply(target: Target): AppliedPart
}

export interface UniqueName {
  readonly at: Path
  readonly name: string
}

export interface Seed {
  /** Makes an empty collection of errors, which names the places of this seed. */
  readonly createErrors: () => SeedErrors
  readonly parts: readonly SeedPart[]
}
