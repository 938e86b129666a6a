import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Region } from '../../../src/clouds/thalassa/wire.ts'
import { openCors } from '../cors.ts'
import type { KeySpace } from '../engine/store.ts'
import type { WrappingKeys } from '../engine/wrapping-keys.ts'
import { jsonListBody } from '../json-list.ts'
import type { ProviderApi, ProviderServices } from '../provider.ts'
import { rowsOf, scheduledRotationRow, type ThalassaEnv } from './audit.ts'
import { mayCall, openAuthentication, type ThalassaCredential } from './authentication.ts'
import { CLOUD } from './authentication-credentials.ts'
import { createKey } from './create.ts'
import { decrypt, encrypt } from './encryption.ts'
import { type Answer, ApiError, keyNotFound } from './errors.ts'
import { exportKey } from './export.ts'
import { findKey, type KeyOperation, keyAnswer, toWire } from './keys.ts'
import {
  cancelDeletion,
  disable,
  enable,
  rotate,
  rotateWhenDue,
  scheduleDeletion,
  updateRotation,
} from './lifecycle.ts'
import { hmac, verifyHmac } from './mac.ts'
import { addOrganisationRoutes } from './organisation-api.ts'
import { endpointAt } from './permissions.ts'
import { openTenant, type Project, projectNamed } from './projects.ts'
import { publicKeys } from './public-key.ts'
import { type RegionInfo, regionNamed, regions } from './regions.ts'
import { sign, verify } from './signing.ts'
import { readBody } from './validation.ts'
import { wrappingKey } from './wrapping-key.ts'

interface ThalassaServices extends ProviderServices {
  readonly wrappingKeys: WrappingKeys
}

export interface ThalassaApi extends ProviderApi {
  /** @param client IP address of who calls; without one, a part of this very process does */
  fetch(request: Request, client?: string): Promise<Response>
  readonly credential: ThalassaCredential
}

type Call = Context<ThalassaEnv>

const IN_PROCESS = '127.0.0.1'

const send = (c: Context, { status, body }: Answer): Response => c.json(body, status)

/** Identity of the key that an answer is about. */
const identityIn = ({ body }: Answer): string =>
  typeof body === 'object' && body !== null && 'identity' in body ? String(body.identity) : ''

/**
 * Thalassa Cloud's API, `/v1/kms` and what a console needs beside it, over the engine. Makes one organisation, its
 * projects and the credentials at the first start.
 */
