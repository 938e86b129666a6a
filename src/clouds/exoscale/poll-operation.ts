/** Polling of Exoscale's operations until they end. */
import { CallError, detailsOf, type Reason, withStop } from '../errors.ts'
import type { Call } from '../http.ts'
import type { Operation } from './wire-organisation.ts'

/** Source of time. */
export interface Clock {
  /** Milliseconds. */
  now(): number
  /** Rejects with the signal's reason when aborted. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wait: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const timer = setTimeout(resolve, milliseconds)
      signal?.addEventListener('abort', () => {
        clearTimeout(timer)
        reject(signal.reason)
      })
    }),
}

/** Consecutive failed requests that end the polling. */
const MAX_FAILURES = 5

/**
 * Seconds until the next request, as in the vendor's clients: 3 for the first half minute, then increasing, 60
 * from a quarter of an hour on.
 * @param running seconds since the operation began
 */
export const pollDelay = (running: number): number => Math.min(60, Math.max(3, (57 / 870) * (running - 30) + 3))

export interface Polling {
  /** Reads the operation by its id. */
  readonly read: (id: string) => Promise<Operation>
  readonly clock?: Clock
  readonly progress?: ((state: { readonly polls: number }) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Polls until the operation is no longer pending, without a limit.
 * @returns the operation in its last state; throws the last error after five consecutive failures
 */
export async function pollOperation(first: Operation, following: Polling): Promise<Operation> {
  const { read, clock = systemClock, progress, signal } = following
  const { id } = first
  const start = clock.now()
  let failures = 0
  let latest = first
  for (let polls = 0; latest.state === 'pending' && id !== undefined; polls += 1) {
    progress?.({ polls })
    await clock.wait(1000 * pollDelay((clock.now() - start) / 1000), signal)
    try {
      latest = await read(id)
      failures = 0
    } catch (error) {
      failures += 1
      if (signal?.aborted || failures === MAX_FAILURES) throw error
    }
  }
  return latest
}

/** The vendor's categories of failure. */
const reasons: Readonly<Record<string, Reason>> = {
  incorrect: 'invalid',
  forbidden: 'unauthorized',
  'not-found': 'not-found',
  conflict: 'state',
  busy: 'rate-limited',
  unavailable: 'unavailable',
}

const advice: Partial<Record<Reason, string>> = {
  unauthorized: 'The role of the gateway’s API key does not allow this.',
  'not-found': 'Somebody may have removed it meanwhile. Read the list again.',
  state: 'Something may still use it, or it was changed meanwhile. Read the list again.',
  'rate-limited': 'Exoscale is busy. Wait a moment, then try again.',
  unavailable: 'Exoscale can’t do it at the moment. Try again later.',
}

const READ_AGAIN = 'Refresh the list to see the current state.'

/** Throws CallError with the operation's own reason and message unless it has succeeded. */
export function requireSuccess({ state, reason, message }: Operation, { method, path }: Call): void {
  if (state === 'success') return
  const fail = (why: Reason, says: string, wayOut: string) =>
    new CallError({ cloud: 'exoscale', reason: why, message: says, advice: wayOut, method, path, status: 200 })
  if (state === 'failure') {
    const kind = reasons[reason ?? ''] ?? 'other'
    const said = [reason, message].filter((text) => text !== undefined && text !== '').join(': ')
    throw fail(
      kind,
      said === ''
        ? 'Exoscale started the operation, but it failed without a reason.'
        : `Exoscale started the operation, but it failed: ${withStop(said)}`,
      advice[kind] ?? 'Try again. If it stays, ask Exoscale’s support.',
    )
  }
  if (state === 'timeout') {
    const said = message ? ` It says: ${withStop(message)}` : ''
    throw fail('other', `The operation timed out at Exoscale.${said}`, `It may have succeeded. ${READ_AGAIN}`)
  }
  throw fail(
    'broken-answer',
    `Exoscale didn’t say whether it is done: its operation has ${state === undefined ? 'no state' : `the state “${state}”${state === 'pending' ? ' and no id' : ''}`}.`,
    READ_AGAIN,
  )
}

/** Error after too many failed requests: the outcome is unknown. */
export function unknownEnd(error: unknown): CallError {
  const details = detailsOf(error)
  return new CallError({
    ...details,
    message: `Exoscale started the operation, but its result is unknown: ${details.message}`,
    advice: READ_AGAIN,
  })
}
