import type { Algorithm } from './algorithms.ts'
import type { ConnectionCheck } from './connection-check.ts'
import type { CloudConnection } from './gateway/wire.ts'
import type { Call } from './http.ts'
import type { Iam } from './iam.ts'
import type { CloudId, Instant, KeyAddress, KeyVersion, KmsKey, Location, Project } from './model.ts'
import type { OperationAnswers, OperationId, OperationInputs } from './operations.ts'

export interface Range {
  readonly min: number
  readonly max: number
}

/** The same request in a language that people run themselves. */
export interface Snippet {
  readonly label: string
  readonly language: 'shell' | 'hcl' | 'go' | 'python'
  readonly code: string
}

/** What can be done to a key, described once: the button, the reason why not, the request and the code come from here. */
export interface Operation<Input, Answer> {
  /** Why it is not possible now, as one sentence; undefined when it is. */
  refusal(key: KmsKey): string | undefined
  run(key: KmsKey, input: Input, signal?: AbortSignal): Promise<Answer>
  code(key: KmsKey, input: Input): readonly Snippet[]
}

/** A hash that keys sign or authenticate with. */
export interface HashChoice {
  /** By the cloud's own name. */
  readonly name: string
  /** Length of the digest. */
  readonly bytes: number
}

export interface OfflineInput {
  readonly message: Uint8Array<ArrayBuffer>
  readonly signature: string
  readonly hash?: string
}

/** What came of a check in the browser. */
export type OfflineAnswer =
  | { readonly valid: boolean; readonly scheme?: string; readonly keyVersion: number }
  /** Why the signature can't be one of the key's, as one sentence with the way out. */
  | { readonly malformed: string }
  /** What the browser lacks for it, and the way out. */
  | { readonly unsupported: string }

/** Not every cloud has these; a cloud that lacks one does not list it. */
type OptionalId = 'sign' | 'verify' | 'hmac' | 'verifyHmac' | 'export' | 'reEncrypt' | 'dataKey' | 'replicate'

type OperationOf<Id extends OperationId> = Operation<OperationInputs[Id], OperationAnswers[Id]>

export type Operations = { readonly [Id in Exclude<OperationId, OptionalId>]: OperationOf<Id> } & {
  readonly [Id in OptionalId]?: OperationOf<Id>
}

/** Material wrapped outside; never the material itself. */
export interface ImportedMaterial {
  /** Base64. */
  readonly wrapped: string
  /** The hash of RSA-OAEP while wrapping, by the cloud's name. */
  readonly hash: string
  readonly allowRotation: boolean
}

export interface NewKey {
  readonly location: string
  /** The project it will belong to, where the gateway works in one. */
  readonly project?: string
  readonly type: string
  readonly name: string
  readonly description: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly exportAllowed: boolean
  readonly multiZone: boolean
  readonly rotation: { readonly automatic: boolean; readonly periodInDays?: number }
  /** Bring your own key, where the cloud takes it. */
  readonly material?: ImportedMaterial
}

export interface CreatedKey {
  readonly key: KmsKey
  /** Set when the key was made, and a later step was not: what is missing and what to do. */
  readonly warning?: string
}

/** Material comes wrapped in two parts: a one-time AES-256 key under RSA-OAEP, then the material under that key with AES-KWP (RFC 5649). */
export interface ImportCapabilities {
  /** What RSA-OAEP may hash with, by the cloud's names. */
  readonly hashes: readonly string[]
  readonly defaultHash: string
  /** Decoded bytes of both parts together, for a type; undefined for one that can't be imported. */
  readonly wrappedSize: (type: string) => Range | undefined
}

/** What a cloud's keys have and how far its limits go: forms and validation derive from this. */
export interface Capabilities {
  readonly locationNoun: 'region' | 'zone'
  /** Whether the list of locations says which have KMS; elsewhere it shows when a location's keys are read. */
  readonly reportsAvailability: boolean
  readonly name: Range
  readonly description: { readonly max: number }
  /** Bounds of labels and annotations: entries, and characters of each name and value. Absent where keys carry none. */
  readonly labels?: { readonly count: number; readonly key: number; readonly value: number }
  readonly exportAllowance: boolean
  readonly multiZone: boolean
  /** The handle that a name gets, where the cloud derives one. */
  readonly slugOf?: (name: string) => string
  /** Kinds of keys that can be created, the recommended one first. */
  readonly algorithms: readonly Algorithm[]
  /** The cloud's own word for a kind of key, as it stands in `KmsKey.type`. */
  readonly typeOf: (algorithm: Algorithm) => string
  /** Days. */
  readonly rotationPeriod: Range & { readonly default: number }
  /** From when a period that is saved counts: the latest version's making, or the saving itself. */
  readonly rotationPeriodStart: 'latest-version' | 'saving'
  /** Whether a new key rotates when nothing is said. */
  readonly rotatesFromCreation: boolean
  /** Days; min equals max where the window is fixed. */
  readonly deletionDelay: Range & { readonly default: number }
  readonly manualRotationLimit?: number
  /** Whether encrypt can name a version other than the latest. */
  readonly chooseVersion: boolean
  /** How ciphertexts, signatures and HMACs begin where they name their version, as an example. Absent where they are opaque base64. */
  readonly ciphertextPrefix?: string
  /** Decoded bytes; absent where the cloud takes no encryption context. */
  readonly encryptionContext?: { readonly max: number }
  /** Decoded bytes. */
  readonly plaintext: (key: KmsKey) => Range
  /** What signing and authenticating take; absent where no key does either. */
  readonly messages?: {
    /** Decoded bytes. */
    readonly size: Range
    /** What a key can hash with, its default first: one where the type fixes it, none where the scheme has its own. */
    readonly hashes: (key: KmsKey) => readonly HashChoice[]
  }
  /** Data keys: the standard size, and what else can be asked for, in bytes. Absent where the cloud makes none. */
  readonly dataKey?: { readonly spec: string; readonly standard: number; readonly size: Range }
  /** What becomes of a key whose deletion is cancelled. */
  readonly afterCancelledDeletion: 'active' | 'disabled'
  /** What it takes from those who bring their own key. Absent where a cloud makes all material itself. */
  readonly imports?: ImportCapabilities
  /** Facts that belong beside the rotation settings. */
  readonly rotationNotes: readonly string[]
  /** Facts that belong beside an export, where keys can be exported. */
  readonly exportNotes: readonly string[]
  /** What else of the cloud stops with a key that is disabled or destroyed, as the start of a sentence. Absent where nothing is known. */
  readonly dependents?: string
  /** Whether a call that the role may not make is answered as if the key weren't there. */
  readonly forbiddenAnswersNotFound: boolean
}

