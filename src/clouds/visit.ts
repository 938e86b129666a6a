/** This visit's requests to the clouds, in memory only: what was asked and how it ended, never what was sent or answered. */
import type { Method } from './http.ts'
import type { CloudId, Instant } from './model.ts'

export interface VisitCall {
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

/** Requests that are kept; the oldest go first. */
const KEPT = 500

let calls: readonly VisitCall[] = []
let lastId = 0
const listeners = new Set<() => void>()

/** Keeps a call that has ended. The gateway's own paths are no requests to a cloud. */
export function reportCall(call: Omit<VisitCall, 'id'>): void {
  if (call.path.startsWith('/api/')) return
  lastId += 1
  const path = call.path.replace(/\?.*$/, '')
  calls = [...calls.slice(1 - KEPT), { ...call, path, id: lastId }]
  for (const listener of listeners) listener()
}

/** The oldest first; another array after every call. */
export const visitCalls = (): readonly VisitCall[] => calls

export function onVisitCall(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
