import * as z from 'zod/mini'
import { count } from '../lib/numbers.ts'
import { CallError, type CallErrorDetails, type FieldName, type Reason } from './errors.ts'
import { GatewayProblem } from './gateway/wire.ts'
import type { CloudId } from './model.ts'
import { reportCall } from './visit.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** One call as the cloud has it: the path starts with the API's own prefix, the body is JSON. */
export interface Call {
  readonly method: Method
  readonly path: string
  readonly body?: unknown
  /** The project whose keys are meant, where the cloud has projects. */
  readonly project?: string | undefined
}

/** What a cloud makes of an error answer. */
export interface Refusal {
  readonly reason: Reason
  readonly message: string
  readonly advice: string
  readonly field?: FieldName | undefined
}

/** How calls reach one cloud: where the gateway has it, and how its error answers are read. */
export interface Wire {
  readonly cloud: CloudId
  /** Name for sentences, such as `Thalassa Cloud`. */
  readonly name: string
  /** Where its keys are, when paths don't say it. */
  readonly location?: string
  /** The path at the gateway for a path of the cloud. */
  readonly gatewayPath: (path: string) => string
  readonly readError: (status: number, body: unknown) => Refusal
}

const gatewayAdvice: Record<string, { reason: Reason; advice: string }> = {
  'upstream-timeout': { reason: 'gateway', advice: 'It may only be slow. Try again in a moment.' },
  'upstream-unreachable': {
    reason: 'gateway',
    advice: 'Check the endpoint in the gateway’s configuration and the network between them, then try again.',
  },
  'upstream-not-json': {
    reason: 'gateway',
    advice: 'Something between the gateway and the cloud answers in its place, often a proxy. Try again in a moment.',
  },
  'upstream-credentials': {
    reason: 'unauthorized',
    advice: 'Check the credentials in the gateway’s environment and restart it.',
  },
  'read-only': {
    reason: 'read-only',
    advice: 'The console was started with READ_ONLY. Start it without to change keys.',
  },
}

function readGatewayProblem(problem: GatewayProblem): Refusal | undefined {
  const slug = /^#\/gateway\/(.+)$/.exec(problem.type)?.[1]
  if (!slug) return undefined
  const known = gatewayAdvice[slug]
  return {
    reason: known?.reason ?? 'gateway',
    message: problem.detail,
    advice: known?.advice ?? 'Reload the page and try again.',
  }
}

function readRetryAfter(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1000 : undefined
}

async function parseJson(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The first thing a schema found wrong, as `versions.0.createdAt`. */
const firstProblem = (error: z.core.$ZodError) => {
  const issue = error.issues[0]
  return issue && issue.path.length > 0 ? issue.path.join('.') : 'the whole answer'
}

/**
 * Sends one call through the gateway and parses the answer with the schema before anybody sees it. Throws CallError for
 * every failure: no answer, an error answer, an answer that is not what the API promises. A mutation is never retried.
 */
export async function send<Schema extends z.ZodMiniType>(
  wire: Wire,
  call: Call,
  schema: Schema,
  signal?: AbortSignal,
): Promise<z.output<Schema>> {
  const about = { cloud: wire.cloud, method: call.method, path: call.path } as const
  const fail = (details: Omit<CallErrorDetails, 'cloud' | 'method' | 'path'>) => new CallError({ ...about, ...details })
  const at = Date.now()
  const start = performance.now()
  const report = (answer: { status?: number; requestId?: string | undefined } = {}) =>
    reportCall({ ...about, location: wire.location, at, duration: performance.now() - start, ...answer })
  let response: Response
  let body: unknown
  try {
    response = await fetch(wire.gatewayPath(call.path), {
      method: call.method,
      headers: {
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(call.project === undefined ? {} : { 'x-project-identity': call.project }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(signal ? { signal } : {}),
    })
    body = await parseJson(response)
  } catch (error) {
    if (signal?.aborted) throw error
    report()
    throw fail({
      reason: 'network',
      message: 'The console’s gateway did not answer.',
      advice: 'Check that it is running and that this computer is online. Then try again.',
    })
  }
  const requestId = response.headers.get('x-request-id') ?? undefined
  report({ status: response.status, requestId })
  if (!response.ok) {
    const problem = z.safeParse(GatewayProblem, body)
    const refusal = (problem.success && readGatewayProblem(problem.data)) || wire.readError(response.status, body)
    const retryAfter = readRetryAfter(response.headers)
    const wait =
      refusal.reason === 'rate-limited' && retryAfter !== undefined
        ? { advice: `Wait ${count(Math.ceil(retryAfter / 1000), 'second')}, then try again.` }
        : {}
    throw fail({ ...refusal, ...wait, status: response.status, requestId, retryAfter })
  }
  const answer = z.safeParse(schema, body)
  if (!answer.success)
    throw fail({
      reason: 'broken-answer',
      message: `${wire.name} answered something that its API does not promise: ${firstProblem(answer.error)} is missing or of another type.`,
      advice:
        'This is no fault of yours. Try again; if it stays, the API has changed or something answers in its place.',
      status: response.status,
      requestId,
    })
  return answer.data
}
