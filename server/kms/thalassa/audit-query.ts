import type { AuditQuery } from '../engine/audit.ts'
import type { Store } from '../engine/store.ts'
import { CLOUD } from './authentication-credentials.ts'
import { type Answer, ApiError } from './errors.ts'
import type { Organisation } from './projects.ts'

const DEFAULT_LIMIT = 50
/** Entries per page; a larger limit is reduced to it. */
const MAX_LIMIT = 100

function positive(query: URLSearchParams, name: string, otherwise: number): number {
  const given = query.get(name)
  if (!given) return otherwise
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new ApiError(400, `${name} must be a whole number from 1`)
  return Number(given)
}

/** Values separated by commas; undefined for none. */
const several = (query: URLSearchParams, name: string): readonly string[] | undefined => {
  const values = query.getAll(name).flatMap((one) => one.split(',').filter(Boolean))
  return values.length > 0 ? values : undefined
}

const filter = <Name extends keyof AuditQuery>(name: Name, value: AuditQuery[Name] | null) =>
  value ? { [name]: value } : {}

/**
 * Answers `GET /v1/audit`: newest first, all filters combined. `includeSystemServices` has no effect, because this KMS has
 * no other services; entries of scheduled rotations have no user and are always listed.
 */
export async function auditPage(
  store: Pick<Store, 'audit'>,
  organisation: Organisation,
  query: URLSearchParams,
): Promise<Answer> {
  const page = positive(query, 'page', 1)
  const limit = Math.min(positive(query, 'limit', DEFAULT_LIMIT), MAX_LIMIT)
  // Impersonation does not exist, and a caller sees the entries of one organisation only.
  const elsewhere =
    query.get('impersonatorIdentity') ||
    (query.get('organizationIdentity') || organisation.identity) !== organisation.identity
  const asked: AuditQuery = {
    cloud: CLOUD,
    organisation: elsewhere ? '' : organisation.identity,
    offset: (page - 1) * limit,
    limit,
    ...filter('text', query.get('searchText')),
    ...filter('user', query.get('userIdentity')),
    ...filter('serviceAccount', query.get('serviceAccount')),
    ...filter('resource', query.get('resourceIdentity')),
    ...filter('actions', several(query, 'action') ?? null),
    ...filter('resourceTypes', several(query, 'resourceType') ?? null),
    ...filter('statuses', several(query, 'responseStatus')?.map(Number).filter(Number.isInteger) ?? null),
  }
  const { total, rows } = await store.audit(asked)
  return {
    status: 200,
    body: {
      items: rows.map(({ entry }) => entry),
      totalItems: total,
      page,
      itemsPerPage: limit,
      totalPages: Math.ceil(total / limit),
      totalCount: total,
    },
  }
}
