import { type EndpointId, type ExoscaleEndpoint, endpoints } from '../../../src/clouds/exoscale/endpoints.ts'
import { type ApiRevision, includes } from '../../../src/clouds/exoscale/revisions.ts'
import { defaultZone, isZoneName, type ZoneName } from '../../../src/clouds/exoscale/rules.ts'
import { readLimited } from '../../limited-body.ts'
import { Problem } from './problems.ts'

/** Limit of a body in bytes. */
const MAX_BODY = 1_048_576

export interface Target {
  /** As sent. */
  readonly path: string
  readonly query: string
}

/** Path and query of a request target (`/path?query`), exactly as sent. */
export function readTarget(target: string): Target {
  const at = target.indexOf('?')
  return at < 0 ? { path: target, query: '' } : { path: target.slice(0, at), query: target.slice(at + 1) }
}

/** Request target of an absolute URL. */
export const targetOf = (url: string): string => /^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] ?? '/'

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

const routes = (Object.keys(endpoints) as EndpointId[]).map((operation) => {
  const { method, path, since = 'reference' }: ExoscaleEndpoint = endpoints[operation]
  // A parameter ends before a colon, as in `/:role:policy`.
  const pattern = new RegExp(`^${path.slice(BASE.length).replace(/\/:\w+/, '/([^/:]+)')}$`)
  return { operation, method, since, pattern }
})

/**
 * Operation of a method and a path below the endpoint, with a percent-encoded id; undefined for a path that the revision
 * does not know.
 */
export function findOperation(
  method: string,
  below: string,
  revision: ApiRevision,
): { readonly operation: EndpointId; readonly id: string | undefined } | undefined {
  for (const route of routes) {
    const isKnown = route.method === method && includes(revision, route.since)
    const found = isKnown ? route.pattern.exec(below) : null
    if (found) return { operation: route.operation, id: found[1] }
  }
  return undefined
}

const tooLarge = () => new Problem('request-body-too-large', `the body must be at most ${MAX_BODY} bytes`)

/**
 * Bytes of the body; undefined for a GET with a body, which fetch-style servers drop and whose signature
 * therefore can't be verified. Throws a Problem for a too long body.
 */
export async function readBytes(request: Request): Promise<Uint8Array | undefined> {
  const announced = request.headers.get('content-length')
  const length = announced === null ? undefined : Number(announced)
  if (request.method === 'GET' || request.method === 'HEAD')
    return (length ?? 0) > 0 || request.headers.has('transfer-encoding') ? undefined : new Uint8Array()
  if (length !== undefined && length > MAX_BODY) throw tooLarge()
  if (length !== undefined) return new Uint8Array(await request.arrayBuffer())
  const body = await readLimited(request.body, MAX_BODY)
  if (!body) throw tooLarge()
  return body
}
