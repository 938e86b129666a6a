/** Approvals: dangerous calls that a second person allows before they are carried out. */
import * as z from 'zod/mini'
import type { ActivityKind, Endpoint } from '../endpoint.ts'

/** Kinds of calls that a setting can ask an approval for. */
export const approvalKinds = ['export', 'deletion', 'api-keys'] as const
export type ApprovalKind = (typeof approvalKinds)[number]

/** What a call of each kind does. */
export const approvedActivities: Readonly<Record<ApprovalKind, ActivityKind>> = {
  export: 'export',
  deletion: 'scheduleDeletion',
  'api-keys': 'createApiKey',
}

/** Kind of an endpoint's call; undefined for one that never needs an approval. */
export const approvalKindOf = ({ activity }: Pick<Endpoint, 'activity'>): ApprovalKind | undefined =>
  approvalKinds.find((kind) => approvedActivities[kind] === activity)

/**
 * States. `approved` lasts only where the person who asked must fetch the answer, because it has a secret; other calls are
 * carried out at once. `unknown`: the call was begun, and its outcome was lost.
 */
export const approvalStates = [
  'waiting',
  'approved',
  'running',
  'done',
  'failed',
  'unknown',
  'declined',
  'withdrawn',
  'expired',
  'outdated',
] as const
export type ApprovalState = (typeof approvalStates)[number]

/** States that another state can follow. */
export const steps: Readonly<Partial<Record<ApprovalState, readonly ApprovalState[]>>> = {
  waiting: ['approved', 'declined', 'withdrawn', 'expired', 'outdated'],
  approved: ['running', 'withdrawn', 'expired', 'outdated'],
  running: ['done', 'failed', 'unknown'],
}

export const isOpen = (state: ApprovalState): boolean => state in steps

const Actor = z.object({ subject: z.string(), name: z.string() })

export const Approval = z.object({
  id: z.string(),
  state: z.enum(approvalStates),
  kind: z.enum(approvalKinds),
  /** Who asked, why, and until when it can be approved and carried out; times in milliseconds. */
  asker: Actor,
  reason: z.string(),
  askedAt: z.number(),
  expiresAt: z.number(),
  /** The call: its path after `/api/PROVIDER`, and its body. */
  provider: z.string(),
  method: z.string(),
  path: z.string(),
  body: z.optional(z.unknown()),
  location: z.optional(z.string()),
  project: z.optional(z.string()),
  /** Identifier and name of the key, where the call is about one. */
  key: z.optional(z.object({ id: z.string(), name: z.optional(z.string()) })),
  /** Whether the answer has a secret, which the person who asked must fetch. */
  revealsSecret: z.boolean(),
  decision: z.optional(z.object({ by: Actor, at: z.number(), note: z.optional(z.string()) })),
  /** When it was carried out, and what came of it. */
  carriedOut: z.optional(z.object({ at: z.number(), status: z.optional(z.number()) })),
})
export type Approval = z.infer<typeof Approval>

export const ApprovalPage = z.object({ approvals: z.array(Approval) })
export type ApprovalPage = z.infer<typeof ApprovalPage>
