/** Applies the organisation and the projects of Thalassa's part of a seed. */
import * as z from 'zod'
import { isSameJson } from '../../seed/same-json.ts'
import type { Target } from '../../seed/seed.ts'
import type { Path } from '../../seed/seed-errors.ts'
import { ORGANISATION_SETTING, Organisation, PROJECTS_SETTING, Project, type Tenant } from '../projects.ts'

export interface SeedOrganisation {
  readonly at: Path
  /** Whether the seed defines it; otherwise it is the default for a store without one. */
  readonly isGiven: boolean
  /** Whether the seed defines the identity; otherwise the store's is kept. */
  readonly isIdentityGiven: boolean
  readonly value: Organisation
}

export interface SeedProjects {
  readonly isGiven: boolean
  readonly list: readonly Project[]
}

function applyOrganisation(organisation: SeedOrganisation, { rows, errors }: Target): Organisation {
  const { value, isGiven, isIdentityGiven, at } = organisation
  const stored = rows.setting(ORGANISATION_SETTING)
  const before = stored === undefined ? undefined : Organisation.parse(JSON.parse(stored))
  if (before && !isGiven) return before
  if (before && isIdentityGiven && before.identity !== value.identity)
    errors.add([...at, 'identity'], `can't be another one than the store's, ${before.identity}: keys belong to it`)
  const { slug, name } = value
  const after = before ? { ...before, slug, name } : value
  if (!before || !isSameJson(before, after)) rows.putSetting(ORGANISATION_SETTING, JSON.stringify(after))
  return after
}

function applyProjects(projects: SeedProjects, { rows, errors }: Target): readonly Project[] {
  const stored = rows.setting(PROJECTS_SETTING)
  const before = stored === undefined ? undefined : z.array(Project).parse(JSON.parse(stored))
  if (before && !projects.isGiven) return before
  const known = before ?? []
  for (const [index, { identity, slug }] of projects.list.entries())
    if (known.some((one) => one.slug === slug && one.identity !== identity))
      errors.add(['thalassa', 'projects', index, 'slug'], 'is that of another project in the store')
  const given = new Map(projects.list.map((project) => [project.identity, project]))
  const kept = known.map((project) => given.get(project.identity) ?? project)
  const added = projects.list.filter(({ identity }) => !known.some((one) => one.identity === identity))
  const after = [...kept, ...added]
  if (!before || !isSameJson(before, after)) rows.putSetting(PROJECTS_SETTING, JSON.stringify(after))
  return after
}

export const applyTenant = (organisation: SeedOrganisation, projects: SeedProjects, target: Target): Tenant => ({
  organisation: applyOrganisation(organisation, target),
  projects: applyProjects(projects, target),
})
