/** External key stores: requests, answers and refusals. Loaded where they are shown. */
import * as z from 'zod/mini'
import { parseTime } from '../../lib/dates.ts'
import { defined } from '../../lib/defined.ts'
import { shellQuote } from '../../lib/shell.ts'
import { List, readItems } from '../answer.ts'
import { asSentence, detailsOf, type FieldName } from '../errors.ts'
import { type Call, type Refusal, send, type Transport } from '../http.ts'
import type { KeyStore, KeyStoreChanges, KeyStores, NewKeyStore, StoreHealth } from '../key-stores.ts'
import { transportOf, zoneOf } from './connection.ts'
import { limits } from './rules.ts'
import { NEW_KEY } from './sdk-operations.ts'
import { words } from './snippets-iam.ts'
import { credentialFlags, keyStoreCode, secretPlaceholder } from './snippets-key-stores.ts'
import { SuccessAnswer } from './wire.ts'
import { ErrorBody } from './wire-errors.ts'
import { type KeyStoreHealth, KeyStore as WireStore } from './wire-key-stores.ts'

/** Way out of what a proxy answers, by its name in the protocol of such proxies. */
const ofProxy: Readonly<Record<string, { readonly advice: string; readonly field: FieldName }>> = {
  AuthenticationFailedException: { advice: 'Check the access key and the secret key.', field: 'secretKey' },
  AccessDeniedException: { advice: 'Allow the access key at the proxy, or use another.', field: 'accessKey' },
  InvalidUriPathException: { advice: 'Check the path of the endpoint.', field: 'endpoint' },
  ThrottlingException: { advice: 'Try again in a moment.', field: 'endpoint' },
  DependencyTimeoutException: { advice: 'The key manager behind the proxy is slow. Try again.', field: 'endpoint' },
}

const unhealthy = {
  advice: 'Check that the proxy runs, and that its address is public and right.',
  field: 'endpoint',
} as const

/** Members of requests, in any notation of a path. */
const members: readonly (readonly [RegExp, FieldName])[] = [
  [/\bauth\W+secret\b/i, 'secretKey'],
  [/\bauth\b/i, 'accessKey'],
  [/\bendpoint\b/i, 'endpoint'],
]

/** Refusals of key stores, which differ from those of keys. */
function explain(refusal: Refusal, body: unknown): Refusal {
  const { reason, message } = refusal
  const { title = '', errors = [], 'xks-proxy-error': proxy } = z.safeParse(ErrorBody, body).data ?? {}
  const known = ofProxy[proxy?.['error-name'] ?? '']
  if (/proxy unhealthy/i.test(title)) return { ...refusal, reason: 'unavailable', ...(known ?? unhealthy) }
  if (known) return { ...refusal, ...known }
  if (/referenced/i.test(title))
    return { ...refusal, reason: 'state', advice: 'Delete its keys first, and wait until they are destroyed.' }
  if (reason === 'name-taken') return { ...refusal, advice: 'Choose another name.' }
  if (reason === 'not-found') return { ...refusal, advice: 'It may have been deleted. Read the list again.' }
  if (reason === 'state') return { ...refusal, advice: 'Somebody changed the key store meanwhile. Try again.' }
  if (reason !== 'invalid') return refusal
  const named = `${message} ${JSON.stringify(errors)}`
  return { ...refusal, field: members.find(([member]) => member.test(named))?.[1] ?? refusal.field }
}

const transport = (zone: string): Transport => {
  const ofZone = transportOf(zone)
  return { ...ofZone, readError: async (status, body) => explain(await ofZone.readError(status, body), body) }
}

const PATH = '/v2/key-store'
const pathOf = (id: string, rest = '') => `${PATH}/${encodeURIComponent(id)}${rest}`

const proxyOf = (endpoint: string | undefined, auth: NewKeyStore | KeyStoreChanges['credentials']) => ({
  ...(endpoint === undefined ? {} : { endpoint }),
  ...(auth === undefined ? {} : { auth: { key: auth.accessKey, secret: auth.secretKey } }),
})

const createCall = (wanted: NewKeyStore): Call => ({
  method: 'POST',
  path: PATH,
  body: {
    name: wanted.name,
    ...(wanted.description === '' ? {} : { description: wanted.description }),
    proxy: proxyOf(wanted.endpoint, wanted),
  },
})

function changeCall(id: string, { description, endpoint, credentials }: KeyStoreChanges): Call {
  const proxy = proxyOf(endpoint, credentials)
  return {
    method: 'POST',
    path: pathOf(id, '/update'),
    body: {
      ...(description === undefined ? {} : { description }),
      ...(Object.keys(proxy).length === 0 ? {} : { proxy }),
    },
  }
}

