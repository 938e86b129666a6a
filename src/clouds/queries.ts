/** Query options, written once for all clouds. Keys of the cache are built here and nowhere else. */
import { type QueryClient, queryOptions, replaceEqualDeep } from '@tanstack/react-query'
import type { AuditQuery } from './cloud.ts'
import { CallError, type Reason } from './errors.ts'
import { Session } from './gateway/wire.ts'
import { send, type Transport } from './http.ts'
import type { CloudId, KeyAddress, KmsKey } from './model.ts'
import { setReadOnly } from './read-only.ts'
import { cloudOf } from './registry.ts'

/** The gateway's own answers; its problems are read before this ever is. */
const gatewayTransport: Transport = {
  name: 'The console’s gateway',
  gatewayPath: (path) => path,
  masked: [],
  readError: (status) => ({
    reason: 'gateway',
    message: `The console’s gateway answered ${status}.`,
    advice: 'Look at its log, then reload the page.',
  }),
}

/** The end of a query's key: lists and keys of different projects never mix. */
const projectPart = (cloud: CloudId, project: string | undefined): readonly string[] =>
  project === undefined || cloudOf(cloud).projects === undefined ? [] : [project]

async function iamOf(client: QueryClient, cloud: CloudId) {
  const [access, session] = await Promise.all([cloudOf(cloud).iam?.(), client.ensureQueryData(queries.session())])
  const connection = session.clouds.find(({ id }) => id === cloud)
  return { access, location: connection && access?.location(connection) }
}

/** A list that takes seconds to come and long to compare. */
const isLong = (keys: unknown): boolean => Array.isArray(keys) && keys.length > 5_000

export const queries = {
  session: () =>
    queryOptions({
      queryKey: ['session'],
      async queryFn({ signal }) {
        const session = await send(gatewayTransport, { method: 'GET', path: '/api/session' }, Session, signal)
        setReadOnly(session.readOnly)
        return session
      },
      staleTime: Number.POSITIVE_INFINITY,
    }),

  locations: (cloud: CloudId) =>
    queryOptions({
      queryKey: ['locations', cloud],
      async queryFn({ client, signal }) {
        const session = await client.ensureQueryData(queries.session())
        const connection = session.clouds.find(({ id }) => id === cloud)
        return connection ? cloudOf(cloud).locations(connection, signal) : []
      },
      staleTime: 60_000,
    }),

  projects: (cloud: CloudId) =>
    queryOptions({
      queryKey: ['projects', cloud],
      queryFn: ({ signal }) => cloudOf(cloud).projects?.(signal) ?? [],
      staleTime: 60_000,
    }),

  /** @param project only counts where the cloud has projects */
  keys: (cloud: CloudId, location: string, project?: string) =>
    queryOptions({
      queryKey: ['keys', cloud, location, ...projectPart(cloud, project)],
      queryFn: ({ signal }) => cloudOf(cloud).keys({ location, project }, signal),
      staleTime: ({ state: { data } }) => (isLong(data) ? 60_000 : 10_000),
      // To look at every member of very many keys takes longer than to show them anew.
      structuralSharing: (before, after) => (isLong(after) ? after : replaceEqualDeep(before, after)),
    }),

  key: (address: KeyAddress) =>
    queryOptions({
      queryKey: ['key', address.cloud, address.location, address.key, ...projectPart(address.cloud, address.project)],
      queryFn: ({ signal }) => cloudOf(address.cloud).key(address, signal),
      staleTime: 5_000,
    }),

  publicKeys: (key: KmsKey) =>
    queryOptions({
      queryKey: ['public-keys', key.cloud, key.location, key.id, key.latestVersion],
      queryFn: ({ signal }) => cloudOf(key.cloud).publicKeys?.(key, signal) ?? new Map<number, string>(),
      staleTime: Number.POSITIVE_INFINITY,
    }),

  wrappingKey: (cloud: CloudId, location: string) =>
    queryOptions({
      queryKey: ['wrapping-key', cloud, location],
      queryFn: ({ signal }) => cloudOf(cloud).wrappingKey?.(location, signal) ?? '',
      staleTime: 60_000,
    }),

  audit: (cloud: CloudId, query: AuditQuery) =>
    queryOptions({
      queryKey: ['audit', cloud, query],
      queryFn: ({ signal }) => cloudOf(cloud).audit?.(query, signal) ?? { events: [], page: 1, pages: 1 },
      staleTime: 5_000,
    }),

  /** API keys of a whole cloud. Never holds a secret: those of new keys go past the cache. */
  apiKeys: (cloud: CloudId) =>
    queryOptions({
      queryKey: ['api-keys', cloud],
      async queryFn({ client, signal }) {
        const { access, location } = await iamOf(client, cloud)
        return access && location !== undefined ? access.apiKeys(location, signal) : []
      },
      staleTime: 10_000,
    }),

  roles: (cloud: CloudId) =>
    queryOptions({
      queryKey: ['roles', cloud],
      async queryFn({ client, signal }) {
        const { access, location } = await iamOf(client, cloud)
        return access && location !== undefined ? access.roles(location, signal) : []
      },
      staleTime: 60_000,
    }),

  versions: (key: KmsKey) =>
    queryOptions({
      queryKey: ['versions', key.cloud, key.location, key.id, key.latestVersion],
      queryFn: ({ signal }) => cloudOf(key.cloud).versions(key, signal),
      staleTime: 60_000,
    }),
}

/** After a key was changed: everything that shows it is read again, in the list of its own location only. */
export async function refreshKey(client: QueryClient, { cloud, location }: KmsKey): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['key', cloud, location] }),
    client.invalidateQueries({ queryKey: ['keys', cloud, location] }),
  ])
}

const worthRetrying: ReadonlySet<Reason> = new Set(['network', 'gateway', 'rate-limited', 'other'])

/** Milliseconds that a page may wait without a word. Where a server asks for longer, that is said at once. */
const LONGEST_WAIT = 5_000

/** Reads are tried again where another try can help: no answer, a busy or broken server; never after a refusal. */
export function shouldRetry(failures: number, error: Error): boolean {
  if (failures >= 2 || !(error instanceof CallError)) return false
  const { reason, status = 500, retryAfter = 0 } = error.details
  return worthRetrying.has(reason) && (status === 429 || status >= 500) && retryAfter <= LONGEST_WAIT
}

/** Milliseconds before the next try, never sooner than the server asked for. */
export const retryDelay = (failures: number, error: Error): number =>
  Math.max(500 * 2 ** failures, (error instanceof CallError && error.details.retryAfter) || 0)
