import type { Purpose } from './algorithms.ts'
import type { Listed } from './answer.ts'
import type { Capabilities } from './capabilities.ts'
import type { CiphertextFormat } from './ciphertext-format.ts'
import type { ConnectionCheck } from './connection-check.ts'
import type { ActivityVocabulary } from './endpoint.ts'
import type { CloudConnection } from './gateway/wire.ts'
import type { Call } from './http.ts'
import type { Iam } from './iam.ts'
import type { KeyAccess } from './key-access.ts'
import type { KeyStores } from './key-stores.ts'
import type {
  CloudId,
  ExternalKey,
  Instant,
  KeyAddress,
  KeyScope,
  KeyVersion,
  KmsKey,
  Location,
  Project,
} from './model.ts'
import type { ChosenOptions, OperationAnswers, OperationId, OperationInputs } from './operations.ts'
import type { Period } from './period.ts'

/** Operation on a key: buttons, the reason why it is disabled, the request and its code derive from this value. */
export interface Operation<Input, Answer> {
  /** Whether keys of such a type have it; where it is left out, all that have its purpose do. */
  offers?(key: KmsKey): boolean
  /** Why it is not possible now, as one sentence; undefined when it is. */
  refusal(key: KmsKey): string | undefined
  run(key: KmsKey, input: Input, signal?: AbortSignal): Promise<Answer>
  /** What it sends, as data for code in other languages. */
  calls(key: KmsKey, input: Input): readonly Call[]
}

export interface OfflineInput {
  readonly message: Uint8Array<ArrayBuffer>
  readonly signature: string
  readonly hash?: string
  /** Whether the message is a digest made with that hash. */
  readonly prehashed?: boolean
  readonly options?: ChosenOptions
}

/** Result of verifying a signature in the browser. */
export type OfflineAnswer =
  | { readonly valid: boolean; readonly scheme?: string; readonly keyVersion: number }
  /** Why the signature can't be one of the key's, as one sentence with the way out. */
  | { readonly malformed: string }
  /** Feature that the browser lacks, and the way out. */
  | { readonly unsupported: string }

type OperationOf<Id extends OperationId> = Operation<OperationInputs[Id], OperationAnswers[Id]>

export type AnyOperations = { readonly [Id in OperationId]?: OperationOf<Id> }

/** Operations of a provider: encrypt and decrypt, and which it has of the others. */
export type Operations = AnyOperations & { readonly [Id in 'encrypt' | 'decrypt']: OperationOf<Id> }

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
  /** What the key is for, where its type allows several purposes; the type's main one if absent. */
  readonly purpose?: Purpose
  readonly name: string
  readonly description: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly exportAllowed: boolean
  readonly multiZone: boolean
  /** The period is in the provider's unit. */
  readonly rotation: { readonly automatic: boolean; readonly period?: Period }
  /** Key of a key store that the material stays in. */
  readonly external?: ExternalKey
  /** Bring your own key, where the cloud takes it. */
  readonly material?: ImportedMaterial
}

export interface CreatedKey {
  readonly key: KmsKey
  /** Set when the key was made, and a later step was not: what is missing and what to do. */
  readonly warning?: string
}

/** A cloud, as the screens see it. */
export interface Cloud {
  readonly id: CloudId
  /** Short name, for columns and breadcrumbs. */
  readonly name: string
  /** Full name, for sentences. */
  readonly longName: string
  /** Logo as SVG path data in a box of 12 × 12, drawn as lines: a shape of our own, never the vendor's. */
  readonly mark: string
  readonly capabilities: Capabilities
  locations(connection: CloudConnection, signal?: AbortSignal): Promise<readonly Location[]>
  keys(place: KeyScope, signal?: AbortSignal): Promise<Listed<KmsKey>>
  /** The projects that keys can belong to; absent where a cloud has none. */
  projects?(signal?: AbortSignal): Promise<Listed<Project>>
  key(address: KeyAddress, signal?: AbortSignal): Promise<KmsKey>
  /** All versions of a key, the latest first. */
  versions(key: KmsKey, signal?: AbortSignal): Promise<Listed<KeyVersion>>
  create(key: NewKey): Promise<CreatedKey>
  /** The public keys of an asymmetric key by version, as the API writes them: PEM, or base64 of 32 raw bytes (Ed25519). */
  publicKeys?(key: KmsKey, signal?: AbortSignal): Promise<ReadonlyMap<number, string>>
  /** Why its public keys can't be read now, as one sentence; left out where they can in every status. */
  publicKeyRefusal?(key: KmsKey): string | undefined
  /** Checks a signature in the browser with `publicKeys`: nothing is sent. */
  verifyOffline?(key: KmsKey, publicKeys: ReadonlyMap<number, string>, input: OfflineInput): Promise<OfflineAnswer>
  /** The PEM of the key that material is wrapped with before import. */
  wrappingKey?(location: string, signal?: AbortSignal): Promise<string>
  /** Entries of the audit log, the latest first, by pages from 1; absent where the provider keeps no log that it shows. */
  audit?(query: AuditQuery, signal?: AbortSignal): Promise<AuditPage>
  /** Name under which the audit log has what the console does; absent where no call tells it. */
  caller?(signal?: AbortSignal): Promise<string | undefined>
  readonly activityVocabulary: () => Promise<ActivityVocabulary>
  readonly ciphertextFormat: () => Promise<CiphertextFormat>
  /** Loads the checks of a connection and the instructions to make one. */
  readonly connectionCheck: () => Promise<ConnectionCheck>
  /** Loads what decides who may do what with a key; absent where nothing tells. */
  readonly keyAccess?: () => Promise<KeyAccess>
  /** Fetches what manages the cloud's own API keys, the same at each call; absent where the console can't manage any. */
  readonly iam?: () => Promise<Iam>
  /** Fetches what manages key stores outside of the cloud, the same at each call; absent where there are none. */
  readonly keyStores?: () => Promise<KeyStores>
}

export interface AuditQuery {
  readonly project?: string | undefined
  readonly page: number
  /** A key's id, to read only what happened to it. */
  readonly key?: string
  /** The cloud's own names, such as `kms.encrypt`. */
  readonly actions?: readonly string[]
}

/** Entry of a provider's audit log. */
export interface AuditEvent {
  readonly id: string
  readonly cloud: CloudId
  /** Identifier of the request, where the log has the one that answers carry in `X-Request-Id`. */
  readonly request?: string
  /** NaN where it is not known. */
  readonly at: Instant
  /** Provider's name of the action: `kms.encrypt`, `rotate-kms-key`, or an HTTP method for a generic entry. */
  readonly action: string
  /** The identity of who did it. */
  readonly actor?: string
  /** Name of the actor for people. */
  readonly actorName?: string
  readonly key?: string
  /** Name or slug of the key, where the log has it. */
  readonly keyName?: string
  readonly location?: string
  /** Version that the operation used or made, where the log names it. */
  readonly keyVersion?: number
  /** Of the API, where the entry is of one call. */
  readonly path?: string
  /** HTTP status, where the entry has one. */
  readonly status?: number
  /** Absent where the log doesn't record it. */
  readonly succeeded?: boolean
  /** Further facts of the entry, name and value as in the log. */
  readonly facts: readonly (readonly [string, string])[]
}

export interface AuditPage {
  readonly events: Listed<AuditEvent>
  readonly page: number
  readonly pages: number
  /** Start of the time that the page covers, where each page is a span of time. */
  readonly from?: Instant
}
