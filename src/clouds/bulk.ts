/** One action on many keys: a few at a time, with the pauses that a provider asks for, and progress reports. */
import { currentTime } from '../lib/current-time.ts'
import { CallError, type Reason } from './errors.ts'
import type { Instant, KmsKey } from './model.ts'

export interface FailedKey {
  readonly key: KmsKey
  readonly error: unknown
}

export interface BulkProgress {
  readonly succeeded: number
  readonly failed: number
  /** Until when nothing new is started, because a cloud asked for it. */
  readonly pausedUntil?: Instant
}

export interface BulkResult {
  readonly succeeded: readonly KmsKey[]
  readonly failed: readonly FailedKey[]
  readonly notStarted: readonly KmsKey[]
  /** Failures that would have met every further key too; the rest was left alone. */
  readonly gaveUp: boolean
}

export interface BulkWork {
  readonly keys: readonly KmsKey[]
  readonly run: (key: KmsKey) => Promise<unknown>
  /** Starts nothing new once it is aborted; what is under way ends. */
  readonly signal: AbortSignal
  readonly onProgress: (progress: BulkProgress) => void
}

/** Keys at a time. */
const LANES = 4
/** Tries for a key that the cloud is too busy for. */
const TRIES = 6
/** Milliseconds before the next try, doubled each time, where the provider names none. */
const FIRST_PAUSE = 1_000
/** Failures in a row that are no single key's, after which the rest is left alone. */
const ENOUGH = 8

/** Failures that the next key would meet as well. */
const everybodys: ReadonlySet<Reason> = new Set([
  'unauthorized',
  'feature-off',
  'unavailable',
  'read-only',
  'signed-out',
  'gateway',
  'network',
])

/** Milliseconds to wait where the cloud refused only because it is busy, so that nothing was done; undefined otherwise. */
function pauseAfter(error: unknown, tries: number): number | undefined {
  if (!(error instanceof CallError) || error.details.reason !== 'rate-limited' || tries >= TRIES) return undefined
  return error.details.retryAfter ?? FIRST_PAUSE * 2 ** (tries - 1)
}

const concernsAll = (error: unknown) => error instanceof CallError && everybodys.has(error.details.reason)

/** A timer that is longer ends at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/** Ends early when the signal is aborted. */
const sleep = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, Math.min(milliseconds, LONGEST_TIMER))
    signal.addEventListener('abort', end)
  })

/**
 * Acts on each key once. Only a key that a cloud was too busy for is tried again, after the pause that it asked for, in
 * which nothing else is started either. Never throws: what failed stands in the result.
 */
export async function runBulk({ keys, run: act, signal, onProgress }: BulkWork): Promise<BulkResult> {
  const succeeded: KmsKey[] = []
  const failed: FailedKey[] = []
  const refusedForNow: KmsKey[] = []
  let next = 0
  let pausedUntil = 0
  let inARow = 0

  const tell = () =>
    onProgress({
      succeeded: succeeded.length,
      failed: failed.length,
      ...(pausedUntil > currentTime() ? { pausedUntil } : {}),
    })
  const gaveUp = () => inARow >= ENOUGH
  const ends = () => signal.aborted || gaveUp()

  async function rest() {
    while (pausedUntil > currentTime() && !signal.aborted) await sleep(pausedUntil - currentTime(), signal)
  }

  async function one(key: KmsKey, tries = 1): Promise<void> {
    try {
      await act(key)
      succeeded.push(key)
      inARow = 0
    } catch (error) {
      const pause = pauseAfter(error, tries)
      if (pause === undefined) {
        failed.push({ key, error })
        inARow = concernsAll(error) ? inARow + 1 : 0
        return
      }
      pausedUntil = Math.max(pausedUntil, currentTime() + pause)
      tell()
      await rest()
      if (ends()) refusedForNow.push(key)
      else await one(key, tries + 1)
    }
  }

  async function lane() {
    for (;;) {
      await rest()
      const key = keys[next]
      if (key === undefined || ends()) return
      next += 1
      await one(key)
      tell()
    }
  }

  await Promise.all(Array.from({ length: LANES }, lane))
  return { succeeded, failed, notStarted: [...refusedForNow, ...keys.slice(next)], gaveUp: gaveUp() && !signal.aborted }
}
