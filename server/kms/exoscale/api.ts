import { type EndpointId, type ExoscaleEndpoint, endpoints } from '../../../src/clouds/exoscale/endpoints.ts'
import type { HttpAnswer, HttpBody, HttpRequest } from '../../http/exchange.ts'
import { openCors } from '../cors.ts'
import { asCaller } from '../crypto/callers.ts'
import { QueueFullError } from '../crypto/fair-queue.ts'
import { UnsupportedAlgorithmError } from '../crypto/support.ts'
import { AuditError, type AuditRow, type AuditRows } from '../engine/audit.ts'
import { DiskError, IntegrityError } from '../engine/store.ts'
import { jsonListBody } from '../json-list.ts'
import type { ProviderApi, ProviderServices } from '../provider.ts'
import { defaultSwitches, type ExoscaleOptions } from './fault-switches.ts'
import type { ApiKey } from './iam/api-keys.ts'
import { type AuditedCall, eventOf, scheduledRow } from './iam/events.ts'
import { openIam } from './iam/iam.ts'
import type { IamOperation } from './iam/operations.ts'
import { CLOUD } from './keys.ts'
import { rotateWhenDue } from './lifecycle.ts'
import { openKeyOperations } from './operations.ts'
import { type Answer, answer, message, notFound, Problem, problemAnswer } from './problems.ts'
import { findOperation, locate, readBytes, readTarget, type Target } from './request.ts'
import { admit, isSigned, UNKNOWN_API_KEY, WRONG_SIGNATURE } from './signature.ts'
import { type Content, contentOf } from './validation.ts'
import { zoneList } from './zones.ts'

export interface ExoscaleApi extends ProviderApi {
  readonly credential: { readonly key: string; readonly secret: string }
  /** Checks the proxies of the connected key stores, which is also done every minute. */
  checkKeyStores(): Promise<void>
}

const IN_PROCESS = '127.0.0.1'

interface Authenticated {
  readonly caller: ApiKey
  readonly content: Content
}

interface Trace {
  /** Endpoint of the call, also of one without a valid signature. */
  endpoint?: ExoscaleEndpoint
  /** Facts for the event log; absent for a call without a valid signature. */
  found?: Pick<AuditedCall, 'operation' | 'zone' | 'id' | 'content' | 'caller'>
  /** Answer whose audit row was stored with the call's change. */
  recorded?: Answer
}

type RowFor = (trace: Trace, reply: Answer) => AuditRow | undefined

/** Seconds until a caller with too much waiting work may try again. */
const RETRY_AFTER = '1'

/** Refusal with too much waiting work, of this API key or of all. */
const queueFull = ({ isOfCaller }: QueueFullError) =>
  isOfCaller
    ? message(429, 'too many operations of this API key are waiting; try again')
    : message(503, 'too many operations are waiting; try again')

/** Answer to a failure of the server. */
function failureOf(error: unknown, { found }: Trace): Answer {
  if (error instanceof AuditError || error instanceof DiskError) return message(503, error.message)
  // Names of rows are for known callers.
  return message(500, found && error instanceof IntegrityError ? error.message : 'Internal Server Error')
}

interface Incoming {
  readonly request: HttpRequest
  readonly target: Target
  readonly rowFor: RowFor
}

const send = (
  { status, contentType, body }: Answer,
  headers: Readonly<Record<string, string>>,
  text: HttpBody = JSON.stringify(body),
): HttpAnswer => ({ status, headers: { ...headers, 'content-type': contentType }, body: text })

/**
 * Exoscale's KMS and IAM API for the eight zones, on the engine. The first start creates an API key; a deleted one
 * is replaced.
 */
