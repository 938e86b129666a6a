import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { type EndpointId, endpoints } from '../../../src/clouds/thalassa/endpoints.ts'
import type { Region } from '../../../src/clouds/thalassa/wire.ts'
import { openCors } from '../cors.ts'
import { asCaller } from '../crypto/callers.ts'
import { CallerGoneError, QueueFullError } from '../crypto/fair-queue.ts'
import { AuditError, type AuditRow, type AuditRows } from '../engine/audit.ts'
import { DiskError, IntegrityError, type KeySpace } from '../engine/store.ts'
import type { WrappingKeys } from '../engine/wrapping-keys.ts'
import { jsonListBody } from '../json-list.ts'
import type { ProviderApi, ProviderServices } from '../provider.ts'
import { rowsOf, scheduledRow } from './audit.ts'
import { mayCall, openAuthentication, type ThalassaCredential } from './authentication.ts'
import { CLOUD } from './authentication-credentials.ts'
import type { Call, Handler, ThalassaEnv } from './call.ts'
import { createKey } from './create.ts'
import { decrypt, encrypt } from './encryption.ts'
import { type Answer, ApiError, keyNotFound } from './errors.ts'
import { exportKey, publicKeys, wrappingKey } from './key-material.ts'
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
import { organisationHandlers } from './organisation-api.ts'
import { endpointIds } from './permissions.ts'
import { openTenant, type Project, projectNamed } from './projects.ts'
import { type RegionInfo, regionNamed, regions } from './regions.ts'
import { sign, verify } from './signing.ts'
import { readBody } from './validation.ts'

interface ThalassaServices extends ProviderServices {
  readonly wrappingKeys: WrappingKeys
}

export interface ThalassaApi extends ProviderApi {
  readonly credential: ThalassaCredential
}

const IN_PROCESS = '127.0.0.1'

/** Runs work that may wait for its turn: callers take turns by credential, and a client that has gone gives its turn up. */
const forCaller = <T>(c: Call, work: () => Promise<T>): Promise<T> =>
  asCaller({ id: `${CLOUD}/${c.var.trace.caller?.credential.id ?? ''}`, signal: c.req.raw.signal }, work)

/** Seconds until a caller with too much waiting work may try again. */
const RETRY_AFTER = '1'

/** Refusal with too much waiting work, of this credential or of all. */
const queueFull = ({ isOfCaller }: QueueFullError) =>
  isOfCaller
    ? new ApiError(429, 'too many operations of this credential are waiting; try again')
    : new ApiError(503, 'too many operations are waiting; try again')

const send = (c: Context, { status, body }: Answer): Response => c.json(body, status)

/** Identity of the key in an answer; empty if it has none. */
const identityIn = ({ body }: Answer): string =>
  typeof body === 'object' && body !== null && 'identity' in body ? String(body.identity) : ''

