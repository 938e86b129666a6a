/** The neutral model that screens speak. What differs between clouds is announced here as data, never asked by name. */
import type { Purpose } from './algorithms.ts'

export type CloudId = 'thalassa' | 'exoscale'

/** Milliseconds since the epoch. */
export type Instant = number

/** A region (Thalassa) or zone (Exoscale). */
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

/** A scope below the organisation, with keys of its own. */
export interface Project {
  readonly id: string
  readonly name: string
  readonly slug: string
}

export interface KeyAddress {
  readonly cloud: CloudId
  readonly location: string
  /** The key's id (Thalassa also takes its slug). */
  readonly key: string
  /** The project it is asked for in, where the cloud has projects; without it, the organisation's own keys are meant. */
  readonly project?: string
}

export type KeyStatus = 'active' | 'disabled' | 'pending'

export interface Rotation {
  readonly automatic: boolean
  /** Days; kept while automatic rotation is off, absent when none was ever set. */
  readonly periodInDays?: number
  /** When the next automatic rotation is due; absent when it is off or stopped. */
  readonly nextAt?: Instant
  /** Manual rotations used so far, where the cloud limits them. */
  readonly manual?: { readonly used: number; readonly limit: number }
}

export interface KeyVersion {
  readonly version: number
  readonly createdAt: Instant
  /** Undefined where the cloud doesn't tell. */
  readonly trigger?: 'created' | 'automatic' | 'manual'
  /** The cloud's own word, where it has one. */
  readonly providerStatus?: string
}

/** How far another location has come with what the primary decided. Numbers are revisions of the primary. */
export interface ReplicaState {
  readonly location: string
  readonly applied: number
  readonly state: 'current' | 'behind' | 'failing'
  /** The last one, also when a later try went well. */
  readonly failure?: { readonly attempted: number; readonly error: string; readonly at: Instant }
}

/** `default`: the organisation's own key, which the cloud makes and manages. */
export type KeyTrait = 'imported' | 'exportable' | 'multi-zone' | 'replica' | 'default'

export interface KmsKey {
  readonly cloud: CloudId
  readonly location: string
  readonly id: string
  readonly name: string
  readonly slug?: string
  readonly description?: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  /** The cloud's word for the kind of key: a key type (Thalassa) or the usage (Exoscale). */
  readonly type: string
  readonly purpose: Purpose
  readonly can: readonly Purpose[]
  readonly status: KeyStatus
  /** The cloud's own word for the status. */
  readonly providerStatus: string
  readonly rotation: Rotation
  readonly latestVersion: number
  readonly minDecryptionVersion?: number
  readonly createdAt: Instant
  readonly updatedAt?: Instant
  /** When a pending key is destroyed. */
  readonly destroyedAt?: Instant
  readonly traits: readonly KeyTrait[]
  readonly originZone?: string
  /** Other locations that hold the key. */
  readonly replicas?: readonly string[]
  /** Only where the key was read by itself, from its primary. */
  readonly replicaStates?: readonly ReplicaState[]
  /** Grows with every change, where the cloud counts them. */
  readonly revision?: number
  /** The project that it belongs to, where it is no organisation's key. */
  readonly projectId?: string
  /** The project that it was asked for in, as it was asked: slug or identity. */
  readonly project?: string
}

/** A word of the cloud's that this build doesn't know: the key counts as disabled, and the word is shown as it came. */
export const hasUnknownStatus = ({ status, providerStatus }: KmsKey): boolean =>
  status === 'disabled' && providerStatus !== 'disabled'

/** The project that it belongs to; by identity, where the cloud tells it. */
export const projectOf = ({ projectId, project }: KmsKey): string | undefined => projectId ?? project

export const addressOf = ({ cloud, location, id, project }: KmsKey): KeyAddress => ({
  cloud,
  location,
  key: id,
  ...(project === undefined ? {} : { project }),
})
