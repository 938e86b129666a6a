import { type EndpointId, type ExoscaleEndpoint, endpoints } from '../../../src/clouds/exoscale/endpoints.ts'
import { type ApiRevision, apiRevisions, includes } from '../../../src/clouds/exoscale/revisions.ts'
import { defaultZone, isZoneName, type ZoneName } from '../../../src/clouds/exoscale/rules.ts'
import { type HttpRequest, pathOf, queryOf } from '../../http/exchange.ts'
import { openRoutes } from '../routes.ts'
import { Problem } from './problems.ts'

/** Limit of a body in bytes. */
const MAX_BODY = 1_048_576

export interface Target {
  /** As sent. */
  readonly path: string
  readonly query: string
}

/** Path and query of a request target (`/path?query`), exactly as sent. */
export const readTarget = (target: string): Target => ({ path: pathOf(target), query: queryOf(target) })

export interface Location {
  readonly zone: ZoneName
  /** Path below the zone's endpoint, percent-encoded. */
  readonly below: string
}

/** Zone and path of a target; undefined for a path outside all zones. */
export function locate(path: string): Location | undefined {
  const [, zone = defaultZone, below] = /^(?:\/zone\/([^/]+))?\/v2(?:\/(.*))?$/s.exec(path) ?? []
  return below === undefined || !isZoneName(zone) ? undefined : { zone, below }
}

const BASE = '/v2/'

/** Of a parameter that ends before a colon, as in `/:role:policy`. */
const VALUE = /[^/:]+/

const routesIn = (revision: ApiRevision) => {
  const all = Object.entries(endpoints) as [EndpointId, ExoscaleEndpoint][]
  return openRoutes(
    all.filter(([, { since = 'reference' }]) => includes(revision, since)),
    VALUE,
  )
}

const routes = new Map(apiRevisions.map((revision) => [revision, routesIn(revision)]))

/**
 * Operation of a method and a path below the endpoint, with a percent-encoded id; undefined for a path that the revision
 * does not know.
 */
export function findOperation(
  method: string,
  below: string,
  revision: ApiRevision,
): { readonly operation: EndpointId; readonly id: string | undefined } | undefined {
  const found = routes.get(revision)?.(method, `${BASE}${below}`)
  if (!found) return undefined
  return { operation: found.id, id: found.values[0] }
}

/**
 * Bytes of the body; undefined for a GET with a body, which fetch-style servers drop and whose signature
 * therefore can't be verified. Throws a Problem for a too long body.
 */
export async function readBytes(request: HttpRequest): Promise<Uint8Array | undefined> {
  const announced = request.header('content-length')
  const length = announced === undefined ? undefined : Number(announced)
  if (request.method === 'GET' || request.method === 'HEAD')
    return (length ?? 0) > 0 || request.header('transfer-encoding') !== undefined ? undefined : new Uint8Array()
  const body = length !== undefined && length > MAX_BODY ? undefined : await request.body(MAX_BODY)
  if (!body) throw new Problem('request-body-too-large', `the body must be at most ${MAX_BODY} bytes`)
  return body
}
