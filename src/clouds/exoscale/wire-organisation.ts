/** Wire format of what belongs to the organisation: API keys, roles, operations and events. The first screen needs none of it. */
import * as z from 'zod/mini'

/** Every member may be missing, by the published schema. */
export const ApiKey = z.object({
  name: z.optional(z.string()),
  key: z.optional(z.string()),
  'role-id': z.optional(z.string()),
  'created-at': z.optional(z.string()),
})
export type ApiKey = z.infer<typeof ApiKey>

export const ApiKeyList = z.object({ 'api-keys': z.optional(z.array(ApiKey)) })

/** The only answer with the secret. */
export const CreatedApiKey = z.object({
  name: z.optional(z.string()),
  key: z.string(),
  secret: z.string(),
  'role-id': z.optional(z.string()),
})
export type CreatedApiKey = z.infer<typeof CreatedApiKey>

export const PolicyRule = z.object({
  action: z.optional(z.string()),
  /** CEL. */
  expression: z.optional(z.string()),
  resources: z.optional(z.array(z.string())),
})

export const ServicePolicy = z.object({ type: z.optional(z.string()), rules: z.optional(z.array(PolicyRule)) })

export const Policy = z.object({
  'default-service-strategy': z.optional(z.string()),
  services: z.optional(z.record(z.string(), ServicePolicy)),
})
export type Policy = z.infer<typeof Policy>

export const Role = z.object({
  id: z.string(),
  name: z.optional(z.string()),
  description: z.optional(z.string()),
  permissions: z.optional(z.array(z.string())),
  editable: z.optional(z.boolean()),
  labels: z.optional(z.record(z.string(), z.string())),
  policy: z.optional(Policy),
  'assume-role-policy': z.optional(z.object({ rules: z.optional(z.array(PolicyRule)) })),
  'max-session-ttl': z.optional(z.number()),
})
export type Role = z.infer<typeof Role>

export const RoleList = z.object({ 'iam-roles': z.optional(z.array(Role)) })

/** Operation that may be pending; `pending` is the only state that is not final. */
export const Operation = z.object({
  id: z.optional(z.string()),
  state: z.optional(z.string()),
  reason: z.optional(z.string()),
  message: z.optional(z.string()),
  reference: z.optional(
    z.object({ id: z.optional(z.string()), link: z.optional(z.string()), command: z.optional(z.string()) }),
  ),
})
export type Operation = z.infer<typeof Operation>

/** Event of the organisation's log; the call's parameters are further members. */
export const Event = z.looseObject({
  timestamp: z.optional(z.string()),
  handler: z.optional(z.string()),
  message: z.optional(z.string()),
  status: z.optional(z.number()),
  'source-ip': z.optional(z.string()),
  zone: z.optional(z.string()),
  uri: z.optional(z.string()),
  'request-id': z.optional(z.string()),
  'elapsed-ms': z.optional(z.number()),
  'path-params': z.optional(z.record(z.string(), z.unknown())),
  'body-params': z.optional(z.record(z.string(), z.unknown())),
  'iam-user': z.optional(z.looseObject({ id: z.optional(z.string()), email: z.optional(z.string()) })),
  'iam-role': z.optional(z.looseObject({ id: z.optional(z.string()), name: z.optional(z.string()) })),
  'iam-api-key': z.optional(z.looseObject({ key: z.optional(z.string()), name: z.optional(z.string()) })),
})
export type Event = z.infer<typeof Event>

export const EventList = z.array(Event)
