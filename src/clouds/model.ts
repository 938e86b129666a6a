/** Model of keys and locations that all providers share. */

import type { Purpose } from './algorithms.ts'
import type { Period } from './period.ts'

/** Id of a registered provider; `registry.ts` checks those that come from outside. */
export type CloudId = string

/** Milliseconds since the epoch. */
export type Instant = number

/** A place that holds keys: a region, a zone or a mount, as `capabilities.locationNoun` names it. */
export interface Location {
  readonly cloud: CloudId
  /** As it stands in paths: a region's slug or a zone's name. */
  readonly id: string
  /** For people, where it says more than the id: a city or the region's name. */
  readonly label?: string
  readonly available: boolean
  /** Why it can't be used; only when not available. */
  readonly reason?: string
}

/** Scope below the organisation that owns keys. */
export interface Project {
  readonly id: string
  readonly name: string
  readonly slug: string
}

export interface KeyAddress {
  readonly cloud: CloudId
  readonly location: string
  /** Id of the key; some providers take its slug too. */
  readonly key: string
  /** The project it is asked for in, where the cloud has projects; without it, the organisation's own keys are meant. */
  readonly project?: string
}

/** Where a list of keys is: a location, and within it the organisation's keys or a project's. */
export interface KeyScope {
  readonly location: string
  readonly project?: string | undefined
}

export interface Rotation {
  readonly automatic: boolean
  /** Why the key has one version for life, as one sentence; absent for keys that can rotate. */
  readonly never?: string
  /** In the provider's unit; kept while automatic rotation is off, absent when none was ever set. */
  readonly period?: Period
  /** When the latest version was made; absent for the first version, and where the list does not say it. */
  readonly lastAt?: Instant
  /** When the next automatic rotation is due; absent when it is off or stopped. */
  readonly nextAt?: Instant
  /** Manual rotations used so far, where the cloud limits them. */
  readonly manual?: { readonly used: number; readonly limit: number }
}

export interface KeyVersion {
  readonly version: number
  /** Absent where it is not known. */
  readonly createdAt?: Instant
  /** Reason of the version; absent where the provider doesn't report it. */
  readonly trigger?: 'created' | 'automatic' | 'manual'
  /** Provider's status of the version, where it has one. */
  readonly providerStatus?: string
}

/** How far another location has come with what the primary decided. Numbers are revisions of the primary. */
export interface ReplicaState {
  readonly location: string
  readonly applied: number
  readonly state: 'current' | 'behind' | 'failing'
  /** The last one, also when a later try went well. */
  readonly failure?: { readonly attempted: number; readonly error: string; readonly at?: Instant }
}

/** `default`: the organisation's own key, which the cloud makes and manages. */
export type KeyTrait = 'imported' | 'exportable' | 'multi-zone' | 'replica' | 'default' | 'external'

/** Where the material of a key with the trait `external` is: a key store outside of the cloud. */
export interface ExternalKey {
  /** Id of the key store. */
  readonly store: string
  /** Id of the key behind it. */
  readonly key: string
}

export interface KmsKey {
  readonly cloud: CloudId
  readonly location: string
  readonly id: string
  readonly name: string
  readonly slug?: string
  readonly description?: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  /** Kind of key by the provider's own name, as `capabilities.typeOf` gives it. */
  readonly type: string
  /** The answer names no type: `type` is the only one that such a service has. */
  readonly assumedType?: true
  readonly purpose: Purpose
  readonly can: readonly Purpose[]
  /** Id of the status by the provider's own name; `statusOf` gives its label, group and refusals. */
  readonly status: string
  readonly rotation: Rotation
  readonly latestVersion: number
  readonly minDecryptionVersion?: number
  readonly external?: ExternalKey
  /** Absent where the provider doesn't report it. */
  readonly createdAt?: Instant
  readonly updatedAt?: Instant
  /** When a pending key is destroyed. */
  readonly destroyedAt?: Instant
  readonly traits: readonly KeyTrait[]
  readonly originZone?: string
  /** Other locations that hold the key. */
  readonly replicas?: readonly string[]
  /** Only where the single key was read from its primary. */
  readonly replicaStates?: readonly ReplicaState[]
  /** Grows with every change, where the cloud counts them. */
  readonly revision?: number
  /** The project that it belongs to, where it is no organisation's key. */
  readonly projectId?: string
  /** The project that it was asked for in, as it was asked: slug or identity. */
  readonly project?: string
}

/** Project that the key belongs to; by identity where the provider reports it. */
export const projectOf = ({ projectId, project }: KmsKey): string | undefined => projectId ?? project

export const addressOf = ({ cloud, location, id, project }: KmsKey): KeyAddress => ({
  cloud,
  location,
  key: id,
  ...(project === undefined ? {} : { project }),
})
