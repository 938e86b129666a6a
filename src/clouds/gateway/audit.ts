/** Records of what people and programs did through the gateway, and of decisions about approvals. */
import * as z from 'zod/mini'

/** `unknown`: the provider gave no answer to a call that may have been carried out. */
export const outcomes = ['ok', 'refused', 'failed', 'unknown'] as const

export const AuditEvent = z.object({
  /** Place in the log, from 1. */
  seq: z.number(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  subject: z.string(),
  name: z.string(),
  /** How the person or program was recognised. */
  by: z.string(),
  /** IP address. */
  client: z.optional(z.string()),
  /** Kind of activity as in a provider's vocabulary, or `sign-in`, `sign-out`, `ask`, `approve`, `decline`. */
  operation: z.string(),
  provider: z.optional(z.string()),
  location: z.optional(z.string()),
  project: z.optional(z.string()),
  /** Identifier of the key. */
  key: z.optional(z.string()),
  outcome: z.enum(outcomes),
  /** HTTP status of the answer; absent where none came. */
  status: z.optional(z.number()),
  /** Identifier of the approval that allowed it, or that it is about. */
  approval: z.optional(z.string()),
  /** What the person wrote. */
  reason: z.optional(z.string()),
  /** Identifier of the request at the gateway, and at the provider. */
  request: z.string(),
  upstreamRequest: z.optional(z.string()),
  /** Base64url of 32 bytes. */
  hash: z.string(),
})
export type AuditEvent = z.infer<typeof AuditEvent>

export const AuditPage = z.object({
  events: z.array(AuditEvent),
  /** `before` of the next page; absent at the end of the log. */
  next: z.optional(z.number()),
})
export type AuditPage = z.infer<typeof AuditPage>
