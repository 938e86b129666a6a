/** Who asked for the work at hand: it decides whose turn it is, and whether anybody still waits for the result. */
import { AsyncLocalStorage } from 'node:async_hooks'

export interface Caller {
  /** Credential. */
  readonly id: string
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal
}

const callers = new AsyncLocalStorage<Caller | undefined>()

/** Runs work for a client. Work outside of such a call is the server's own: its turns come like those of one caller. */
export const asCaller = <T>(caller: Caller, work: () => T): T => callers.run(caller, work)

/** Runs work whose result more than one caller waits for, such as a key that is made on first use. */
export const asServer = <T>(work: () => T): T => callers.run(undefined, work)

export const currentCaller = (): Caller | undefined => callers.getStore()
