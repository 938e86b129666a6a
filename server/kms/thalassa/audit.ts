/** Entries of the audit log: sizes, names and outcomes, without payload. */
import {
  endpoints,
  type ScheduledAction,
  scheduledActions,
  type ThalassaEndpoint,
} from '../../../src/clouds/thalassa/endpoints.ts'
import { type HttpRequest, pathOf } from '../../http/exchange.ts'
import type { AuditRow } from '../engine/audit.ts'
import { timeText } from '../engine/clock.ts'
import type { StoredKey } from '../engine/store.ts'
import { isObject } from '../field-rules.ts'
import type { Actor } from './authentication.ts'
import { CLOUD } from './authentication-credentials.ts'
import type { Trace } from './call.ts'
import { newIdentity } from './identity.ts'
import { userToWire } from './organisation-wire.ts'
import { projectOfScope, type Tenant } from './projects.ts'

/** Methods that are not logged: reading the log must not extend it. */
const AUDITED_METHODS: readonly string[] = ['POST', 'PATCH', 'DELETE']
const KMS_KEY = 'kms_key'
const IN_PROCESS = '127.0.0.1'
/** User-assigned code of ISO 3166: the country of a call on this machine is unknown. */
const NO_COUNTRY = 'ZZ'
/** Limit of free text, such as path and user agent, in characters. */
const MAX_TEXT = 1024

export interface HttpFacts {
  readonly request: HttpRequest
  /** Base URL of this server. */
  readonly origin: string
  readonly status: number
  /** Milliseconds. */
  readonly duration: number
}

type Content = Readonly<Record<string, unknown>>

/** What the entries of one call have in common. */
interface Occasion {
  readonly tenant: Tenant
  readonly now: number
  readonly actor?: Actor | undefined
  readonly resourceType: string
  readonly resource: string | undefined
  readonly project: string | undefined
  readonly status: number
}

interface CallerContent {
  readonly userIdentity?: string
  readonly user?: Content
  readonly serviceAccountIdentity?: string
  readonly serviceAccount?: Content
}

/** Caller in an entry; made once for each, because most entries have one of few. */
const callers = new WeakMap<Actor, CallerContent>()

function callerIn(tenant: Tenant, actor: Actor): CallerContent {
  const known = callers.get(actor)
  if (known) return known
  const { kind, identity, name } = actor
  const made: CallerContent =
    kind === 'user'
      ? { userIdentity: identity, user: userToWire(tenant, actor) }
      : { serviceAccountIdentity: identity, serviceAccount: { identity, name, slug: name.toLowerCase() } }
  callers.set(actor, made)
  return made
}

/** Members of the entry that are undefined are not written. */
function rowOf(occasion: Occasion, action: string, description: string, context: Content): AuditRow {
  const { tenant, now, actor, resourceType, resource = '', project, status } = occasion
  const { identity, name, slug } = tenant.organisation
  const caller = actor && callerIn(tenant, actor)
  const entry = {
    createdAt: timeText(now),
    eventID: newIdentity('evt'),
    action,
    userIdentity: caller?.userIdentity,
    user: caller?.user,
    serviceAccountIdentity: caller?.serviceAccountIdentity,
    serviceAccount: caller?.serviceAccount,
    organizationIdentity: identity,
    organization: { identity, name, slug },
    description,
    resourceType: resourceType || undefined,
    resourceIdentity: resource || undefined,
    projectId: project,
    context,
  }
  return {
    cloud: CLOUD,
    organisation: identity,
    createdAt: now,
    action,
    resourceType,
    resource,
    user: actor?.kind === 'user' ? actor.identity : '',
    serviceAccount: actor?.kind === 'service-account' ? actor.identity : '',
    status,
    searchText: `${action} ${resource} ${description} ${actor?.name ?? ''}`,
    entry,
  }
}

const cut = (text: string) => text.slice(0, MAX_TEXT)

/** Size of a payload in bytes: decoded if base64, else as text, such as a ciphertext. */
function sizeOf(content: unknown, base64: readonly string[], texts: readonly string[]): number | undefined {
  if (!isObject(content)) return undefined
  for (const name of base64) {
    const value = content[name]
    if (typeof value === 'string') return Buffer.byteLength(value, 'base64')
  }
  for (const name of texts) {
    const value = content[name]
    if (typeof value === 'string') return Buffer.byteLength(value, 'utf8')
  }
  return undefined
}