const reasons: Readonly<Record<string, string>> = {
  'proxy-unreachable': 'The proxy can’t be reached.',
}

const healths: ReadonlySet<string> = new Set(['healthy', 'unhealthy'] satisfies StoreHealth['status'][])
const isKnown = (status: string): status is StoreHealth['status'] => healths.has(status)

function readHealth({ status = '', ...health }: KeyStoreHealth): StoreHealth {
  const { 'status-reason': word = '', 'error-detail': detail = '' } = health
  const reason = [reasons[word] ?? word, detail].filter(Boolean).map(asSentence).join(' ')
  return defined<StoreHealth>({
    status: isKnown(status) ? status : 'unknown',
    checkedAt: parseTime(health['checked-at'] ?? ''),
    reason: reason || undefined,
  })
}

/** The published schema requires nothing, but without its id a store can't be addressed. */
const Addressed = z.extend(WireStore, { id: z.string() })

const readStore = ({ id, name = id, health, proxy, ...store }: z.output<typeof Addressed>): KeyStore =>
  defined<KeyStore>({
    id,
    name,
    description: store.description || undefined,
    connected: store.status === 'connected',
    since: parseTime(store['status-since'] ?? ''),
    createdAt: parseTime(store['created-at'] ?? ''),
    endpoint: proxy?.endpoint,
    accessKey: proxy?.auth?.key,
    health: health && readHealth(health),
  })

const ListAnswer = z.object({ 'key-stores': z.optional(List) })
const reader = { schema: Addressed, id: 'id', name: 'name', read: readStore }

const connectCall = (id: string): Call => ({ method: 'POST', path: pathOf(id, '/connect') })
const disconnectCall = (id: string): Call => ({ method: 'POST', path: pathOf(id, '/disconnect') })
const removeCall = (id: string): Call => ({ method: 'DELETE', path: pathOf(id) })

const flag = (name: string, value: string | undefined) =>
  value === undefined ? [] : [`--${name} ${shellQuote(value)}`]

const code: KeyStores['code'] = {
  create(zone, { connects, ...wanted }) {
    const calls = [
      createCall({ ...wanted, secretKey: secretPlaceholder }),
      ...(connects ? [{ method: 'POST', path: `${PATH}/${NEW_KEY}/connect` } as const] : []),
    ]
    return keyStoreCode(zone, calls, [
      `keystore create ${words(wanted.name, wanted.endpoint).join(' ')}`,
      ...credentialFlags(wanted.accessKey),
      ...flag('description', wanted.description || undefined),
      ...(connects ? ['--connect-on-create'] : []),
    ])
  },
  change(zone, id, { accessKey, ...changes }) {
    const credentials = accessKey === undefined ? {} : { credentials: { accessKey, secretKey: secretPlaceholder } }
    return keyStoreCode(
      zone,
      [changeCall(id, { ...changes, ...credentials })],
      [
        `keystore update ${shellQuote(id)}`,
        ...flag('description', changes.description),
        ...flag('endpoint', changes.endpoint),
        ...credentialFlags(accessKey),
      ],
    )
  },
  connect: (zone, id) => keyStoreCode(zone, [connectCall(id)], [`keystore connect ${shellQuote(id)}`]),
  disconnect: (zone, id) => keyStoreCode(zone, [disconnectCall(id)], [`keystore disconnect ${shellQuote(id)}`]),
  // Without the flag the command asks, which a script can't answer.
  remove: (zone, id) => keyStoreCode(zone, [removeCall(id)], [`keystore delete ${shellQuote(id)}`, '--force']),
}

const act = async (zone: string, call: Call) => {
  await send(transport(zone), call, SuccessAnswer)
}

export const keyStores: KeyStores = {
  limits: { name: limits.keyStoreName, description: limits.keyStoreDescription },
  about: 'Keys can have their material in a key manager of your own, which Exoscale calls through an XKS proxy (beta).',
  location: zoneOf,

  async list(zone, signal) {
    try {
      const answer = await send(transport(zone), { method: 'GET', path: PATH }, ListAnswer, signal)
      return readItems(answer['key-stores'], reader)
    } catch (error) {
      // Revisions before November 2026 have no such path.
      if (detailsOf(error).status === 404) return null
      throw error
    }
  },

  read: async (zone, id, signal) =>
    readStore(await send(transport(zone), { method: 'GET', path: pathOf(id) }, Addressed, signal)),

  create: async (zone, wanted) => (await send(transport(zone), createCall(wanted), Addressed)).id,
  change: (zone, id, changes) => act(zone, changeCall(id, changes)),
  connect: (zone, id) => act(zone, connectCall(id)),
  disconnect: (zone, id) => act(zone, disconnectCall(id)),
  remove: (zone, id) => act(zone, removeCall(id)),
  code,
}