/**
 * Thalassa Cloud's API over the engine: `/v1/kms` and the related endpoints of a console. The first start creates one
 * organisation, its projects and the credentials.
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

  /** Project from the token, the header or the query, in this order; 404 for an unknown one. */
  function projectOf(c: Call): Project | undefined {
    const asked = c.var.trace.caller?.project ?? (c.req.header('x-project-identity') || c.req.query('project'))
    return asked ? projectNamed(tenant, asked) : undefined
  }

  /** Key space of a call: the organisation's own keys, or those of one project. */
  const spaceOf = (region: RegionInfo, project: Project | undefined): KeySpace => ({
    cloud: CLOUD,
    location: region.slug,
    scope: (project ?? organisation).identity,
  })

  /** Checks before the key is looked up: credential, organisation, feature, region, project. */
  function open(c: Call, endpoint: EndpointId): { space: KeySpace; isAllowed: boolean } {
    const { trace } = c.var
    const caller = authenticate(c)
    if (!organisation.features.includes('kms')) throw new ApiError(403, 'KMS is not enabled for this organisation')
    const region = regionNamed(c.req.param('location') ?? '')
    const project = projectOf(c)
    Object.assign(trace, { region: region.slug, ...(project && { project }) })
    return { space: spaceOf(region, project), isAllowed: mayCall(caller, endpoint) }
  }

  /** Checks as in `open`, and the permission; without it the answer is that for an unknown key. */
  function enter(c: Call, endpoint: EndpointId): KeySpace {
    const { space, isAllowed } = open(c, endpoint)
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

  /** Audit rows of a call with a status. */
  function auditRows(c: Call, status: number): AuditRow[] {
    const { origin, pathname: path } = new URL(c.req.url)
    const http = {
      method: c.req.method,
      // The server's own address, regardless of the Host header.
      origin: services.publicUrl ?? services.address() ?? origin,
      path,
      status,
      duration: Math.round(performance.now() - c.var.trace.startedAt),
      headers: c.req.raw.headers,
      client: c.env.client,
    }
    return rowsOf(c.var.trace, http, { tenant, now: clock.now() })
  }

  /** Audit rows of a change, which are stored in its transaction. */
  const recorder =
    (c: Call) =>
    (answer: Answer): AuditRows => {
      const { trace } = c.var
      trace.answer = answer
      if (!trace.key) trace.createdKey = identityIn(answer)
      const [first, ...more] = auditRows(c, answer.status)
      if (!first) throw new Error('a change without a caller')
      trace.isRecorded = true
      return [first, ...more]
    }

  const onKey =
    (operation: KeyOperation, reads: 'json' | 'query' | 'nothing' = 'json'): Handler =>
    async (c, endpoint) => {
      const { trace } = c.var
      const { space, isAllowed } = open(c, endpoint)
      const key = await findKey(keyring, space, c.req.param('key') ?? '')
      // Set before the refusal, so that the audit log names the key of a refused call.
      trace.key = key
      if (!isAllowed) throw keyNotFound()
      trace.body = reads === 'json' ? await readBody(c.req.raw) : reads === 'query' ? c.req.query() : {}
      const { body } = trace
      trace.answer = await forCaller(c, () => operation({ keyring, key, record: recorder(c) }, body))
      return send(c, trace.answer)
    }

  const readSummary: Handler = async (c) => {
    authenticate(c)
    if (!organisation.features.includes('kms')) return c.json({ featureEnabled: false })
    const project = projectOf(c)
    return c.json({
      featureEnabled: true,
      regions: await Promise.all(regions.map((region) => summaryOf(region, project))),
    })
  }

  const listKeys: Handler = async (c, endpoint) => {
    const { space, isAllowed } = open(c, endpoint)
    const filters = (['identity', 'name', 'slug'] as const).flatMap((member) =>
      (c.req.queries(member) ?? []).map((value) => ({ member, value })),
    )
    // A caller without the permission gets an empty list.
    async function* pages() {
      if (!isAllowed) return
      for await (const page of keyring.list(space))
        yield page.map(toWire).filter((key) => filters.every(({ member, value }) => key[member] === value))
    }
    const body = await jsonListBody({ pages: pages() }, { signal: c.req.raw.signal, report: services.report })
    return c.body(body, 200, { 'content-type': 'application/json' })
  }

  const createOne: Handler = async (c, endpoint) => {
    const space = enter(c, endpoint)
    const body = await readBody(c.req.raw)
    return send(c, await forCaller(c, () => createKey(services, { space, record: recorder(c) }, body)))
  }

  const handlers: Readonly<Record<EndpointId, Handler>> = {
    ...organisationHandlers({ tenant, authentication, authenticate, audit: services.audit }),
    'read-summary': readSummary,
    'list-keys': listKeys,
    'create-key': createOne,
    'read-key': onKey(({ key }) => keyAnswer(keyring, key), 'nothing'),
    'read-wrapping-key': async (c, endpoint) => send(c, await wrappingKey(services.wrappingKeys, enter(c, endpoint))),
    'read-public-key': onKey(publicKeys, 'query'),
    export: onKey(exportKey),
    encrypt: onKey(encrypt),
    decrypt: onKey(decrypt),
    sign: onKey(sign),
    verify: onKey(verify),
    hmac: onKey(hmac),
    'verify-hmac': onKey(verifyHmac),
    'update-rotation': onKey(updateRotation),
    rotate: onKey(rotate, 'nothing'),
    disable: onKey(disable, 'nothing'),
    enable: onKey(enable, 'nothing'),
    'schedule-deletion': onKey(scheduleDeletion, 'nothing'),
    'cancel-deletion': onKey(cancelDeletion, 'nothing'),
  }

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
    c.set('trace', { startedAt: performance.now() })
    await next()
    // A change is in the log already, unless its transaction failed.
    if (c.var.trace.isRecorded && !c.error) return
    const rows = auditRows(c, c.res.status)
    // The log is written first, so that every successful call is in it.
    if (rows.length > 0) await services.audit.appendAudit(rows)
  })
  app.notFound((c) => send(c, new ApiError(404, 'not found').answer))
  app.onError((error, c) => {
    if (error instanceof ApiError) return send(c, error.answer)
    if (error instanceof QueueFullError) {
      c.header('retry-after', RETRY_AFTER)
      return send(c, queueFull(error).answer)
    }
    // A client that disconnects while it sends its body or waits is no failure of the server.
    if (!(error instanceof CallerGoneError || c.req.raw.signal.aborted)) services.report?.(error)
    // Names of rows are for known callers.
    if (error instanceof IntegrityError && c.var.trace.caller) return send(c, new ApiError(500, error.message).answer)
    if (error instanceof AuditError || error instanceof DiskError)
      return send(c, new ApiError(503, error.message).answer)
    return send(c, new ApiError(500, 'internal server error').answer)
  })

  for (const id of endpointIds) {
    const { method, path } = endpoints[id]
    app.on(method, path, (c) => {
      c.var.trace.endpoint = id
      return handlers[id](c, id)
    })
  }

  return {
    cloud: CLOUD,
    credential: authentication.credential,
    rotate: rotateWhenDue,
    auditRotation: (key, now) => [scheduledRow('kms.rotate.scheduled', key, { tenant, now })],
    auditDestruction: (key, now) => [scheduledRow('kms.delete.scheduled', key, { tenant, now })],
    fetch: async (request, _target, client = IN_PROCESS) => app.fetch(request, { client }),
  }
}
