/** A cloud's own access management, as the screens see it: API keys and the roles that they act in. */

import type { Listed } from './answer.ts'
import type { Range } from './capabilities.ts'
import type { CloudConnection } from './gateway/wire.ts'
import type { PolicyTools } from './role-policies.ts'
import type { Snippet } from './snippet.ts'

export interface ApiKey {
  /** Public half of the key pair, which also addresses the key. */
  readonly key: string
  readonly name: string
  readonly roleId: string
  /** Milliseconds; absent where the cloud does not report it. */
  readonly createdAt?: number
}

/** New API key with its secret, which the provider shows only once. Never stored in a cache, a URL or storage. */
export interface NewApiKey extends ApiKey {
  readonly secret: string
}

export interface PolicyRule {
  readonly action: 'allow' | 'deny'
  /** CEL (Common Expression Language). */
  readonly expression: string
  /** Calls for which the expression is true, in plain words; absent where the console doesn't understand it. */
  readonly description?: string
}

export interface ServicePolicy {
  readonly service: string
  /** Name of the service for people. */
  readonly name: string
  readonly type: 'allow' | 'deny' | 'rules'
  /** In their order; the first one that matches decides, and without one the call is refused. */
  readonly rules: readonly PolicyRule[]
  /** Allowed calls of the service, in plain words. */
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
  /** Rule for services that are not listed. */
  readonly defaultStrategy: 'allow' | 'deny'
  readonly services: readonly ServicePolicy[]
  /** Calls that the policy as a whole allows, in plain words: `Everything`, `Encrypt, decrypt, data keys`. */
  readonly allows: string
  /** Rough number of allowed operations, to list narrow roles first. */
  readonly breadth: number
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

/** Called while an asynchronous operation is under way. */
export type Progress = (state: { readonly polls: number }) => void

/** How to try a key from a shell, or why nothing outside can use it. */
export type Trial = { readonly snippets: readonly Snippet[] } | { readonly unreachable: string }

export interface NewRoleRequest {
  readonly name: string
  /** Empty for none. */
  readonly description: string
  /** JSON without errors. */
  readonly policyText: string
}

/** Only what is different. */
export type RoleChanges = Partial<Omit<NewRoleRequest, 'name'>>

/** For a change that the cloud finishes later. */
export interface Following {
  readonly progress?: Progress | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Iam {
  readonly limits: { readonly name: Range; readonly roleName: Range; readonly roleDescription: Range }
  /** Facts that the list can't show, as a sentence. */
  readonly listNote: string
  /** Effect of policies other than the role's own, as a sentence. */
  readonly policyNote: string
  /** Any location answers for the whole organisation; this one is asked. */
  location(connection: CloudConnection): string
  apiKeys(location: string, signal?: AbortSignal): Promise<Listed<ApiKey>>
  roles(location: string, signal?: AbortSignal): Promise<Listed<Role>>
  /** Never retried: a second try after a lost answer makes a second key. */
  create(location: string, wanted: Omit<NewApiKeyRequest, 'roleName'>): Promise<NewApiKey>
  createCode(location: string, wanted: NewApiKeyRequest): readonly Snippet[]
  /** Resolves when the cloud has done it; throws CallError with the reason when it failed on the way. */
  remove(location: string, key: ApiKey, following?: Following): Promise<void>
  removeCode(location: string, key: ApiKey): readonly Snippet[]
  /** Returns the new role's id where the cloud tells it. Never retried. */
  createRole(location: string, wanted: NewRoleRequest, following?: Following): Promise<string | undefined>
  createRoleCode(location: string, wanted: NewRoleRequest): readonly Snippet[]
  /** The description first, then the policy: both are single calls. */
  changeRole(location: string, role: Role, changes: RoleChanges, following?: Following): Promise<void>
  changeRoleCode(location: string, role: Role, changes: RoleChanges): readonly Snippet[]
  removeRole(location: string, role: Role, following?: Following): Promise<void>
  removeRoleCode(location: string, role: Role): readonly Snippet[]
  /** Policy that refuses every call, to begin with. */
  readonly emptyPolicyText: string
  /** Templates, checks and try-out of policies; fetched with the editor. */
  policyTools(): Promise<PolicyTools>
  /** The variables of `environmentFile` that hold the key and its secret. */
  readonly variables: readonly [string, string]
  /** Text of an environment file, which holds the secret. */
  environmentFile(key: NewApiKey, connection: CloudConnection): string
  /**
   * One small request that proves that the key works.
   * @param file the name under which `environmentFile` was saved
   */
  trial(connection: CloudConnection, file: string): Trial
}
