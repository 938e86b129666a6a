/** Capabilities of a provider as data: forms and validation derive from them. */

import type { Algorithm } from './algorithms.ts'
import type { KmsKey } from './model.ts'
import type { OperationId } from './operations.ts'
import type { PeriodUnit } from './period.ts'

export interface Range {
  readonly min: number
  readonly max: number
}

/** Bounds of a period as whole numbers of its unit. */
export interface PeriodRange extends Range {
  readonly unit: PeriodUnit
}

/** A hash, or a signing algorithm with its hash, that keys sign or authenticate with. */
export interface HashChoice {
  /** By the cloud's own name. */
  readonly name: string
  /** Length of a digest that can be signed in the message's place; absent where none can. */
  readonly bytes?: number
}

/** Option of an operation with a choice of values, the default first. */
export interface OperationOption {
  readonly id: string
  readonly label: string
  readonly choices: readonly [OptionChoice, ...OptionChoice[]]
}

interface OptionChoice {
  /** By the provider's own name. */
  readonly value: string
  readonly label: string
}

/** Material comes wrapped in two parts: a one-time AES-256 key under RSA-OAEP, then the material under that key with AES-KWP (RFC 5649). */
export interface ImportCapabilities {
  /** Hashes of RSA-OAEP, by the provider's names. */
  readonly hashes: readonly string[]
  readonly defaultHash: string
  /** Decoded bytes of both parts together, for a type; undefined for one that can't be imported. */
  readonly wrappedSize: (type: string) => Range | undefined
}

/** Pattern of names, without flags that keep state, and the sentence that says what to use. */
export interface NamePattern {
  readonly regex: RegExp
  readonly description: string
}

/** Group of statuses that filters, counts and colours put together: able to work, held back, or to be destroyed. */
export type StatusGroup = 'active' | 'disabled' | 'pending'

/** The one word for each group, on every screen. */
export const statusLabels: Readonly<Record<StatusGroup, string>> = {
  active: 'Active',
  disabled: 'Disabled',
  pending: 'Pending deletion',
}

/** Sentences by operation that a status refuses; operations left out work. */
export type Refusals = { readonly [Id in OperationId]?: string }

/** Status that a key can have. */
export interface KeyStatus {
  /** Provider's own name, as in `KmsKey.status`. */
  readonly id: string
  readonly label: string
  readonly tone: 'ok' | 'muted' | 'danger'
  readonly group: StatusGroup
  readonly refusals: Refusals
  /** Effect of the status and the way out, in sentences; absent where the text of the group says it. */
  readonly description?: string
}

/** Limits and features of a provider's keys. */
export interface Capabilities {
  /** Provider's noun for a location, in the singular: `region`. */
  readonly locationNoun: string
  /** Whether the list of locations names those without KMS; otherwise reading a location's keys shows it. */
  readonly reportsAvailability: boolean
  /** Characters of a name, and the pattern that it must match where there is one. */
  readonly name: Range & { readonly pattern?: NamePattern }
  /** Longest description in characters; absent where keys carry none. */
  readonly description?: { readonly max: number }
  /** Bounds of labels and annotations: entries, and characters of each name and value. Absent where keys carry none. */
  readonly labels?: { readonly count: number; readonly key: number; readonly value: number }
  /** Name of the key that the provider creates by itself for each organisation. */
  readonly managedKeyName?: string
  /** Every status that the provider documents; a key can have others. */
  readonly statuses: readonly KeyStatus[]
  /** Whether the local KMS can serve the provider's API. */
  readonly localKms: boolean
  readonly exportAllowance: boolean
  readonly multiZone: boolean
  /** The handle that a name gets, where the cloud derives one. */
  readonly slugOf?: (name: string) => string
  /** Kinds of keys that can be created, the recommended one first. */
  readonly algorithms: readonly Algorithm[]
  /** Which of them a location creates, as far as its keys show; absent where every location creates all. */
  readonly algorithmsIn?: (keys: readonly KmsKey[]) => readonly Algorithm[]
  /** Provider's name for a kind of key, as in `KmsKey.type`. */
  readonly typeOf: (algorithm: Algorithm) => string
  /** Whether keys of an algorithm rotate; absent where all do. */
  readonly rotates?: (algorithm: Algorithm) => boolean
  /** Bounds and default in `unit`, and the values that forms offer beside a free choice. */
  readonly rotationPeriod: PeriodRange & { readonly default: number; readonly presets: readonly number[] }
  /** From when a period that is saved counts: the latest version's making, or the saving itself. */
  readonly rotationPeriodStart: 'latest-version' | 'saving'
  /** Whether a new key rotates unless its settings say otherwise. */
  readonly rotatesFromCreation: boolean
  /** Days; min equals max where the window is fixed. Absent where deletions are not scheduled. */
  readonly deletionDelay?: Range & { readonly default: number }
  readonly manualRotationLimit?: number
  /** Whether encrypt can name a version other than the latest. */
  readonly chooseVersion: boolean
  /** How ciphertexts, signatures and HMACs begin where they name their version, as an example. Absent where they are opaque base64. */
  readonly ciphertextPrefix?: string
  /** Decoded bytes; absent where the cloud takes no encryption context, undefined for keys that take none. */
  readonly encryptionContext?: (key: KmsKey) => { readonly max: number } | undefined
  /** Decoded bytes of associated data; undefined for keys that take none. */
  readonly associatedData?: (key: KmsKey) => { readonly max: number } | undefined
  /** Decoded bytes of the context that keys are derived with; undefined for keys that are not derived. */
  readonly derivationContext?: (key: KmsKey) => { readonly max: number; readonly required: boolean } | undefined
  /** Decoded bytes. */
  readonly plaintext: (key: KmsKey) => Range
  /** Limits of signing and authenticating; absent where no key does either. */
  readonly messages?: {
    /** Decoded bytes. */
    readonly size: Range
    /** What the hashes are called: some clouds name the whole algorithm. */
    readonly hashLabel: 'Hash algorithm' | 'Signing algorithm'
    /** Whether verify takes a digest in the message's place, as sign does. */
    readonly verifiesDigests: boolean
    /** Hashes that a key can use, its default first: one where the type fixes it, none where the scheme has its own. */
    readonly hashes: (key: KmsKey) => readonly HashChoice[]
    /** Options of sign and verify beside the hash, such as the scheme; absent where there are none. */
    readonly signOptions?: (key: KmsKey) => readonly OperationOption[]
  }
  /** Data keys: the standard size, and every size that can be asked for, in bytes. Absent where the provider makes none. */
  readonly dataKey?: { readonly spec: string; readonly standard: number; readonly sizes: Range | readonly number[] }
  /** Group of a key's status after its deletion is cancelled; absent where no deletion can be. */
  readonly afterCancelledDeletion?: 'active' | 'disabled'
  /** Keys whose material is in a key store outside of the cloud; absent where there are none. */
  readonly externalKeys?: {
    readonly allows: (algorithm: Algorithm) => boolean
    /** Ids of the keys in a store. */
    readonly id: NamePattern
  }
  /** Import of key material; absent where the provider makes all material itself. */
  readonly imports?: ImportCapabilities
  /** Notes shown with the rotation settings, as sentences. */
  readonly rotationNotes: readonly string[]
  /** Who can export a key that allows it, as a sentence; absent where a permission of its own guards the export. */
  readonly exportNote?: string
  /** Other services that stop with a disabled or destroyed key, as the start of a sentence; absent where none is known. */
  readonly dependents?: string
  /** Whether a call that the role may not make is answered as if the key weren't there. */
  readonly forbiddenAnswersNotFound: boolean
}
