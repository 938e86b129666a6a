import { randomUUID } from 'node:crypto'
import { type EndpointId, endpoints } from '../../../src/clouds/thalassa/endpoints.ts'
import type { Region } from '../../../src/clouds/thalassa/wire.ts'
import { type HttpAnswer, type HttpBody, type HttpRequest, pathOf, queryOf } from '../../http/exchange.ts'
import { openCors } from '../cors.ts'
import { CallerGoneError, QueueFullError } from '../crypto/fair-queue.ts'
import { knownAlgorithm } from '../crypto/material.ts'
import { AuditError, type AuditRow, type AuditRows } from '../engine/audit.ts'
import { DiskError, IntegrityError, type KeySpace } from '../engine/store.ts'
import type { WrappingKeys } from '../engine/wrapping-keys.ts'
import { jsonListBody } from '../json-list.ts'
import type { ProviderApi, ProviderServices } from '../provider.ts'
import { openRoutes } from '../routes.ts'
import { rowsOf, scheduledRow } from './audit.ts'
import { mayCall, openAuthentication, type ThalassaCredential } from './authentication.ts'
import { CLOUD } from './authentication-credentials.ts'
import { Call, forCaller, type Handler, Trace } from './call.ts'
import { createKey } from './create.ts'
import { decrypt, encrypt } from './encryption.ts'
import { type Answer, ApiError, keyNotFound, ok } from './errors.ts'
import { exportKey, publicKeys, wrappingKey } from './key-material.ts'
import { findKey, type KeyOperation, keyAnswer } from './keys.ts'
import {
  cancelDeletion,
  disable,
  enable,
  rotate,
  rotateWhenDue,
  scheduleDeletion,
  updateRotation,
} from './lifecycle.ts'
import { listPages } from './list.ts'
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

