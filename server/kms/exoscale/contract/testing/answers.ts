/** Validates every answer of a local KMS against the contract: status, media type and members. */
import { type EndpointId, type ExoscaleEndpoint, endpoints } from '../../../../../src/clouds/exoscale/endpoints.ts'
import type { ApiRevision } from '../../../../../src/clouds/exoscale/revisions.ts'
import { catalogue } from '../../problems.ts'
import { findOperation, locate, readTarget } from '../../request.ts'
import { object } from './keys.ts'
import { contractOf } from './operations.ts'
import { breaches, type ObjectSchema, type Schema } from './schema.ts'

const text = { type: 'string' } as const

const problemMembers = {
  type: { type: 'string', format: 'uri-reference' },
  title: text,
  status: { type: 'integer', minimum: 100, maximum: 599 },
  detail: text,
} as const

/** What the proxy of an external key store answered. */
const proxyError = object({ 'error-name': text, 'error-message': text }, 'error-message')

const violation = object({ path: text, pointer: text, location: text, detail: text })

/** Problem document (RFC 9457); the first revision has further members for the cause and the place. */
export const problems: Record<ApiRevision, ObjectSchema> = {
  '2026-11': object({ ...problemMembers, 'xks-proxy-error': proxyError }, 'xks-proxy-error'),
  '2026-07': object(problemMembers),
  reference: object(
    {
      ...problemMembers,
      instance: { type: 'string', format: 'uri-reference' },
      errors: { type: 'array', items: violation },
    },
    'errors',
  ),
}

/** Problem of anything but keys: its detail is repeated in the member of the older bodies. */
const withMessage = ({ properties, required = [], ...problem }: ObjectSchema): ObjectSchema => ({
  ...problem,
  properties: { ...properties, message: text },
  required: [...required, 'message'],
})

/** Older error body: authentication, policies, IAM, and unknown paths. */
const legacy = object({ message: text })

const JSON_TYPE = 'application/json; charset=utf-8'
const PROBLEM_TYPE = 'application/problem+json'

interface Described {
  readonly type: string
  readonly schema: Schema
}

export const successStatus = (operation: EndpointId, revision: ApiRevision): number =>
  operation === 'create-kms-key' && revision === 'reference' ? 201 : 200

/** Statuses of problem documents: the current revision has one for all refusals, and one for too long bodies. */
const problemStatuses: Record<ApiRevision, readonly number[]> = {
  '2026-11': [400, 413],
  '2026-07': [400, 413],
  reference: [400, 404, 409, 413],
}

/**
 * Allowed bodies of an answer by status; none for an undocumented status. Internal failures
 * are not among them, so that no test causes one unnoticed.
 */
function* described(operation: EndpointId, status: number, revision: ApiRevision): Generator<Described> {
  const { service }: ExoscaleEndpoint = endpoints[operation]
  if (status === successStatus(operation, revision))
    yield { type: JSON_TYPE, schema: contractOf(revision, operation).answer }
  if (status === 403 || status === 429) yield { type: JSON_TYPE, schema: legacy }
  if (service === 'kms' ? problemStatuses[revision].includes(status) : [400, 413].includes(status))
    yield { type: PROBLEM_TYPE, schema: service === 'kms' ? problems[revision] : withMessage(problems[revision]) }
  if (service !== 'kms' && [400, 404, 409].includes(status)) yield { type: JSON_TYPE, schema: legacy }
}

/** Allowed bodies for a path or method without an endpoint: unauthorised or not found. */
function* describedNowhere(status: number, revision: ApiRevision): Generator<Described> {
  if (status === 403 || status === 404) yield { type: JSON_TYPE, schema: legacy }
  if (status === 413) yield { type: PROBLEM_TYPE, schema: withMessage(problems[revision]) }
}

export interface Exchange {
  readonly method: string
  /** Request target as sent. */
  readonly target: string
  readonly status: number
  /** The answer's `Content-Type`. */
  readonly type: string | undefined
  /** The answer's body. */
  readonly text: string
}

const TYPE = '#/http-problem-types/'
const kinds = new Map(Object.entries(catalogue))

/** Contradictions between a problem and its answer. */
function* breachesOfProblem(problem: unknown, { status, target }: Exchange, revision: ApiRevision): Generator<string> {
  const said: Record<string, unknown> = Object(problem)
  const type = String(said.type)
  const kind = type.startsWith(TYPE) ? kinds.get(type.slice(TYPE.length)) : undefined
  if (!kind) return yield `the type ${type} is in no catalogue`
  const told = {
    title: kind.title,
    status: kind.status[revision],
    ...(revision === 'reference' ? { instance: readTarget(target).path } : {}),
  }
  for (const [member, value] of Object.entries(told))
    if (said[member] !== value) yield `${member} is ${said[member]}, not ${value}`
  if (status !== said.status) yield `status is ${said.status}, and the answer's is ${status}`
}

/** Violations of the contract in an answer, one sentence each. */
export function* contractBreaches(exchange: Exchange, revision: ApiRevision): Generator<string> {
  const { method, target, status, type, text: body } = exchange
  if (method === 'OPTIONS' && status === 204 && body === '') return
  // Invalid HTTP requests never reach the API.
  if (status === 400 && type === undefined && body === '') return
  const location = locate(readTarget(target).path)
  const found = location && findOperation(method, location.below, revision)
  const forms = [...(found ? described(found.operation, status, revision) : describedNowhere(status, revision))]
  if (forms.length === 0) return yield `the status ${status} is described nowhere`
  const form = forms.find((one) => one.type === type)
  if (!form) return yield `${type} is not the media type for the status ${status}`
  const content = parse(body)
  yield* breaches(form.schema, content)
  if (type === PROBLEM_TYPE) yield* breachesOfProblem(content, exchange, revision)
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Throws an error that lists the violations of the contract in an answer. */
export function assertContract(exchange: Exchange, revision: ApiRevision): void {
  const found = [...contractBreaches(exchange, revision)]
  if (found.length === 0) return
  const { method, target, status } = exchange
  const some = found.slice(0, 5).join('; ')
  throw new Error(`The answer ${status} to ${method} ${target} breaks the contract ${revision}: ${some}`)
}
