import type { Service } from '../../../src/clouds/exoscale/endpoints.ts'
import type { ApiRevision } from '../../../src/clouds/exoscale/revisions.ts'
import type { JsonList } from '../json-list.ts'

/** Answer of a route as plain data, independent of the HTTP layer. */
export interface Answer {
  readonly status: number
  readonly contentType: string
  /** JSON body; empty for a list. */
  readonly body: object
  /** List that is streamed in place of the body. */
  readonly list?: JsonList
}

const JSON_TYPE = 'application/json; charset=utf-8'

export const answer = (body: object, status = 200): Answer => ({ status, contentType: JSON_TYPE, body })

/** List of any length, as the only member of an object. */
export const listAnswer = (member: string, pages: JsonList['pages']): Answer => ({
  ...answer({}),
  list: { before: `{${JSON.stringify(member)}:`, pages, after: '}' },
})

/** Older error body: authentication, and unknown paths. */
export const message = (status: number, text: string): Answer => answer({ message: text }, status)

export const notFound = message(404, 'Not Found')

interface Kind {
  readonly title: string
  /** Status by revision: the first had several statuses, the later ones have 400 for nearly all refusals. */
  readonly status: Record<ApiRevision, number>
}

const kind = (title: string, reference = 400, today = 400): Kind => ({
  title,
  status: { reference, '2026-07': today, '2026-11': today },
})

/** Refusals by the last part of the problem's type. */
export const catalogue = {
  'bad-request': kind('Bad Request'),
  'request-invalid-body': kind('Invalid Request Body'),
  'request-invalid-path-parameters': kind('Invalid Path Parameters'),
  'request-invalid-content-type': kind('Invalid content type for request'),
  'request-body-too-large': kind('Request Body Too Large', 413, 413),
  'name-conflict': kind('Name Conflict', 409),
  'key-not-found': kind('Key Not Found', 404),
  'key-pending-deletion': kind('Key is Pending Deletion'),
  'key-disabled': kind('Key is Disabled'),
  'not-on-default': kind('Not on Default'),
  'not-on-replica': kind('Not on Replica'),
  'manual-rotation-limit': kind('Manual Rotation Limit'),
  conflict: kind('Conflict', 409),
  'not-pending-deletion': kind('Not Pending Deletion'),
  'not-multizone': kind('Not Multizone'),
  'invalid-argument': kind('Invalid Argument'),
  'invalid-usage': kind('Invalid Usage'),
  'invalid-algorithm': kind('Invalid Algorithm'),
  'invalid-signature': kind('Invalid Signature'),
  'not-found': kind('Not Found'),
  'key-store-proxy-unhealthy': kind('Key Store Proxy Unhealthy'),
  'key-store-referenced': kind('Key Store Is Referenced'),
  'quota-exceeded': kind('Quota Exceeded'),
} as const satisfies Record<string, Kind>

type Slug = keyof typeof catalogue

/** Error in a request: path (names of nested members, indexes of lists) and message. */
export interface Violation {
  readonly at: ReadonlyArray<string | number>
  readonly detail: string
}

/** What the proxy of an external key store answered in place of a result. */
export interface XksProxyError {
  readonly 'error-name': string
  readonly 'error-message'?: string
}

/** Refusal that is thrown and answered as a problem document. */
export class Problem extends Error {
  readonly slug: Slug
  readonly violations: readonly Violation[]
  readonly proxyError: XksProxyError | undefined

  constructor(slug: Slug, detail: string, violations: readonly Violation[] = [], proxyError?: XksProxyError) {
    super(detail)
    this.slug = slug
    this.violations = violations
    this.proxyError = proxyError
  }
}

/** Name in single quotes for JSONPath (RFC 9535): as in JSON, except for the escaped quote. */
const quoted = (name: string) => `'${JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`

function step(name: string | number): string {
  if (typeof name === 'number') return `[${name}]`
  return /^[a-z]+$/i.test(name) ? `.${name}` : `[${quoted(name)}]`
}

/** Name in a JSON Pointer (RFC 6901). */
const pointed = (name: string | number) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`

const violationBody = ({ at, detail }: Violation) => ({
  path: at.join('.'),
  pointer: at.map(pointed).join(''),
  location: `$${at.map(step).join('')}`,
  detail,
})

/**
 * Problem document (RFC 9457) of a revision.
 * @param instance requested path as sent
 * @param service of the endpoint; undefined for none
 */
export function problemAnswer(
  problem: Problem,
  revision: ApiRevision,
  instance: string,
  service: Service | undefined,
): Answer {
  const { title, status } = catalogue[problem.slug]
  const members = {
    type: `#/http-problem-types/${problem.slug}`,
    title,
    status: status[revision],
    detail: problem.message,
    // The vendor's older client, which has no calls of keys, prints nothing else.
    ...(service === 'kms' ? {} : { message: problem.message }),
    ...(problem.proxyError && { 'xks-proxy-error': problem.proxyError }),
  }
  const body =
    revision === 'reference'
      ? {
          ...members,
          instance,
          ...(problem.violations.length > 0 ? { errors: problem.violations.map(violationBody) } : {}),
        }
      : members
  return { status: members.status, contentType: 'application/problem+json', body }
}
