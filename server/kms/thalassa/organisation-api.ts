/** Handlers of endpoints outside `/v1/kms`: tokens, memberships, regions, projects and the audit log. */
import type { EndpointId } from '../../../src/clouds/thalassa/endpoints.ts'
import type { ProviderServices } from '../provider.ts'
import { auditPage } from './audit-query.ts'
import type { Authentication, Caller } from './authentication.ts'
import type { Call, Handler } from './call.ts'
import { ApiError, ok } from './errors.ts'
import { membershipsOf, projectToWire, regionDetails, regionList } from './organisation-wire.ts'
import { projectNamed, type Tenant } from './projects.ts'
import { readText } from './validation.ts'

interface OrganisationServices extends Pick<ProviderServices, 'audit'> {
  readonly tenant: Tenant
  readonly authentication: Authentication
  readonly authenticate: (call: Call) => Caller
}

export function organisationHandlers({ tenant, authentication, authenticate, audit }: OrganisationServices) {
  function requireProjects(call: Call): void {
    authenticate(call)
    if (!tenant.organisation.features.includes('projects'))
      throw new ApiError(403, 'projects are not enabled for this organisation')
  }

  return {
    async 'exchange-token'({ request }) {
      const form = await readText(request)
      return authentication.tokens.exchange(request.header('authorization'), form)
    },
    'list-memberships': ({ request }) =>
      ok(membershipsOf(tenant, authentication.identify(request.header('authorization')).actor)),
    'list-regions'(call) {
      authenticate(call)
      return ok(regionList())
    },
    'read-region'(call) {
      authenticate(call)
      return ok(regionDetails(call.parameter('location')))
    },
    'list-projects'(call) {
      requireProjects(call)
      return ok(tenant.projects.map((project) => projectToWire(tenant, project)))
    },
    'read-project'(call) {
      requireProjects(call)
      return ok(projectToWire(tenant, projectNamed(tenant, call.parameter('project'))))
    },
    async 'list-audit'(call) {
      // As with keys: without permission the answer is that for an unknown path.
      if (!authenticate(call).rights.audit) throw new ApiError(404, 'not found')
      return auditPage(audit, tenant.organisation, call.query)
    },
  } satisfies Partial<Record<EndpointId, Handler>>
}
