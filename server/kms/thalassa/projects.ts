import * as z from 'zod'
import { unaudited, unchanged } from '../engine/audit.ts'
import type { Store } from '../engine/store.ts'
import type { ProviderServices } from '../provider.ts'
import { CLOUD } from './authentication-credentials.ts'
import { ApiError } from './errors.ts'
import { newIdentity } from './identity.ts'

/** Settings with the organisation and its projects, as JSON. */
export const ORGANISATION_SETTING = `${CLOUD}-organisation`
export const PROJECTS_SETTING = `${CLOUD}-projects`
export const PROJECT = 'prj'

/** Data that a reset keeps: organisation, projects and all credentials. */
export const keptForReset = async (store: Pick<Store, 'credentials'>) => ({
  settings: [ORGANISATION_SETTING, PROJECTS_SETTING],
  credentials: await store.credentials(CLOUD),
})

export const Organisation = z.object({
  identity: z.string(),
  slug: z.string(),
  name: z.string(),
  /** Enabled feature gates: `kms`, `projects`. */
  features: z.array(z.string()),
  /** Milliseconds; absent in data of the first build. */
  createdAt: z.number().default(0),
})
export type Organisation = z.infer<typeof Organisation>

export const Project = z.object({
  identity: z.string(),
  name: z.string(),
  slug: z.string(),
  description: z.string(),
  /** Slug of the parent project. A child shares no keys with it. */
  parent: z.string().optional(),
  /** Milliseconds. */
  createdAt: z.number(),
})
export type Project = z.infer<typeof Project>

/** Projects of a first start. */
export const defaultProjects = [
  { name: 'Platform', slug: 'platform', description: 'Shared infrastructure' },
  { name: 'Payments', slug: 'payments', description: 'Card and invoice data', parent: 'platform' },
]

export interface Tenant {
  readonly organisation: Organisation
  readonly projects: readonly Project[]
}

const storedTenant = (organisation: string | undefined, projects: string | undefined): Tenant | undefined =>
  organisation === undefined || projects === undefined
    ? undefined
    : {
        organisation: Organisation.parse(JSON.parse(organisation)),
        projects: z.array(Project).parse(JSON.parse(projects)),
      }

/** The organisation and its projects; creates missing ones, at the first start both. */
export async function openTenant({ settings, clock }: Pick<ProviderServices, 'settings' | 'clock'>): Promise<Tenant> {
  const stored = storedTenant(await settings.setting(ORGANISATION_SETTING), await settings.setting(PROJECTS_SETTING))
  if (stored) return stored
  const createdAt = clock.now()
  return settings.write((rows) => {
    const [before, listed] = [rows.setting(ORGANISATION_SETTING), rows.setting(PROJECTS_SETTING)]
    // Another process may have made them meanwhile.
    const known = storedTenant(before, listed)
    if (known) return unchanged(known)
    const fresh = {
      identity: newIdentity('o'),
      slug: 'local',
      name: 'Local organisation',
      features: ['kms'],
      createdAt,
    }
    const organisation = before === undefined ? fresh : Organisation.parse(JSON.parse(before))
    const features = [...new Set([...organisation.features, 'projects'])]
    const withProjects = { ...organisation, features, createdAt: organisation.createdAt || createdAt }
    const projects =
      listed === undefined
        ? defaultProjects.map((project) => ({ identity: newIdentity(PROJECT), createdAt, ...project }))
        : z.array(Project).parse(JSON.parse(listed))
    rows.putSetting(ORGANISATION_SETTING, JSON.stringify(withProjects))
    rows.putSetting(PROJECTS_SETTING, JSON.stringify(projects))
    return unaudited('first use', { organisation: withProjects, projects })
  })
}

/** Project by identity or slug; undefined for an unknown one. */
export const projectFor = ({ projects }: Tenant, identityOrSlug: string): Project | undefined =>
  projects.find(({ identity }) => identity === identityOrSlug) ?? projects.find(({ slug }) => slug === identityOrSlug)

/** Project by identity or slug; 404 for an unknown one. */
export function projectNamed(tenant: Tenant, identityOrSlug: string): Project {
  const project = projectFor(tenant, identityOrSlug)
  if (!project) throw new ApiError(404, 'project not found')
  return project
}

/** Project of a key, from its scope; undefined for a key of the organisation. */
export const projectOfScope = (scope: string): string | undefined =>
  scope.startsWith(`${PROJECT}-`) ? scope : undefined
