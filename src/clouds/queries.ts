/** Query options for every provider; their keys come from `queryKeys` alone. */
import { type QueryClient, queryOptions, replaceEqualDeep } from '@tanstack/react-query'
import { emptyList } from './answer.ts'
import type { AuditQuery } from './cloud.ts'
import { CallError, type Reason } from './errors.ts'
import { readSession } from './gateway/calls.ts'
import type { CloudId, KeyAddress, KmsKey } from './model.ts'
import { cloudOf } from './registry.ts'

/** Last part of a key: lists and keys of different projects never mix. */
const projectPart = (cloud: CloudId, project: string | undefined): readonly string[] =>
  project === undefined || cloudOf(cloud).projects === undefined ? [] : [project]

/** Query keys. Each begins with the key of the group that `invalidateQueries` or `getQueriesData` takes as a whole. */
export const queryKeys = {
  session: () => ['session'],
  locations: (cloud: CloudId) => ['locations', cloud],
  projects: (cloud: CloudId) => ['projects', cloud],
  allKeyLists: () => ['keys'],
  /** Lists of a location, whatever the project. */
  keyLists: (cloud: CloudId, location: string) => [...queryKeys.allKeyLists(), cloud, location],
  keyList: (cloud: CloudId, location: string, project: string | undefined) => [
    ...queryKeys.keyLists(cloud, location),
    ...projectPart(cloud, project),
  ],
  /** Single keys of a location. */
  keysIn: (cloud: CloudId, location: string) => ['key', cloud, location],
  key: ({ cloud, location, key, project }: KeyAddress) => [
    ...queryKeys.keysIn(cloud, location),
    key,
    ...projectPart(cloud, project),
  ],
  versions: ({ cloud, location, id, latestVersion }: KmsKey) => ['versions', cloud, location, id, latestVersion],
  publicKeys: ({ cloud, location, id, latestVersion }: KmsKey) => ['public-keys', cloud, location, id, latestVersion],
  wrappingKey: (cloud: CloudId, location: string) => ['wrapping-key', cloud, location],
  /** All that was read of a cloud's audit log. */
  audits: (cloud: CloudId) => ['audit', cloud],
  audit: (cloud: CloudId, query: AuditQuery) => [...queryKeys.audits(cloud), query],
  caller: (cloud: CloudId) => ['caller', cloud],
  apiKeys: (cloud: CloudId) => ['api-keys', cloud],
  roles: (cloud: CloudId) => ['roles', cloud],
}

async function iamOf(client: QueryClient, cloud: CloudId) {
  const [iam, session] = await Promise.all([cloudOf(cloud).iam?.(), client.ensureQueryData(queries.session())])
  const connection = session.clouds.find(({ id }) => id === cloud)
  return { iam, location: connection && iam?.location(connection) }
}

/** Whether a list takes seconds to arrive and long to compare. */
const isLong = (list: unknown): boolean =>
  typeof list === 'object' && list !== null && 'items' in list && Array.isArray(list.items) && list.items.length > 5_000

export const queries = {
  session: () =>
    queryOptions({
      queryKey: queryKeys.session(),
      queryFn: ({ signal }) => readSession(signal),
      staleTime: Number.POSITIVE_INFINITY,
    }),

  locations: (cloud: CloudId) =>
    queryOptions({
      queryKey: queryKeys.locations(cloud),
      async queryFn({ client, signal }) {
        const session = await client.ensureQueryData(queries.session())
        const connection = session.clouds.find(({ id }) => id === cloud)
        return connection ? cloudOf(cloud).locations(connection, signal) : []
      },
      staleTime: 60_000,
    }),

  projects: (cloud: CloudId) =>
    queryOptions({
      queryKey: queryKeys.projects(cloud),
      queryFn: ({ signal }) => cloudOf(cloud).projects?.(signal) ?? emptyList,
      staleTime: 60_000,
    }),

  /** @param project only counts where the cloud has projects */
  keys: (cloud: CloudId, location: string, project?: string) =>
    queryOptions({
      queryKey: queryKeys.keyList(cloud, location, project),
      queryFn: ({ signal }) => cloudOf(cloud).keys({ location, project }, signal),
      staleTime: ({ state: { data } }) => (isLong(data) ? 60_000 : 10_000),
      // To look at every member of very many keys takes longer than to show them anew.
      structuralSharing: (before, after) => (isLong(after) ? after : replaceEqualDeep(before, after)),
    }),

  key: (address: KeyAddress) =>
    queryOptions({
      queryKey: queryKeys.key(address),
      queryFn: ({ signal }) => cloudOf(address.cloud).key(address, signal),
      staleTime: 5_000,
    }),

  publicKeys: (key: KmsKey) =>
    queryOptions({
      queryKey: queryKeys.publicKeys(key),
      queryFn: ({ signal }) => cloudOf(key.cloud).publicKeys?.(key, signal) ?? new Map<number, string>(),
      staleTime: Number.POSITIVE_INFINITY,
    }),

  wrappingKey: (cloud: CloudId, location: string) =>
    queryOptions({
      queryKey: queryKeys.wrappingKey(cloud, location),
      queryFn: ({ signal }) => cloudOf(cloud).wrappingKey?.(location, signal) ?? '',
      staleTime: 60_000,
    }),

  audit: (cloud: CloudId, query: AuditQuery) =>
    queryOptions({
      queryKey: queryKeys.audit(cloud, query),
      queryFn: ({ signal }) => cloudOf(cloud).audit?.(query, signal) ?? { events: emptyList, page: 1, pages: 1 },
      staleTime: 5_000,
    }),

  caller: (cloud: CloudId) =>
    queryOptions({
      queryKey: queryKeys.caller(cloud),
      queryFn: async ({ signal }) => (await cloudOf(cloud).caller?.(signal)) ?? null,
      staleTime: Number.POSITIVE_INFINITY,
    }),

  /** API keys of a whole cloud. Never holds a secret: those of new keys go past the cache. */
  apiKeys: (cloud: CloudId) =>
    queryOptions({
      queryKey: queryKeys.apiKeys(cloud),
      async queryFn({ client, signal }) {
        const { iam, location } = await iamOf(client, cloud)
        return iam && location !== undefined ? iam.apiKeys(location, signal) : emptyList
      },
      staleTime: 10_000,
    }),

  roles: (cloud: CloudId) =>
    queryOptions({
      queryKey: queryKeys.roles(cloud),
      async queryFn({ client, signal }) {
        const { iam, location } = await iamOf(client, cloud)
        return iam && location !== undefined ? iam.roles(location, signal) : emptyList
      },
      staleTime: 60_000,
    }),

  versions: (key: KmsKey) =>
    queryOptions({
      queryKey: queryKeys.versions(key),
      queryFn: ({ signal }) => cloudOf(key.cloud).versions(key, signal),
      staleTime: 60_000,
    }),
}

/** Reads again what shows a changed key: single keys and lists of its own location, and the audit log. */
export async function refreshKey(client: QueryClient, { cloud, location }: KmsKey): Promise<void> {
  // A log may take long, and nothing waits for it.
  void client.invalidateQueries({ queryKey: queryKeys.audits(cloud) })
  await Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.keysIn(cloud, location) }),
    client.invalidateQueries({ queryKey: queryKeys.keyLists(cloud, location) }),
  ])
}

const worthRetrying: ReadonlySet<Reason> = new Set(['network', 'gateway', 'rate-limited', 'other'])

/** Milliseconds that a page waits without a message; a longer pause is shown at once. */
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
