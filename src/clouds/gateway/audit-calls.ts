/** The gateway's log of what people did. Apart from `calls.ts`, because the first screen needs none. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type ActivityEvent, SAME_CALL } from '../audit-activity.ts'
import { send } from '../http.ts'
import { queryKeys } from '../queries.ts'
import { type AuditEvent, AuditPage } from './audit.ts'
import { gatewayTransport } from './calls.ts'

/** Events of a page: about as many as a page of a cloud's log. */
const PAGE = 200

const read = (search: Readonly<Record<string, string>>, signal: AbortSignal) =>
  send(gatewayTransport, { method: 'GET', path: `/api/audit?${new URLSearchParams(search)}` }, AuditPage, signal)

/** Events of all keys or of one, the latest first, by pages. Those of one are read again with the log of its cloud. */
export const peopleQuery = (of: { readonly provider?: string; readonly key?: string }) =>
  infiniteQueryOptions({
    queryKey: [...queryKeys.audits(of.provider ?? 'all'), 'people', of],
    queryFn: ({ pageParam, signal }) =>
      read({ limit: String(PAGE), ...of, ...(pageParam === undefined ? {} : { before: String(pageParam) }) }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next,
    staleTime: 5_000,
  })

/**
 * The event of the call that created a key, which the log has without the key's id: found by its time.
 * @param created the cloud's record
 */
export const creationQuery = (created: Pick<ActivityEvent, 'cloud' | 'at'> | undefined) =>
  queryOptions({
    queryKey: ['creation by people', created?.cloud, created?.at],
    async queryFn({ signal }): Promise<readonly AuditEvent[]> {
      const { cloud = '', at = 0 } = created ?? {}
      const search = {
        limit: String(PAGE),
        provider: cloud,
        from: String(at - SAME_CALL),
        to: String(at + SAME_CALL + 1),
      }
      const creations = (await read(search, signal)).events.filter(({ operation }) => operation === 'create')
      // Of several, nothing tells which it was.
      return creations.length === 1 ? creations : []
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
