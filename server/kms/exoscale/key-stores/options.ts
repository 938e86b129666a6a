import type { LookUp } from './addresses.ts'

/** Runs a task every `milliseconds` until the returned function is called. */
export type Every = (milliseconds: number, task: () => void) => () => void

/** Calls of the proxies of external key stores. */
export interface XksOptions {
  /** Whether proxies may be in private networks, and on this machine also without TLS. */
  readonly allowPrivate?: boolean
  /** Asks for the addresses of a proxy's name. */
  readonly lookUp?: LookUp
  /** Milliseconds for a call of a proxy. */
  readonly deadline?: number
  /** Timer of the health checks. */
  readonly every?: Every
}
