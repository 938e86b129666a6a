/** Wire format of the related resources that a console needs. */
import type { Actor } from './authentication.ts'
import { ApiError } from './errors.ts'
import type { Project, Tenant } from './projects.ts'
import { type RegionInfo, regions } from './regions.ts'

const instant = (milliseconds: number) => new Date(milliseconds).toISOString()

/** Creation time of regions, earlier than all stored data. */
const REGIONS_SINCE = instant(Date.UTC(2026, 0, 1))

function regionToWire({ identity, slug, name }: RegionInfo) {
  const zones = ['a', 'b', 'c'].map((letter) => ({
    identity: `zone-${identity.slice('reg-'.length)}${letter}`,
    name: `${name} ${letter.toUpperCase()}`,
    slug: `${slug}${letter}`,
  }))
  return {
    identity,
    name,
    slug,
    description: '',
    createdAt: REGIONS_SINCE,
    updatedAt: REGIONS_SINCE,
    objectVersion: 1,
    labels: {},
    annotations: {},
    zones,
  }
}

export const regionList = () => regions.map(regionToWire)

/** Region by slug or identity, with or without KMS; 404 for an unknown one. */
export function regionDetails(slugOrIdentity: string) {
  const region = regions.find(({ slug, identity }) => slug === slugOrIdentity || identity === slugOrIdentity)
  if (!region) throw new ApiError(404, 'region not found')
  return regionToWire(region)
}

export function projectToWire({ projects }: Tenant, { parent, createdAt, ...project }: Project) {
  const above = projects.find(({ slug }) => slug === parent)
  return {
    ...project,
    labels: {},
    annotations: {},
    ...(above && { parentProject: { identity: above.identity, name: above.name, slug: above.slug } }),
    createdAt: instant(createdAt),
    objectVersion: 1,
  }
}

export function userToWire({ organisation }: Tenant, { identity, name }: Actor) {
  const email = `${name.toLowerCase()}@${organisation.slug}.example`
  return { subject: identity, name, email, createdAt: instant(organisation.createdAt) }
}

/** Memberships of a caller; a service account belongs to its organisation but has none. */
export function membershipsOf(tenant: Tenant, actor: Actor) {
  if (actor.kind === 'service-account') return []
  const { identity, name, slug, createdAt } = tenant.organisation
  return [
    {
      identity: `om-${actor.identity.slice('usr-'.length)}`,
      createdAt: instant(createdAt),
      organisation: { identity, name, slug, createdAt: instant(createdAt), objectVersion: 1 },
      user: userToWire(tenant, actor),
      role: actor.isOwner ? 'OWNER' : 'MEMBER',
    },
  ]
}
