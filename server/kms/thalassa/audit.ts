/** Entries of the audit log: sizes, names and outcomes, without payload. */
import {
  endpoints,
  type ScheduledAction,
  scheduledActions,
  type ThalassaEndpoint,
} from '../../../src/clouds/thalassa/endpoints.ts'
import type { AuditRow } from '../engine/audit.ts'
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
/** User-assigned code of ISO 3166: the country of a call on this machine is unknown. */
const NO_COUNTRY = 'ZZ'
/** Limit of free text, such as path and user agent, in characters. */
const MAX_TEXT = 1024
/** Headers without credentials, which are logged. */
const AUDITED_HEADERS = ['accept', 'content-type', 'content-length', 'x-organisation-identity', 'x-project-identity']

export interface HttpFacts {
  readonly method: string
  /** Base URL of this server. */
  readonly origin: string
  readonly path: string
  readonly status: number
  /** Milliseconds. */
  readonly duration: number
  /** @param name in lower case */
  readonly header: (name: string) => string | undefined
  /** IP address. */
  readonly client: string
}

type Content = Readonly<Record<string, unknown>>

interface Event {
  readonly tenant: Tenant
  readonly now: number
  readonly action: string
  readonly actor?: Actor | undefined
  readonly resourceType?: string
  readonly resource?: string | undefined
  readonly project?: string | undefined
  readonly status: number
  readonly description: string
  readonly context: Content
}

/** Caller in an entry; made once for each, because most entries have one of few. */
const callers = new WeakMap<Actor, Content>()

function callerIn(tenant: Tenant, actor: Actor): Content {
  const known = callers.get(actor)
  if (known) return known
  const { kind, identity, name } = actor
  const made =
    kind === 'user'
      ? { userIdentity: identity, user: userToWire(tenant, actor) }
      : { serviceAccountIdentity: identity, serviceAccount: { identity, name, slug: name.toLowerCase() } }
  callers.set(actor, made)
  return made
}

/** Members of the entry that are undefined are not written. */
function rowOf(event: Event): AuditRow {
  const { tenant, now, action, actor, resourceType = '', resource = '', project, status, description, context } = event
  const { identity, name, slug } = tenant.organisation
  const entry = {
    createdAt: new Date(now).toISOString(),
    eventID: newIdentity('evt'),
    action,
    ...(actor && callerIn(tenant, actor)),
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
  for (const [names, encoding] of [[base64, 'base64'] as const, [texts, 'utf8'] as const]) {
    for (const name of names) {
      const value = content[name]
      if (typeof value === 'string') return Buffer.byteLength(value, encoding)
    }
  }
  return undefined
}

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

function headersOf({ header }: HttpFacts): Content {
  const headers: Record<string, string> = {}
  for (const name of AUDITED_HEADERS) {
    const value = header(name)
    if (value !== undefined) headers[name] = cut(value)
  }
  return headers
}

/** Entries for one call: the generic one by HTTP method, and the KMS's own if the endpoint has one. */
export function rowsOf(trace: Trace, http: HttpFacts, { tenant, now }: { tenant: Tenant; now: number }): AuditRow[] {
  const { caller, region, project, endpoint, key } = trace
  if (!caller || !AUDITED_METHODS.includes(http.method)) return []
  const { method, status, client } = http
  const path = cut(http.path)
  const userAgent = cut(http.header('user-agent') ?? '')
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
  const generic = rowOf({
    ...shared,
    action: method,
    description: `${method} ${path}`,
    context: {
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
      headers: headersOf(http),
    },
  })
  const { audit }: Partial<ThalassaEndpoint> = endpoint ? endpoints[endpoint] : {}
  if (!audit || !key) return [generic]
  const own = rowOf({
    ...shared,
    action: audit,
    description: `${endpoint} with key ${key.uniqueName}`,
    context: {
      region,
      projectId: project?.identity,
      keySlug: key.uniqueName,
      keyType: key.algorithm,
      outcome: status < 400 ? 'success' : 'failure',
      keyVersion: versionOf(trace),
      inputBytes: sizeOf(trace.body, ['plaintext', 'input'], ['ciphertext']),
      outputBytes: sizeOf(trace.answer?.body, ['plaintext'], ['ciphertext', 'signature', 'hmac', 'keyMaterial']),
      client_ip: client,
      user_agent: userAgent,
    },
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
  return rowOf({
    tenant,
    now,
    action,
    resourceType: KMS_KEY,
    resource: key.id,
    project,
    status: 0,
    description: `scheduled ${scheduledActions[action]} of key ${key.uniqueName}`,
    context: {
      region: key.location,
      projectId: project,
      keySlug: key.uniqueName,
      keyType: key.algorithm,
      outcome: 'success',
      keyVersion: String(key.latestVersion),
    },
  })
}
