/** Roles of people who use the console, and what each endpoint needs. */
import type { ActivityKind, Endpoint } from '../endpoint.ts'

/** Each has the rights of those before it. */
export const roles = ['viewer', 'user', 'operator', 'admin'] as const

export type Role = (typeof roles)[number]

export const includesRole = (held: Role, needed: Role): boolean => roles.indexOf(held) >= roles.indexOf(needed)

/** Uses of a key whose answer is a verdict. */
const verdicts: ReadonlySet<ActivityKind> = new Set(['verify', 'verifyHmac'])

/** Changes of what programs may do, which hold everywhere in an organisation. */
const adminChanges: ReadonlySet<ActivityKind> = new Set([
  'createApiKey',
  'deleteApiKey',
  'createRole',
  'changeRole',
  'deleteRole',
  'changeOrganisationPolicy',
])

type Facts = Pick<Endpoint, 'effect' | 'reveals' | 'activity'>

/** The least role that may call an endpoint. */
export function roleFor({ effect, reveals, activity }: Facts): Role {
  if (reveals === 'key-material' || reveals === 'secret') return 'admin'
  if (effect === 'change') return activity !== undefined && adminChanges.has(activity) ? 'admin' : 'operator'
  if (effect === 'read') return 'viewer'
  return activity !== undefined && verdicts.has(activity) ? 'viewer' : 'user'
}

/** What a call is about, as far as the limits of grants tell things apart. */
export type Reach =
  /** Lists of regions, projects and the like, which every page needs: any role at the provider. */
  | 'general'
  /** Holds in all locations: a role that is limited to one does not count. */
  | 'organisation'
  | 'location'

export function reachOf({ effect, activity }: Facts): Reach {
  if (activity !== undefined && adminChanges.has(activity)) return 'organisation'
  return effect === 'read' && (activity === undefined || activity === 'readLocations') ? 'general' : 'location'
}
