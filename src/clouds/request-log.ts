/** Requests of this session, in memory only: what was asked and how it ended, and of bodies what may be kept. */
import type { Method } from './endpoint.ts'
import type { CloudId, Instant } from './model.ts'
import { loggedHeaders, maskedTexts, redactedAnswer, redactedBody } from './redaction.ts'

export interface LoggedCall {
  /** Counts up from 1. */
  readonly id: number
  readonly cloud: CloudId
  /** Where the path does not say it. */
  readonly location?: string | undefined
  readonly method: Method
  /** As the cloud has it, without its query. */
  readonly path: string
  /** When it was sent. */
  readonly at: Instant
  /** Milliseconds. */
  readonly duration: number
  /** HTTP status; absent when no answer came. */
  readonly status?: number | undefined
  readonly requestId?: string | undefined
}

type HeaderLines = readonly (readonly [string, string])[]

/** One call as the inspector shows it. Bodies are masked and cut: see `redaction.ts`. */
export interface LoggedExchange extends Omit<LoggedCall, 'cloud'> {
  /** Absent for a request to the gateway itself. */
  readonly cloud?: CloudId | undefined
  /** With its question mark; empty where there is none. */
  readonly query: string
  readonly project?: string | undefined
  readonly request: { readonly headers: HeaderLines; readonly body?: unknown }
  /** Absent when no answer came. `size` is in bytes, of the body before it was cut. */
  readonly response?: { readonly headers: HeaderLines; readonly body?: unknown; readonly size: number }
}

/** A call with its bodies as they are: nothing of it is kept but what `redaction.ts` leaves. */
export interface FinishedCall extends Omit<LoggedCall, 'id' | 'cloud'> {
  readonly cloud?: CloudId | undefined
  readonly project?: string | undefined
  /** Members of its bodies that are never kept. */
  readonly masked: readonly string[]
  /** The same for the request alone. */
  readonly maskedInput?: readonly string[] | undefined
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body?: unknown }
  readonly response?: { readonly headers: Headers; readonly body: unknown; readonly size: number } | undefined
}

/** Requests that are kept; the oldest go first. */
const KEPT = 500

let calls: readonly LoggedCall[] = []
let exchanges: readonly LoggedExchange[] = []
let lastId = 0
const listeners = new Set<() => void>()

const notify = () => {
  for (const listener of listeners) listener()
}

const latestOf = new WeakMap<AbortSignal, number>()

/** Id of the latest call that was sent with a signal. */
export const requestOf = (signal: AbortSignal): number | undefined => latestOf.get(signal)

/** Keeps a finished call with redacted bodies, and returns its id. */
export function logCall(
  { masked, maskedInput = [], cloud, request, response, project, path: whole, ...rest }: FinishedCall,
  signal?: AbortSignal,
): number {
  lastId += 1
  if (signal) latestOf.set(signal, lastId)
  const [path = ''] = whole.split('?')
  const common = { ...rest, path, id: lastId }
  const input = { names: [...masked, ...maskedInput] }
  const masking = { names: masked, echoes: maskedTexts(request.body, input) }
  if (cloud !== undefined) calls = [...calls.slice(1 - KEPT), { ...common, cloud }]
  const exchange: LoggedExchange = {
    ...common,
    cloud,
    query: whole.slice(path.length),
    ...(project === undefined ? {} : { project }),
    request: {
      headers: Object.entries(request.headers),
      ...(request.body === undefined ? {} : { body: redactedBody(request.body, input) }),
    },
    ...(response === undefined
      ? {}
      : {
          response: {
            headers: loggedHeaders(response.headers),
            size: response.size,
            ...(response.body === undefined ? {} : { body: redactedAnswer(response.body, rest.status ?? 0, masking) }),
          },
        }),
  }
  exchanges = [...exchanges.slice(1 - KEPT), exchange]
  notify()
  return lastId
}

/** Calls to providers, the oldest first; a new array after every call. */
export const loggedCalls = (): readonly LoggedCall[] => calls

/** All calls since the page was opened or the list cleared, the gateway's own included, the oldest first. */
export const loggedExchanges = (): readonly LoggedExchange[] => exchanges

/** Empties the inspector's list; `loggedCalls`, which the activity pages show, stays. */
export function clearLoggedExchanges(): void {
  exchanges = []
  notify()
}

export function onLoggedCall(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