export async function openExoscale(given: ProviderServices & ExoscaleOptions): Promise<ExoscaleApi> {
  const { exoscaleApi: revision = '2026-11', exoscaleSwitches: switches = defaultSwitches } = given
  const services = { ...given, revision, switches }
  const { clock, clientClock = clock } = services
  const cors = openCors(services.origins ?? [], 'GET, POST, PUT, DELETE, OPTIONS', 'authorization, content-type')
  const keys = await openKeyOperations(services)
  const readKey = keys.operations['get-kms-key']
  const { apiKeys, roles, authorize, refresh, ...iam } = await openIam({ ...services, readKey })
  const operations: Readonly<Record<Exclude<EndpointId, 'list-zones'>, IamOperation>> = {
    ...keys.operations,
    ...iam.operations,
  }

  /** Caller and body of a signed request, or the refusal. */
  async function authenticate(request: HttpRequest, { path, query }: Target): Promise<Authenticated | Answer> {
    const admitted = () => admit(request.header('authorization'), (key) => apiKeys.get(key)?.secret, clientClock.now())
    let admission = admitted()
    if ('refusal' in admission) {
      // The key may be a new one of another process.
      await refresh()
      admission = admitted()
    }
    if ('refusal' in admission) return message(403, admission.refusal)
    const body = await readBytes(request)
    const signed = body && isSigned(admission, { method: request.method, path, query, body })
    // The key may have been deleted, also by another process while the body arrived.
    await refresh()
    const caller = apiKeys.get(admission.credential)
    if (!caller) return message(403, UNKNOWN_API_KEY)
    return signed ? { caller, content: contentOf(body, request.header('content-type')) } : message(403, WRONG_SIGNATURE)
  }

  /** Base URL by which the caller reaches this server; the gateway's internal host name can't be resolved. */
  const baseFor = ({ client, origin }: HttpRequest): string =>
    services.publicUrl ?? (client === undefined ? (services.address() ?? origin) : origin)

  async function respond({ request, target, rowFor }: Incoming, trace: Trace): Promise<Answer> {
    const location = locate(target.path)
    if (!location) return notFound
    const { zone } = location
    const found = findOperation(request.method, location.below, revision)
    if (found) trace.endpoint = endpoints[found.operation]
    const zones = () => answer(zoneList(baseFor(request)))
    if (found?.operation === 'list-zones' && request.header('authorization') === undefined) return zones()
    const authenticated = await authenticate(request, target)
    if ('status' in authenticated) return authenticated
    if (!found) return notFound
    const { operation, id = '' } = found
    trace.found = { operation, zone, id, ...authenticated }
    const { service }: ExoscaleEndpoint = endpoints[operation]
    if (service === 'kms') await keys.catchUp()
    const refusal = service && (await authorize({ ...trace.found, service, client: request.client ?? IN_PROCESS }))
    if (refusal) return refusal
    if (operation === 'list-zones') return zones()
    const record = (reply: Answer): AuditRows => {
      const row = rowFor(trace, reply)
      if (!row) throw new Error('a change by a read')
      trace.recorded = reply
      return [row]
    }
    // API keys take turns with work that takes long, and a client that has gone gives its turn up.
    const caller = {
      id: `${CLOUD}/${authenticated.caller.key}`,
      get signal() {
        return request.signal
      },
    }
    return asCaller(caller, () =>
      operations[operation]({ zone, id, query: target.query, record }, authenticated.content),
    )
  }

  /** Converts any failure to an answer. */
  async function answerTo(incoming: Incoming, trace: Trace): Promise<Answer> {
    const { request, target } = incoming
    try {
      return await respond(incoming, trace)
    } catch (thrown) {
      const error = thrown instanceof UnsupportedAlgorithmError ? new Problem('bad-request', thrown.message) : thrown
      if (error instanceof Problem) return problemAnswer(error, revision, target.path, trace.endpoint?.service)
      if (error instanceof QueueFullError) return queueFull(error)
      // A client that disconnects while sending its body is no failure of the server.
      if (request.signal.aborted) return message(400, 'the client has disconnected')
      services.report?.(error)
      return failureOf(error, trace)
    }
  }

  /** Audit row of a request by its answer; undefined for a read and for an unknown caller. */
  function rowFactory({ method, client = IN_PROCESS }: HttpRequest, { path }: Target): RowFor {
    const start = performance.now()
    return ({ found }, reply) => {
      if (!found) return undefined
      const elapsed = Math.round(performance.now() - start)
      const call = { method, path, client, elapsed }
      return eventOf({ ...found, ...call, role: roles.get(found.caller.roleId) }, reply, clock.now())
    }
  }

  return {
    cloud: CLOUD,
    rotate: rotateWhenDue,
    auditRotation: (key, now) => [scheduledRow('automatic rotation', key, now)],
    auditDestruction: (key, now) => [scheduledRow('automatic deletion', key, now)],
    checkKeyStores: keys.checkKeyStores,
    close: keys.close,
    credential: { key: apiKeys.start.key, secret: apiKeys.start.secret },
    async answer(request) {
      const origin = request.header('origin')
      if (request.method === 'OPTIONS') return { status: 204, headers: cors.preflight(origin) }
      const target = readTarget(request.target)
      const trace: Trace = {}
      const rowFor = rowFactory(request, target)
      const reply = await answerTo({ request, target, rowFor }, trace)
      try {
        // A change is in the log already, unless its transaction failed.
        const row = reply === trace.recorded ? undefined : rowFor(trace, reply)
        // The log is written first, so that every successful call is in it.
        if (row) await services.audit.appendAudit([row])
        const list = reply.list && (await jsonListBody(reply.list, { signal: request.signal, report: services.report }))
        const waits = reply.status === 429 ? { 'retry-after': RETRY_AFTER } : {}
        return send(reply, { ...cors.headers(origin), ...waits }, list)
      } catch (error) {
        // A client that disconnects before its list begins is no failure of the server.
        if (error !== request.signal.reason) services.report?.(error)
        return send(failureOf(error, trace), cors.headers(origin))
      }
    },
  }
}