/** Refusal with too much waiting work, of this credential or of all; the header has seconds. */
const queueFull = ({ isOfCaller }: QueueFullError): Answer => ({
  ...(isOfCaller
    ? new ApiError(429, 'too many operations of this credential are waiting; try again')
    : new ApiError(503, 'too many operations are waiting; try again')
  ).answer,
  headers: { 'retry-after': '1' },
})

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

  function authenticate({ request, trace }: Call) {
    const caller = authentication.authenticate({
      authorization: request.header('authorization'),
      organisation: request.header('x-organisation-identity'),
    })
    trace.caller = caller
    return caller
  }

  /** Project from the token, the header or the query, in this order; 404 for an unknown one. */
  function projectOf(call: Call): Project | undefined {
    const { request, trace } = call
    const inQuery = () => (queryOf(request.target) === '' ? undefined : call.query.get('project'))
    const asked = trace.caller?.project ?? (request.header('x-project-identity') || inQuery())
    return asked ? projectNamed(tenant, asked) : undefined
  }

  /** Key space of a call: the organisation's own keys, or those of one project. */
  const spaceOf = (region: RegionInfo, project: Project | undefined): KeySpace => ({
    cloud: CLOUD,
    location: region.slug,
    scope: (project ?? organisation).identity,
  })

  /** Checks before the key is looked up: credential, organisation, feature, region, project. */
  function open(call: Call): { space: KeySpace; isAllowed: boolean } {
    const { trace, endpoint } = call
    const caller = authenticate(call)
    if (!organisation.features.includes('kms')) throw new ApiError(403, 'KMS is not enabled for this organisation')
    const region = regionNamed(call.parameter('location'))
    const project = projectOf(call)
    trace.region = region.slug
    if (project) trace.project = project
    return { space: spaceOf(region, project), isAllowed: mayCall(caller, endpoint) }
  }

  /** Checks as in `open`, and the permission; without it the answer is that for an unknown key. */
  function enter(call: Call): KeySpace {
    const { space, isAllowed } = open(call)
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
  function auditRows(request: HttpRequest, trace: Trace, status: number): AuditRow[] {
    const http = {
      request,
      // The server's own address, regardless of the Host header.
      origin: services.publicUrl ?? services.address() ?? request.origin,
      status,
      duration: Math.round(performance.now() - trace.startedAt),
    }
    return rowsOf(trace, http, { tenant, now: clock.now() })
  }

  /** Audit rows of a change, which are stored in its transaction. */
  const recorder =
    ({ request, trace }: Call) =>
    (answer: Answer): AuditRows => {
      trace.answer = answer
      if (!trace.key) trace.createdKey = identityIn(answer)
      const [first, ...more] = auditRows(request, trace, answer.status)
      if (!first) throw new Error('a change without a caller')
      trace.isRecorded = true
      return [first, ...more]
    }

  /** @param reads what the operation gets: the members of the body, or those of the query */
  const onKey =
    (operation: KeyOperation, reads: 'json' | 'query' | 'nothing' = 'json'): Handler =>
    async (call) => {
      const { trace } = call
      const { space, isAllowed } = open(call)
      const key = findKey(keyring, space, call.parameter('key'))
      // Set before the refusal, so that the audit log names the key of a refused call.
      trace.key = key
      if (!isAllowed) throw keyNotFound()
      // Of a repeated argument the first counts.
      const body =
        reads === 'json'
          ? await readBody(call.request)
          : reads === 'query'
            ? Object.fromEntries([...call.query].reverse())
            : {}
      trace.body = body
      const work = () => operation({ keyring, key, record: recorder(call) }, body)
      // Only work with asymmetric keys is queued.
      trace.answer = await (knownAlgorithm(key.algorithm).publicKey ? forCaller(call, work) : work())
      return trace.answer
    }

  const readSummary: Handler = async (call) => {
    authenticate(call)
    if (!organisation.features.includes('kms')) return ok({ featureEnabled: false })
    const project = projectOf(call)
    return ok({
      featureEnabled: true,
      regions: await Promise.all(regions.map((region) => summaryOf(region, project))),
    })
  }

  const listKeys: Handler = async (call) => {
    const { space, isAllowed } = open(call)
    // A caller without the permission gets an empty list.
    if (!isAllowed) return ok([])
    return { ...ok([]), list: { pages: await listPages(keyring, space, call.query) } }
  }

  const createOne: Handler = async (call) => {
    const space = enter(call)
    const body = await readBody(call.request)
    return forCaller(call, () => createKey(services, { space, record: recorder(call) }, body))
  }

  const routeOf = openRoutes(endpointIds.map((id) => [id, endpoints[id]]))

  const handlers: Readonly<Record<EndpointId, Handler>> = {
    ...organisationHandlers({ tenant, authentication, authenticate, audit: services.audit }),
    'read-summary': readSummary,
    'list-keys': listKeys,
    'create-key': createOne,
    'read-key': onKey(({ key }) => keyAnswer(keyring, key), 'nothing'),
    'read-wrapping-key': (call) => wrappingKey(services.wrappingKeys, enter(call)),
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

  function carryOut(request: HttpRequest, trace: Trace): Answer | Promise<Answer> {
    // As everywhere, HEAD is GET without the body.
    const route = routeOf(request.method === 'HEAD' ? 'GET' : request.method, pathOf(request.target))
    if (!route) throw new ApiError(404, 'not found')
    trace.endpoint = route.id
    return handlers[route.id](new Call(request, trace, route))
  }

  /** Answer to a failure. */
  function answerTo(error: unknown, { signal }: HttpRequest, trace: Trace): Answer {
    if (error instanceof ApiError) return error.answer
    if (error instanceof QueueFullError) return queueFull(error)
    // A client that disconnects while it sends its body or waits is no failure of the server; only the log has this answer.
    if (error instanceof CallerGoneError || signal.aborted)
      return new ApiError(400, 'the client has disconnected').answer
    services.report?.(error)
    // Names of rows are for known callers.
    if (error instanceof IntegrityError && trace.caller) return new ApiError(500, error.message).answer
    if (error instanceof AuditError || error instanceof DiskError) return new ApiError(503, error.message).answer
    return new ApiError(500, 'internal server error').answer
  }

  /** The audit log is written first, so that every successful call is in it. */
  async function respond(request: HttpRequest, trace: Trace): Promise<Answer> {
    let answer: Answer
    try {
      answer = await carryOut(request, trace)
      // A change is in the log already, unless its transaction failed.
      if (trace.isRecorded) return answer
    } catch (error) {
      answer = answerTo(error, request, trace)
    }
    const rows = auditRows(request, trace, answer.status)
    if (rows.length > 0) await services.audit.appendAudit(rows)
    return answer
  }

  return {
    cloud: CLOUD,
    credential: authentication.credential,
    rotate: rotateWhenDue,
    auditRotation: (key, now) => [scheduledRow('kms.rotate.scheduled', key, { tenant, now })],
    auditDestruction: (key, now) => [scheduledRow('kms.delete.scheduled', key, { tenant, now })],
    async answer(request): Promise<HttpAnswer> {
      const origin = request.header('origin')
      const requestId = randomUUID()
      if (request.method === 'OPTIONS')
        return { status: 204, headers: { 'x-request-id': requestId, ...cors.preflight(origin) } }
      const trace = new Trace()
      const send = ({ status, headers }: Answer, body: HttpBody): HttpAnswer => ({
        status,
        headers: { 'content-type': 'application/json', 'x-request-id': requestId, ...cors.headers(origin), ...headers },
        body,
      })
      try {
        const answer = await respond(request, trace)
        const { body, list } = answer
        if (!list) return send(answer, JSON.stringify(body))
        return send(answer, await jsonListBody(list, { signal: request.signal, report: services.report }))
      } catch (error) {
        const answer = answerTo(error, request, trace)
        return send(answer, JSON.stringify(answer.body))
      }
    },
  }
}
