/** What decides at a provider who may do what with a key. */
import type { ActivityKind } from './endpoint.ts'
import type { Role } from './iam.ts'
import type { KmsKey } from './model.ts'

/** `depends`: on facts of the request that are not known before it is made. */
export type AccessVerdict = 'allowed' | 'refused' | 'depends'

export interface AccessDecision {
  readonly verdict: AccessVerdict
  /** What decides, after the verdict's word: `by rule 2`, `on source_ip (rule 1)`. */
  readonly because: string
}

export interface RoleAccess {
  readonly role: Role
  /** By activity; an activity that the provider has no call for is absent. */
  readonly decisions: ReadonlyMap<ActivityKind, AccessDecision>
}

export interface PolicyAccess {
  /** In the order in which the roles were given. */
  readonly roles: readonly RoleAccess[]
  /** What the decisions leave out, as a sentence. */
  readonly note?: string
}

export type KeyAccess =
  | {
      /** Permissions, each of which allows some operations; who has them is the provider's. */
      readonly by: 'permissions'
      /** Type of resource that they are on, by the provider's name. */
      readonly resource: string
      /** What an activity needs, by the provider's names; undefined where the provider has no call for it. */
      readonly needs: (activity: ActivityKind) => readonly string[] | undefined
      /** Where they are given, as a sentence. */
      readonly note: string
    }
  | {
      /** Policies of the roles that `Cloud.iam` lists. */
      readonly by: 'roles'
      /** Decides as the provider would. Reads the key; throws CallError when that fails. */
      readonly decide: (
        key: KmsKey,
        roles: readonly Role[],
        activities: readonly ActivityKind[],
        signal?: AbortSignal,
      ) => Promise<PolicyAccess>
    }
