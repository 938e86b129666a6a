/** A cloud's own access management, as the screens see it: API keys and the roles that they act in. */

import type { Range } from './capabilities.ts'
import type { CloudConnection } from './gateway/wire.ts'
import type { Snippet } from './snippet.ts'

export interface ApiKey {
  /** What signs: the public half, and the address of the key. */
  readonly key: string
  readonly name: string
  readonly roleId: string
}

/** The only time that a secret is told. Never goes into a cache, a URL or storage. */
export interface NewApiKey extends ApiKey {
  readonly secret: string
}

export interface PolicyRule {
  readonly action: 'allow' | 'deny'
  /** CEL (Common Expression Language). */
  readonly expression: string
  /** What the expression is true for, in plain words; absent where the console can't tell. */
  readonly description?: string
}

export interface ServicePolicy {
  readonly service: string
  /** What people call the service. */
  readonly name: string
  readonly type: 'allow' | 'deny' | 'rules'
  /** In the order in which they are asked; the first that is true decides. None true: refused. */
  readonly rules: readonly PolicyRule[]
  /** What of the service is allowed, in plain words. */
  readonly allows: string
}

export interface Role {
  readonly id: string
  readonly name: string
  readonly description?: string
  readonly permissions: readonly string[]
  /** Whether its policy can be changed. */
  readonly editable: boolean
  readonly labels: Readonly<Record<string, string>>
  /** What holds for services without a line of their own. */
  readonly defaultStrategy: 'allow' | 'deny'
  readonly services: readonly ServicePolicy[]
  /** What the policy as a whole allows, in plain words: `Everything`, `Encrypt, decrypt, data keys`. */
  readonly allows: string
  /** The policy as the API has it, indented, for those who read JSON; absent where the role has none. */
  readonly policyText?: string
  /** Seconds. */
  readonly maxSession?: number
}

export interface NewApiKeyRequest {
  readonly name: string
  readonly roleId: string
  /** For code that people read. */
  readonly roleName: string
}

/** Told while work that the cloud does by itself is under way. */
export type Progress = (state: { readonly polls: number }) => void

/** How to try a key from a shell, or why nothing outside can use it. */
export type Trial = { readonly snippets: readonly Snippet[] } | { readonly unreachable: string }

export interface Iam {
  readonly limits: { readonly name: Range }
  /** What the list can't show, as a sentence. */
  readonly listNote: string
  /** How policies beside the role's own count, as a sentence. */
  readonly policyNote: string
  /** Any location answers for the whole organisation; this one is asked. */
  location(connection: CloudConnection): string
  apiKeys(location: string, signal?: AbortSignal): Promise<readonly ApiKey[]>
  roles(location: string, signal?: AbortSignal): Promise<readonly Role[]>
  /** Never tried twice by itself: a second try after a lost answer makes a second key. */
  create(location: string, wanted: Omit<NewApiKeyRequest, 'roleName'>): Promise<NewApiKey>
  createCode(location: string, wanted: NewApiKeyRequest): readonly Snippet[]
  /** Resolves when the cloud has done it; throws CallError with the reason when it failed on the way. */
  remove(location: string, key: ApiKey, options?: { progress?: Progress; signal?: AbortSignal }): Promise<void>
  removeCode(location: string, key: ApiKey): readonly Snippet[]
  /** The variables of `environmentFile` that hold the key and its secret. */
  readonly variables: readonly [string, string]
  /** What a shell or a program reads: the file's text, which holds the secret. */
  environmentFile(key: NewApiKey, connection: CloudConnection): string
  /**
   * One small request that proves that the key works.
   * @param file the name under which `environmentFile` was saved
   */
  trial(connection: CloudConnection, file: string): Trial
}
