import type * as z from 'zod/mini'
import { withBase } from '../lib/base-path.ts'
import { compareClocks, currentTime } from '../lib/current-time.ts'
import { count } from '../lib/numbers.ts'
import { formatProblem, type Parsed, parseAnswer } from './answer.ts'
import { clockWarning } from './clock.ts'
import type { Method } from './endpoint.ts'
import { CallError, type CallErrorDetails, type FieldName, type Reason } from './errors.ts'
import { GatewayProblem } from './gateway/wire.ts'
import type { CloudId } from './model.ts'
import { type FinishedCall, logCall } from './request-log.ts'
import { signedInAgain } from './sign-in.ts'

/** One call as the cloud has it: the path starts with the API's own prefix, the body is JSON. */
export interface Call {
  readonly method: Method
  readonly path: string
  readonly body?: unknown
  /** The project whose keys are meant, where the cloud has projects. */
  readonly project?: string | undefined
}

/** Error answer as the provider's reader understands it. */
export interface Refusal {
  readonly reason: Reason
  readonly message: string
  readonly advice: string
  readonly field?: FieldName | undefined
}

/** How calls reach one cloud: where the gateway has it, and how its error answers are read. */
export interface Transport {
  /** Absent for the gateway itself. */
  readonly cloud?: CloudId
  /** Name for sentences. */
  readonly name: string
  /** Location of its keys, where paths don't name it. */
  readonly location?: string
  /** The path at the gateway for a path of the cloud. */
  readonly gatewayPath: (path: string) => string
  /** Members of bodies that are never kept: secrets, key material, and what people encrypt or sign. */
  readonly masked: readonly string[]
  /** The same for requests alone, where answers use the name for something else. */
  readonly maskedInput?: readonly string[]
  readonly readError: (status: number, body: unknown) => Refusal | Promise<Refusal>
}

const gatewayAdvice: Record<string, { reason: Reason; advice: string }> = {
  'upstream-timeout': { reason: 'gateway', advice: 'It may be slow. Try again in a moment.' },
  'upstream-unreachable': {
    reason: 'gateway',
    advice: 'Check the endpoint in the gateway’s configuration and the network between them, then try again.',
  },
  'upstream-not-json': {
    reason: 'gateway',
    advice: 'Something else answered in its place, often a proxy. Try again in a moment.',
  },
  'upstream-credentials': {
    reason: 'unauthorized',
    advice: 'Check the credentials in the gateway’s environment and restart it.',
  },
  'read-only': {
    reason: 'read-only',
    advice: 'The console was started with READ_ONLY. Restart it without.',
  },
  'signed-out': { reason: 'signed-out', advice: 'Sign in, then try again.' },
  'sign-in-unavailable': { reason: 'gateway', advice: 'Try again in a moment.' },
  'not-allowed': { reason: 'not-allowed', advice: 'Ask somebody with the role, or an admin for the role.' },
  'approval-needed': { reason: 'approval-needed', advice: 'Ask for it with a reason.' },
  'approval-state': { reason: 'state', advice: 'Read the list of approvals again.' },
  'records-unavailable': { reason: 'gateway', advice: 'The gateway’s log has the reason.' },
}

const slugOf = ({ type }: GatewayProblem): string | undefined => /^#\/gateway\/(.+)$/.exec(type)?.[1]

function readGatewayProblem(problem: GatewayProblem): Refusal | undefined {
  const slug = slugOf(problem)
  if (!slug) return undefined
  const known = gatewayAdvice[slug]
  return {
    reason: known?.reason ?? 'gateway',
    message: problem.detail,
    advice: known?.advice ?? 'Reload the page and try again.',
  }
}

/** All three forms of RFC 9110 begin with the day of the week; the oldest lacks the zone. */
const parseHttpDate = (text: string) =>
  Date.parse(/^[A-Z][a-z]{2}/.test(text) ? text.replace(/(?: GMT)?$/, ' GMT') : '')

/** Milliseconds to wait: `Retry-After` holds seconds or a date of the cloud's clock. */
export function readRetryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after') ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const cloudTime = parseHttpDate(headers.get('x-upstream-date') ?? '')
  const wait = parseHttpDate(text) - (Number.isNaN(cloudTime) ? currentTime() : cloudTime)
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}

/** Result of reading a long answer in slices; `sample` is logged in place of the body. */
export type LongAnswer<Data> = Exclude<Parsed<Data>, { data: Data }> | { readonly data: Data; readonly sample: unknown }

/** Reads the bytes of an answer as the schema would. */
export type LongReader<Data> = (bytes: ArrayBuffer) => Promise<LongAnswer<Data>>

/** Bytes from which reading an answer at once would hold up the page. */
const LONG = 1 << 20

interface Body<Data> {
  /** JSON, or the text where it was none; undefined where there was nothing. */
  readonly body: unknown
  /** Bytes. */
  readonly size: number
  /** When all of it was there. */
  readonly arrived: number
  /** Result of the reader of long answers, where it read this one. */
  readonly read?: LongAnswer<Data>
}

