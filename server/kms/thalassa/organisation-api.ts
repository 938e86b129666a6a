/** Handlers of endpoints outside `/v1/kms`: tokens, memberships, regions, projects and the audit log. */
import type { EndpointId } from '../../../src/clouds/thalassa/endpoints.ts'
import type { ProviderServices } from '../provider.ts'
import { auditPage } from './audit-query.ts'
import type { Authentication, Caller } from './authentication.ts'
import type { Call, Handler } from './call.ts'
import { ApiError } from './errors.ts'
import { membershipsOf, projectToWire, regionDetails, regionList } from './organisation-wire.ts'
import { projectNamed, type Tenant } from './projects.ts'
import { readText } from './validation.ts'

interface OrganisationServices extends Pick<ProviderServices, 'audit'> {
  readonly tenant: Tenant
  readonly authentication: Authentication
  readonly authenticate: (c: Call) => Caller
}

export function organisationHandlers({ tenant, authentication, authenticate, audit }: OrganisationServices) {
  function requireProjects(c: Call): void {
    authenticate(c)
    if (!tenant.organisation.features.includes('projects'))
      throw new ApiError(403, 'projects are not enabled for this organisation')
  }

  return {
    async 'exchange-token'(c) {
      const form = await readText(c.req.raw)
      const { status, headers, body } = authentication.tokens.exchange(c.req.header('authorization'), form)
      return c.json(body, status, { ...headers })
    },
    'list-memberships': (c) =>
      c.json(membershipsOf(tenant, authentication.identify(c.req.header('authorization')).actor)),
    'list-regions'(c) {
      authenticate(c)
      return c.json(regionList())
    },
    'read-region'(c) {
      authenticate(c)
      return c.json(regionDetails(c.req.param('location') ?? ''))
    },
    'list-projects'(c) {
      requireProjects(c)
      return c.json(tenant.projects.map((project) => projectToWire(tenant, project)))
    },
    'read-project'(c) {
      requireProjects(c)
      return c.json(projectToWire(tenant, projectNamed(tenant, c.req.param('project') ?? '')))
    },
    async 'list-audit'(c) {
      // As with keys: without permission the answer is that for an unknown path.
      if (!authenticate(c).rights.audit) throw new ApiError(404, 'not found')
      const { status, body } = await auditPage(audit, tenant.organisation, new URL(c.req.url).searchParams)
      return c.json(body, status)
    },
  } satisfies Partial<Record<EndpointId, Handler>>
}
