/** A cloud's own access management, as the screens see it: API keys and the roles that they act in. */

import type { Range, Snippet } from './cloud.ts'
import type { CloudConnection } from './gateway/wire.ts'

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
}

export interface ServicePolicy {
  readonly service: string
  readonly type: 'allow' | 'deny' | 'rules'
  /** In the order in which they are asked; the first that is true decides. None true: refused. */
  readonly rules: readonly PolicyRule[]
}

export interface Role {
  readonly id: string
  readonly name: string
  readonly description?: string
  readonly permissions: readonly string[]
  /** Whether its policy can be changed. */
  readonly editable: boolean
  readonly labels: Readonly<Record<string, string>>
  /** What holds for services without a line of their own; absent together with `services`: everything is allowed. */
  readonly defaultStrategy?: 'allow' | 'deny'
  readonly services: readonly ServicePolicy[]
  /** The policy as the API has it, indented, for those who read JSON. */
  readonly policyText: string
  /** Seconds. */
  readonly maxSession?: number
}

/** Told while work that the cloud does by itself is under way. */
export type Progress = (state: { readonly since: number; readonly polls: number }) => void

export interface AccessManagement {
  readonly limits: { readonly name: Range }
  /** Any location answers for the whole organisation; this one is asked. */
  location(connection: CloudConnection): string
  apiKeys(location: string, signal?: AbortSignal): Promise<readonly ApiKey[]>
  roles(location: string, signal?: AbortSignal): Promise<readonly Role[]>
  /** Never tried twice by itself: a second try after a lost answer makes a second key. */
  create(location: string, wanted: { readonly name: string; readonly roleId: string }): Promise<NewApiKey>
  createCode(
    location: string,
    wanted: { readonly name: string; readonly roleId: string; readonly roleName: string },
  ): readonly Snippet[]
  /** Resolves when the cloud has done it; throws CallError with the reason when it failed on the way. */
  remove(location: string, key: ApiKey, options?: { progress?: Progress; signal?: AbortSignal }): Promise<void>
  removeCode(location: string, key: ApiKey): readonly Snippet[]
  /** What a shell or a program reads: the file's text, which holds the secret. */
  environmentFile(key: NewApiKey): string
  /** One small request that proves that the key works, for the environment of `environmentFile`. */
  tryCode(location: string, key: ApiKey): readonly Snippet[]
  /** The variables of `environmentFile`. */
  readonly variables: readonly string[]
}