/** Where a list of keys is: a location, and within it the organisation's keys or a project's. */
export interface KeyScope {
  readonly location: string
  readonly project?: string | undefined
}

/** A cloud, as the screens see it. */
export interface Cloud {
  readonly id: CloudId
  /** `Thalassa`, for columns and crumbs. */
  readonly name: string
  /** `Thalassa Cloud`, for sentences and addresses. */
  readonly longName: string
  readonly capabilities: Capabilities
  locations(connection: CloudConnection, signal?: AbortSignal): Promise<readonly Location[]>
  keys(place: KeyScope, signal?: AbortSignal): Promise<readonly KmsKey[]>
  /** The projects that keys can belong to; absent where a cloud has none. */
  projects?(signal?: AbortSignal): Promise<readonly Project[]>
  key(address: KeyAddress, signal?: AbortSignal): Promise<KmsKey>
  /** All versions of a key, the latest first. */
  versions(key: KmsKey, signal?: AbortSignal): Promise<readonly KeyVersion[]>
  create(key: NewKey): Promise<CreatedKey>
  createCode(key: NewKey): readonly Snippet[]
  /** The key as infrastructure code: its resource, and the line that brings the existing key under it. */
  resourceCode(key: KmsKey): readonly Snippet[]
  /** Any call of the API as curl, with variables in the place of credentials; `location` where paths don't say it. */
  callCode(call: Call, location: string | undefined): Snippet
  /** The public keys of an asymmetric key by version, as the API writes them: PEM, or base64 of 32 raw bytes (Ed25519). */
  publicKeys?(key: KmsKey, signal?: AbortSignal): Promise<ReadonlyMap<number, string>>
  publicKeysCode?(key: KmsKey): readonly Snippet[]
  /** Checks a signature in the browser with `publicKeys`: nothing is sent. */
  verifyOffline?(key: KmsKey, publicKeys: ReadonlyMap<number, string>, input: OfflineInput): Promise<OfflineAnswer>
  /** The PEM of the key that material is wrapped with before import. */
  wrappingKey?(location: string, signal?: AbortSignal): Promise<string>
  /** What happened, the latest first, by pages from 1. */
  audit(query: AuditQuery, signal?: AbortSignal): Promise<AuditPage>
  readonly operations: Operations
  /** Fetches what tests the connection and tells how to make one. */
  readonly connectionCheck: () => Promise<ConnectionCheck>
  /** Fetches what manages the cloud's own API keys, the same at each call; absent where the console can't manage any. */
  readonly iam?: () => Promise<Iam>
}

export interface AuditQuery {
  readonly project?: string | undefined
  readonly page: number
  /** A key's id, to read only what happened to it. */
  readonly key?: string
  /** The cloud's own names, such as `kms.encrypt`. */
  readonly actions?: readonly string[]
}

/** Something that happened, as a cloud's audit log tells it. */
export interface AuditEvent {
  readonly id: string
  readonly cloud: CloudId
  readonly at: Instant
  /** In the cloud's words: `kms.encrypt`, `rotate-kms-key`, or an HTTP method for a generic entry. */
  readonly action: string
  /** The identity of who did it. */
  readonly actor?: string
  /** What people call the actor. */
  readonly actorName?: string
  readonly key?: string
  readonly location?: string
  /** Of the API, where the entry is of one call. */
  readonly path?: string
  /** HTTP status, where the entry has one. */
  readonly status?: number
  /** Undefined where the log doesn't say. */
  readonly succeeded?: boolean
  /** Facts beside it, name and value, as the log has them. */
  readonly facts: readonly (readonly [string, string])[]
}

export interface AuditPage {
  readonly events: readonly AuditEvent[]
  readonly page: number
  readonly pages: number
}