async function readBody<Data>(response: Response, readLong?: LongReader<Data>): Promise<Body<Data>> {
  const bytes = await response.arrayBuffer()
  const size = bytes.byteLength
  const arrived = performance.now()
  if (readLong && response.ok && size >= LONG) {
    const read = await readLong(bytes)
    return { body: 'sample' in read ? read.sample : undefined, size, arrived, read }
  }
  const text = new TextDecoder().decode(bytes)
  if (text === '') return { body: undefined, size, arrived }
  try {
    return { body: JSON.parse(text), size, arrived }
  } catch {
    return { body: text, size, arrived }
  }
}

/**
 * Sends one call through the gateway and parses the answer with the schema before anybody sees it. Throws CallError for
 * every failure: no answer, an error answer, an answer that is not what the API promises. A mutation is never retried.
 */
export const send = async <Schema extends z.ZodMiniType>(
  transport: Transport,
  call: Call,
  schema: Schema,
  signal?: AbortSignal,
  readLong?: LongReader<z.output<Schema>>,
): Promise<z.output<Schema>> => (await exchange(transport, call, schema, signal, readLong)).data

const approvableOf = ({ gatewayPath }: Transport, provider: CloudId, { method, path, project, body }: Call) => ({
  provider,
  method,
  path: gatewayPath(path).slice(`/api/${provider}`.length),
  project,
  body,
})

interface Exchange<Data> {
  readonly data: Data
  /** Of the gateway's answer, which has a few of the cloud's. */
  readonly headers: Headers
}

/**
 * Like `send`, for those who also look at the headers.
 * @param readLong reads a long answer in the schema's place
 */
export async function exchange<Schema extends z.ZodMiniType>(
  transport: Transport,
  call: Call,
  schema: Schema,
  signal?: AbortSignal,
  readLong?: LongReader<z.output<Schema>>,
): Promise<Exchange<z.output<Schema>>> {
  const about = { cloud: transport.cloud, method: call.method, path: call.path } as const
  const start = performance.now()
  const headers = {
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(call.project === undefined ? {} : { 'x-project-identity': call.project }),
  }
  let arrived: number | undefined
  const report = (answer: Pick<FinishedCall, 'status' | 'requestId' | 'response'> = {}) =>
    logCall(
      {
        ...about,
        location: transport.location,
        project: call.project,
        masked: transport.masked,
        maskedInput: transport.maskedInput,
        // The first answer may have corrected the clock.
        at: currentTime() - (performance.now() - start),
        duration: (arrived ?? performance.now()) - start,
        request: { headers, body: call.body },
        ...answer,
      },
      signal,
    )
  let recorded: number | undefined
  const fail = (details: Omit<CallErrorDetails, 'cloud' | 'method' | 'path'>) =>
    new CallError({ ...about, ...details, logId: recorded })
  let response: Response
  let body: unknown
  let size: number
  let read: LongAnswer<z.output<Schema>> | undefined
  try {
    response = await fetch(withBase(transport.gatewayPath(call.path)), {
      method: call.method,
      headers,
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(signal ? { signal } : {}),
    })
    compareClocks(Number(response.headers.get('x-gateway-time') ?? Number.NaN), start)
    ;({ body, size, arrived, read } = await readBody(response, readLong))
  } catch (error) {
    if (signal?.aborted) throw error
    recorded = report()
    throw fail({
      reason: 'network',
      message: 'The console’s gateway did not answer.',
      advice: 'Check that it is running and that this computer is online. Then try again.',
    })
  }
  const requestId = response.headers.get('x-request-id') ?? undefined
  recorded = report({ status: response.status, requestId, response: { headers: response.headers, body, size } })
  if (!response.ok) {
    const problem = parseAnswer(GatewayProblem, body)
    const { signIn } = 'data' in problem ? problem.data : {}
    if ('data' in problem && slugOf(problem.data) === 'signed-out' && (await signedInAgain(signal)))
      return exchange(transport, call, schema, signal, readLong)
    const refusal =
      ('data' in problem && readGatewayProblem(problem.data)) || (await transport.readError(response.status, body))
    const retryAfter = readRetryAfter(response.headers)
    const warning =
      refusal.reason === 'unauthorized'
        ? clockWarning(response.headers.get('x-clock-difference'), transport.name)
        : undefined
    // A wrong clock explains the refusal, so it comes before the provider's message.
    const clock =
      warning === undefined ? {} : { message: warning, advice: `${transport.name} answered: ${refusal.message}` }
    const wait =
      refusal.reason === 'rate-limited' && retryAfter !== undefined
        ? { advice: `Wait ${count(Math.ceil(retryAfter / 1000), 'second')}, then try again.` }
        : {}
    const approvable =
      refusal.reason === 'approval-needed' && transport.cloud !== undefined
        ? { approvable: approvableOf(transport, transport.cloud, call) }
        : {}
    throw fail({ ...refusal, ...wait, ...clock, ...approvable, signIn, status: response.status, requestId, retryAfter })
  }
  const answer = read ?? parseAnswer(schema, body)
  if ('problem' in answer)
    throw fail({
      reason: 'broken-answer',
      message: `${transport.name} sent an answer that does not match its API: ${formatProblem(answer.problem)}`,
      advice: 'Try again. If it stays, the API has changed or a proxy answers in its place.',
      status: response.status,
      requestId,
    })
  return { data: answer.data, headers: response.headers }
}
