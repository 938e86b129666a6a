/** Requests of this session, in memory only: what was asked and how it ended, and of bodies what may be kept. */
import type { Method } from './http.ts'
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
export interface LoggedExchange extends LoggedCall {
  /** To the console's own gateway, and to no cloud. */
  readonly toGateway: boolean
  /** With its question mark; empty where there is none. */
  readonly query: string
  readonly project?: string | undefined
  readonly request: { readonly headers: HeaderLines; readonly body?: unknown }
  /** Absent when no answer came. `size` is in bytes, of the body before it was cut. */
  readonly response?: { readonly headers: HeaderLines; readonly body?: unknown; readonly size: number }
}

/** A call with its bodies as they are: nothing of it is kept but what `redaction.ts` leaves. */
export interface FinishedCall extends Omit<LoggedCall, 'id'> {
  readonly project?: string | undefined
  /** Members of its bodies that are never kept. */
  readonly masked: readonly string[]
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body?: unknown }
  readonly response?: { readonly headers: Headers; readonly body: unknown; readonly size: number } | undefined
}

/** Requests that are kept; the oldest go first. */
const KEPT = 500

let calls: readonly LoggedCall[] = []
let recorded: readonly LoggedExchange[] = []
let lastId = 0
const listeners = new Set<() => void>()

const tell = () => {
  for (const listener of listeners) listener()
}

/** Keeps a call that has ended, and returns its id. */
export function logCall({
  masked,
  request: sent,
  response: answered,
  project,
  path: whole,
  ...rest
}: FinishedCall): number {
  lastId += 1
  const [path = ''] = whole.split('?')
  const own = path.startsWith('/api/')
  const call: LoggedCall = { ...rest, path, id: lastId }
  const masking = { names: masked, echoes: maskedTexts(sent.body, { names: masked }) }
  // The gateway's own paths are no requests to a cloud.
  if (!own) calls = [...calls.slice(1 - KEPT), call]
  const record: LoggedExchange = {
    ...call,
    toGateway: own,
    query: whole.slice(path.length),
    ...(project === undefined ? {} : { project }),
    request: {
      headers: Object.entries(sent.headers),
      ...(sent.body === undefined ? {} : { body: redactedBody(sent.body, { names: masked }) }),
    },
    ...(answered === undefined
      ? {}
      : {
          response: {
            headers: loggedHeaders(answered.headers),
            size: answered.size,
            ...(answered.body === undefined ? {} : { body: redactedAnswer(answered.body, rest.status ?? 0, masking) }),
          },
        }),
  }
  recorded = [...recorded.slice(1 - KEPT), record]
  tell()
  return lastId
}

/** Calls to the clouds, the oldest first; another array after every call. */
export const loggedCalls = (): readonly LoggedCall[] => calls

/** All calls since the page was opened or the list cleared, the oldest first. */
export const loggedExchanges = (): readonly LoggedExchange[] => recorded

/** What the page has done stays in `visitCalls`. */
export function clearLoggedExchanges(): void {
  recorded = []
  tell()
}

export function onLoggedCall(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
