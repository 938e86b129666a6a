import type { Context, Hono } from 'hono'
import type { ProviderServices } from '../provider.ts'
import type { ThalassaEnv } from './audit.ts'
import { auditPage } from './audit-query.ts'
import type { Authentication, Caller } from './authentication.ts'
import { ApiError } from './errors.ts'
import { membershipsOf, projectToWire, regionDetails, regionList } from './organisation-wire.ts'
import { projectNamed, type Tenant } from './projects.ts'
import { readText } from './validation.ts'

interface OrganisationServices extends Pick<ProviderServices, 'audit'> {
  readonly tenant: Tenant
  readonly authentication: Authentication
  readonly authenticate: (c: Context<ThalassaEnv>) => Caller
}

/** The endpoints beside `/v1/kms`: tokens, memberships, regions, projects and the audit trail. */
export function addOrganisationRoutes(app: Hono<ThalassaEnv>, services: OrganisationServices): void {
  const { tenant, authentication, authenticate, audit } = services

  app.post('/oidc/token', async (c) => {
    const { status, headers, body } = authentication.tokens.exchange(
      c.req.header('authorization'),
      await readText(c.req.raw),
    )
    return c.json(body, status, { ...headers })
  })

  app.get('/v1/me/organisation-memberships', (c) =>
    c.json(membershipsOf(tenant, authentication.identify(c.req.header('authorization')).actor)),
  )

  app.get('/v1/regions', (c) => {
    authenticate(c)
    return c.json(regionList())
  })
  app.get('/v1/regions/:id', (c) => {
    authenticate(c)
    return c.json(regionDetails(c.req.param('id')))
  })

  function requireProjects(c: Context<ThalassaEnv>): void {
    authenticate(c)
    if (!tenant.organisation.features.includes('projects'))
      throw new ApiError(403, 'projects are not enabled for this organisation')
  }
  app.get('/v1/projects', (c) => {
    requireProjects(c)
    return c.json(tenant.projects.map((project) => projectToWire(tenant, project)))
  })
  app.get('/v1/projects/:id', (c) => {
    requireProjects(c)
    return c.json(projectToWire(tenant, projectNamed(tenant, c.req.param('id'))))
  })

  app.get('/v1/audit', async (c) => {
    // As with keys: who may not read the trail finds nothing there.
    if (!authenticate(c).rights.audit) throw new ApiError(404, 'not found')
    const { status, body } = await auditPage(audit, tenant.organisation, new URL(c.req.url).searchParams)
    return c.json(body, status)
  })
}
