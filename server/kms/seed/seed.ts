/** A seed that has been read: rows for the store, with what only the store can tell left open. */
import type { Credential } from '../engine/credentials.ts'
import type { Resource, StoredKey, VersionInfo } from '../engine/store.ts'
import type { Organisation, Project } from '../thalassa/projects.ts'
import type { Path, SeedErrors } from './seed-errors.ts'

export interface SeedVersion extends VersionInfo {
  /** Key material in clear, in the engine's form. */
  readonly material: Uint8Array
}

export interface SeedKey {
  readonly at: Path
  readonly key: StoredKey
  /** The project as the seed names it; undefined for a key of the organisation, and where there are none. */
  readonly project: string | undefined
  readonly versions: readonly SeedVersion[]
  /** Locations with a copy. */
  readonly copies: readonly string[]
  /** Only where the store has no key of its name, as a first start would make it. */
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

/** What a role, an API key or a policy says that can only be looked at with the store, or takes its time. */
export interface SeedExpression {
  readonly at: Path
  readonly expression: string
}

export interface Seed {
  /** A fresh collection of errors, which names the places of this seed. */
  readonly createErrors: () => SeedErrors
  readonly organisation: {
    readonly at: Path
    /** The seed names it; else it is for a store that has none. */
    readonly isGiven: boolean
    /** Whether the seed says the identity; else another one in the store is kept. */
    readonly isIdentityGiven: boolean
    readonly value: Organisation
  }
  readonly projects: { readonly isGiven: boolean; readonly list: readonly Project[] }
  /** Exoscale's; id, name and currency as settings. */
  readonly organization: { readonly isGiven: boolean; readonly id: string; readonly details: string }
  /** Whether the seed lists roles, so that the example of a first start is not wanted. */
  readonly hasRoles: boolean
  readonly resources: readonly SeedResource[]
  readonly expressions: readonly SeedExpression[]
  readonly credentials: readonly SeedCredential[]
  /** Roles that API keys are bound to by id, and that are in the store or nowhere. */
  readonly roleIds: readonly { readonly at: Path; readonly id: string }[]
  readonly keys: readonly SeedKey[]
}