/** Members with a payload in base64, and those whose text is what counts. */
const INPUT_BYTES = ['plaintext', 'input']
const INPUT_TEXTS = ['ciphertext']
const OUTPUT_BYTES = ['plaintext']
const OUTPUT_TEXTS = ['ciphertext', 'signature', 'hmac', 'keyMaterial']

/** Key version of the call, as text: from the answer, or from the signature, MAC or ciphertext in the body. */
function versionOf({ answer, body }: Trace): string | undefined {
  const content = answer?.body
  if (typeof content === 'object' && content !== null) {
    if ('keyVersion' in content && typeof content.keyVersion === 'string') return content.keyVersion
    if ('latestVersion' in content && typeof content.latestVersion === 'number') return String(content.latestVersion)
  }
  const envelope = body?.signature ?? body?.hmac ?? body?.ciphertext
  return typeof envelope === 'string' ? /^[a-z]{1,16}:v(\d{1,9}):/.exec(envelope)?.[1] : undefined
}

function logged(request: HttpRequest, name: string): string | undefined {
  const value = request.header(name)
  return value === undefined ? undefined : cut(value)
}

/** Headers without credentials, which are logged. */
const headersOf = (request: HttpRequest): Content => ({
  accept: logged(request, 'accept'),
  'content-type': logged(request, 'content-type'),
  'content-length': logged(request, 'content-length'),
  'x-organisation-identity': logged(request, 'x-organisation-identity'),
  'x-project-identity': logged(request, 'x-project-identity'),
})

/** Entries for one call: the generic one by HTTP method, and the KMS's own if the endpoint has one. */
export function rowsOf(trace: Trace, http: HttpFacts, { tenant, now }: { tenant: Tenant; now: number }): AuditRow[] {
  const { caller, region, project, endpoint, key } = trace
  const { request, status } = http
  const { method, client = IN_PROCESS } = request
  if (!caller || !AUDITED_METHODS.includes(method)) return []
  const path = cut(pathOf(request.target))
  const userAgent = cut(request.header('user-agent') ?? '')
  const resource = key?.id ?? trace.createdKey
  const shared = {
    tenant,
    now,
    actor: caller.actor,
    resourceType: KMS_KEY,
    resource,
    project: project?.identity,
    status,
  }
  const generic = rowOf(shared, method, `${method} ${path}`, {
    client_ip: client,
    country_code: NO_COUNTRY,
    user_agent: userAgent,
    method,
    path,
    url: `${http.origin}${path}`,
    status,
    duration: http.duration,
    credentials_id: caller.credential.id,
    credentials_type: caller.credential.type,
    headers: headersOf(request),
  })
  const { audit }: Partial<ThalassaEndpoint> = endpoint ? endpoints[endpoint] : {}
  if (!audit || !key) return [generic]
  const own = rowOf(shared, audit, `${endpoint} with key ${key.uniqueName}`, {
    region,
    projectId: project?.identity,
    keySlug: key.uniqueName,
    keyType: key.algorithm,
    outcome: status < 400 ? 'success' : 'failure',
    keyVersion: versionOf(trace),
    inputBytes: sizeOf(trace.body, INPUT_BYTES, INPUT_TEXTS),
    outputBytes: sizeOf(trace.answer?.body, OUTPUT_BYTES, OUTPUT_TEXTS),
    client_ip: client,
    user_agent: userAgent,
  })
  return [generic, own]
}

/** Entry for a scheduled job. */
export function scheduledRow(
  action: ScheduledAction,
  key: StoredKey,
  { tenant, now }: { tenant: Tenant; now: number },
): AuditRow {
  const project = projectOfScope(key.scope)
  const occasion = { tenant, now, resourceType: KMS_KEY, resource: key.id, project, status: 0 }
  return rowOf(occasion, action, `scheduled ${scheduledActions[action]} of key ${key.uniqueName}`, {
    region: key.location,
    projectId: project,
    keySlug: key.uniqueName,
    keyType: key.algorithm,
    outcome: 'success',
    keyVersion: String(key.latestVersion),
  })
}
