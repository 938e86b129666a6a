/** What the gateway itself answers: which clouds are connected, and its own problems. Never a credential. */
import * as z from 'zod/mini'

/** A variable that a live cloud was configured with, by its name; its value never leaves the gateway. */
export const Setting = z.object({
  variable: z.string(),
  role: z.enum(['credential', 'organisation', 'project', 'endpoint']),
  /** `file`: the file `.env`. */
  from: z.enum(['environment', 'file']),
})
export type Setting = z.infer<typeof Setting>

export const CloudConnection = z.object({
  id: z.string(),
  /** `embedded`: the local KMS in the gateway's own process. `live`: the cloud, or whatever endpoint was configured. */
  mode: z.enum(['embedded', 'live']),
  /** Base URL; `{zone}` stands in it where each location has an address of its own. For an embedded cloud the address that SDKs would use, absent while it has no port. */
  endpoint: z.optional(z.string()),
  /** Identity or slug as configured, where keys belong to an organisation. */
  organisation: z.optional(z.string()),
  project: z.optional(z.string()),
  /** Locations, where the gateway asks the provider for them. */
  zones: z.optional(z.array(z.string())),
  /** Public half of the key that the gateway signs with, so that nobody deletes it unwarned. */
  apiKey: z.optional(z.string()),
  /** Only for a live cloud. */
  settings: z.optional(z.array(Setting)),
})
export type CloudConnection = z.infer<typeof CloudConnection>

export const Session = z.object({
  version: z.string(),
  readOnly: z.boolean(),
  /** Absent where the gateway runs none: every cloud is live, and it was given no port. */
  localKms: z.optional(
    z.object({
      /** Base URL of its own port, for SDKs, CLIs and Terraform; absent while it has none. */
      address: z.optional(z.string()),
      /** Identity of the organisation that the local KMS begins with. */
      organisation: z.string(),
      /** Public half of an API key of the local KMS. */
      apiKey: z.string(),
    }),
  ),
  clouds: z.array(CloudConnection),
})
export type Session = z.infer<typeof Session>

/** RFC 9457, `application/problem+json`. `type` is one of the slugs below behind `#/gateway/`. */
export const GatewayProblem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  /** The cloud that the problem is about, where there is one. */
  cloud: z.optional(z.string()),
})
export type GatewayProblem = z.infer<typeof GatewayProblem>

export const gatewayProblems = {
  'unknown-path': 404,
  'unknown-zone': 404,
  'method-not-allowed': 405,
  'foreign-host': 403,
  'foreign-origin': 403,
  'read-only': 403,
  'body-too-large': 413,
  'body-not-json': 415,
  'upstream-unreachable': 502,
  'upstream-not-json': 502,
  'upstream-credentials': 502,
  'upstream-timeout': 504,
} as const
export type GatewayProblemSlug = keyof typeof gatewayProblems