export async function openThalassa(services: ThalassaServices): Promise<ThalassaApi> {
  const { keyring, clock } = services
  const cors = openCors(
    services.origins ?? [],
    'GET, POST, PATCH, DELETE, OPTIONS',
    'Authorization, Content-Type, X-Organisation-Identity, X-Project-Identity',
  )
  const tenant = await openTenant(services)
  const { organisation } = tenant
  const authentication = await openAuthentication({ ...services, tenant })

  function authenticate(c: Call) {
    const caller = authentication.authenticate({
      authorization: c.req.header('authorization'),
      organisation: c.req.header('x-organisation-identity'),
    })
    c.var.trace.caller = caller
    return caller
  }

  /** The project that the token, the header or the query names, in this order; 404 for an unknown one. */
  function projectOf(c: Call): Project | undefined {
    const asked = c.var.trace.caller?.project ?? (c.req.header('x-project-identity') || c.req.query('project'))
    return asked ? projectNamed(tenant, asked) : undefined
  }

  /** One scope at a time: the organisation's own keys, or those of one project. */
  const spaceOf = (region: RegionInfo, project: Project | undefined): KeySpace => ({
    cloud: CLOUD,
    location: region.slug,
    scope: (project ?? organisation).identity,
  })

  /** The checks that come before any key: credential, organisation, feature, region, project. */
  function open(c: Call): { space: KeySpace; isAllowed: boolean } {
    const { trace } = c.var
    const caller = authenticate(c)
    if (!organisation.features.includes('kms')) throw new ApiError(403, 'KMS is not enabled for this organisation')
    const region = regionNamed(c.req.param('region') ?? '')
    const project = projectOf(c)
    const endpoint = endpointAt(c.req.method, c.req.path)
    Object.assign(trace, { region: region.slug, endpoint, ...(project && { project }) })
    return { space: spaceOf(region, project), isAllowed: mayCall(caller, endpoint) }
  }

  /** The same and the permission; without it nothing is there. */
  function enter(c: Call): KeySpace {
    const { space, isAllowed } = open(c)
    if (!isAllowed) throw keyNotFound()
    return space
  }

  async function summaryOf(region: RegionInfo, project: Project | undefined): Promise<Region> {
    const counts = await keyring.countByStatus(spaceOf(region, project))
    const number = (status: string) => counts.get(status) ?? 0
    return {
      ...region,
      totalKeys: counts.values().reduce((sum, one) => sum + one, 0),
      activeKeys: number('active'),
      disabledKeys: number('disabled'),
      pendingDeletionKeys: number('pending_deletion'),
    }
  }

  const onKey = (operation: KeyOperation, how: { reads: 'json' | 'query' | 'nothing' }) => async (c: Call) => {
    const { trace } = c.var
    const { space, isAllowed } = open(c)
    const key = await findKey(keyring, space, c.req.param('id') ?? '')
    // Known before it is refused, so that the audit trail can say which key somebody tried to use.
    trace.key = key
    if (!isAllowed) throw keyNotFound()
    trace.body = how.reads === 'json' ? await readBody(c.req.raw) : how.reads === 'query' ? c.req.query() : {}
    trace.answer = await operation({ keyring, key }, trace.body)
    return send(c, trace.answer)
  }
  const json = { reads: 'json' } as const
  const nothing = { reads: 'nothing' } as const

  const app = new Hono<ThalassaEnv>()
  app.use(async (c, next) => {
    c.header('x-request-id', randomUUID())
    await next()
  })
  app.use(async (c, next) => {
    const origin = c.req.header('origin')
    if (c.req.method === 'OPTIONS') return c.body(null, 204, cors.preflight(origin))
    for (const [name, value] of Object.entries(cors.headers(origin))) c.header(name, value)
    return next()
  })
  app.use(async (c, next) => {
    const start = performance.now()
    c.set('trace', {})
    await next()
    const { origin, pathname: path } = new URL(c.req.url)
    const http = {
      method: c.req.method,
      // Not what the caller wrote: the trail holds this server's own address.
      origin: services.publicUrl ?? services.address() ?? origin,
      path,
      status: c.res.status,
      duration: Math.round(performance.now() - start),
      headers: c.req.raw.headers,
      client: c.env.client,
    }
    const rows = rowsOf(c.var.trace, http, { tenant, now: clock.now() })
    // Nobody is told of a success that the trail might not know of.
    if (rows.length > 0) await services.audit.appendAudit(rows)
  })
  app.notFound((c) => send(c, new ApiError(404, 'not found').answer))
  app.onError((error, c) => {
    if (error instanceof ApiError) return send(c, error.answer)
    // A client that went away in the middle of its body is no failure of ours.
    if (!c.req.raw.signal.aborted) services.report?.(error)
    return send(c, new ApiError(500, 'internal server error').answer)
  })

  app.get('/v1/kms/summary', async (c) => {
    authenticate(c)
    if (!organisation.features.includes('kms')) return c.json({ featureEnabled: false })
    const project = projectOf(c)
    return c.json({
      featureEnabled: true,
      regions: await Promise.all(regions.map((region) => summaryOf(region, project))),
    })
  })

  app.get('/v1/kms/:region/keys', async (c) => {
    const { space, isAllowed } = open(c)
    const asked = (['identity', 'name', 'slug'] as const).flatMap((member) =>
      (c.req.queries(member) ?? []).map((value) => ({ member, value })),
    )
    async function* pages() {
      if (!isAllowed) return
      for await (const page of keyring.list(space))
        yield page.map(toWire).filter((key) => asked.every(({ member, value }) => key[member] === value))
    }
    const body = await jsonListBody({ pages: pages() }, { signal: c.req.raw.signal, report: services.report })
    return c.body(body, 200, { 'content-type': 'application/json' })
  })
  app.post('/v1/kms/:region/keys', async (c) => {
    const space = enter(c)
    const answer = await createKey(services, space, await readBody(c.req.raw))
    c.var.trace.made = identityIn(answer)
    return send(c, answer)
  })

  app.get('/v1/kms/:region/wrapping-key', async (c) => send(c, await wrappingKey(services.wrappingKeys, enter(c))))

  const KEY = '/v1/kms/:region/keys/:id'
  app.get(
    KEY,
    onKey(({ key }) => keyAnswer(keyring, key), nothing),
  )
  app.get(`${KEY}/public-key`, onKey(publicKeys, { reads: 'query' }))
  app.post(`${KEY}/export`, onKey(exportKey, json))
  app.post(`${KEY}/encrypt`, onKey(encrypt, json))
  app.post(`${KEY}/decrypt`, onKey(decrypt, json))
  app.post(`${KEY}/sign`, onKey(sign, json))
  app.post(`${KEY}/verify`, onKey(verify, json))
  app.post(`${KEY}/hmac`, onKey(hmac, json))
  app.post(`${KEY}/verify-hmac`, onKey(verifyHmac, json))
  app.post(`${KEY}/rotate`, onKey(rotate, nothing))
  app.patch(`${KEY}/rotation`, onKey(updateRotation, json))
  app.post(`${KEY}/disable`, onKey(disable, nothing))
  app.post(`${KEY}/enable`, onKey(enable, nothing))
  app.delete(KEY, onKey(scheduleDeletion, nothing))
  app.delete(`${KEY}/cancel-deletion`, onKey(cancelDeletion, nothing))

  addOrganisationRoutes(app, { tenant, authentication, authenticate, audit: services.audit })

  return {
    cloud: CLOUD,
    credential: authentication.credential,
    rotate: rotateWhenDue,
    auditRotation: (key, now) => scheduledRotationRow(key, { tenant, now }),
    fetch: async (request, client = IN_PROCESS) => app.fetch(request, { client }),
  }
}
