/** The gateway's log of what people did. Apart from `calls.ts`, because the first screen needs none. */
import { infiniteQueryOptions } from '@tanstack/react-query'
import { send } from '../http.ts'
import { AuditPage } from './audit.ts'
import { gatewayTransport } from './calls.ts'

/** Events of a page: about as many as a page of a cloud's log. */
const PAGE = 200

/** Key of all that was read of the log. */
export const peopleKey = ['audit of people'] as const

/** Events of all keys or of one, the latest first, by pages. */
export const peopleQuery = (of: { readonly provider?: string; readonly key?: string }) =>
  infiniteQueryOptions({
    queryKey: [...peopleKey, of],
    queryFn({ pageParam, signal }) {
      const search = new URLSearchParams({ limit: String(PAGE), ...of })
      if (pageParam !== undefined) search.set('before', String(pageParam))
      return send(gatewayTransport, { method: 'GET', path: `/api/audit?${search}` }, AuditPage, signal)
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next,
    staleTime: 5_000,
  })
