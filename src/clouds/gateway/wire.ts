/** What the gateway itself answers: which clouds are connected, and its own problems. Never a credential. */
import * as z from 'zod/mini'
import { roles } from './roles.ts'

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

/** Role of a group, everywhere or within limits. */
export const Grant = z.object({
  /** `*` for everybody who is signed in. */
  group: z.string(),
  role: z.enum(roles),
  provider: z.optional(z.string()),
  location: z.optional(z.string()),
  /** Label of keys, or `project` with the identity or slug of one. */
  where: z.optional(z.object({ name: z.string(), value: z.string() })),
})
export type Grant = z.infer<typeof Grant>

export const SignedIn = z.object({
  subject: z.string(),
  name: z.string(),
  /** Grants that hold for this person. */
  grants: z.array(Grant),
  /** Whether the console has a session that ends by signing out; a proxy or a program has its own. */
  canSignOut: z.boolean(),
})
export type SignedIn = z.infer<typeof SignedIn>

export const Session = z.object({
  version: z.string(),
  readOnly: z.boolean(),
  /** Absent where nobody signs in. */
  person: z.optional(SignedIn),
  /** All grants, which tell who may do what; absent where nobody signs in. */
  grants: z.optional(z.array(Grant)),
  /** Role that each kind of activity needs; absent where nobody signs in. */
  needs: z.optional(z.record(z.string(), z.enum(roles))),
  /** Kinds of calls that a second person must approve; absent where nobody signs in. */
  approvals: z.optional(z.array(z.string())),
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
  /** How to sign in, for somebody who has not: at the identity provider, or with a token in the address. */
  signIn: z.optional(z.enum(['provider', 'token'])),
})
export type GatewayProblem = z.infer<typeof GatewayProblem>

export const gatewayProblems = {
  'unknown-path': 404,
  'unknown-zone': 404,
  'method-not-allowed': 405,
  'foreign-host': 403,
  'foreign-origin': 403,
  'read-only': 403,
  'signed-out': 401,
  'sign-in-refused': 400,
  'sign-in-unavailable': 503,
  'not-allowed': 403,
  'approval-needed': 403,
  'approval-state': 409,
  'invalid-request': 400,
  'records-unavailable': 503,
  'too-many-requests': 429,
  'body-too-large': 413,
  'body-not-json': 415,
  'upstream-unreachable': 502,
  'upstream-not-json': 502,
  'upstream-credentials': 502,
  'upstream-timeout': 504,
} as const
export type GatewayProblemSlug = keyof typeof gatewayProblems
