/** The time by the gateway's clock where the browser's differs: keys are due and destroyed by a server's clock. */
import { createStore } from './store.ts'

/** Milliseconds; smaller differences change nothing that is shown. */
const CORRECTED = 10_000

interface Correction {
  /** Gateway's time at 0 of the monotonic clock, which goes on when somebody sets the browser's clock. */
  readonly start: number
  /** Milliseconds by which `start` may be wrong. */
  readonly uncertain: number
  /** Milliseconds by which the browser's clock is ahead. */
  readonly ahead: number
}

const correction = createStore<Correction | undefined>(undefined)

/** Milliseconds since the epoch. */
export function currentTime(): number {
  const known = correction.get()
  return known ? known.start + performance.now() : Date.now()
}

/** Milliseconds by which the browser's clock is ahead of the gateway's; 0 where they agree. */
export const clockAhead = (): number => correction.get()?.ahead ?? 0

export const onClockChange = correction.subscribe

/**
 * Compares the clocks at the arrival of an answer. The gateway's time was that of half the way, give or take the other half.
 * @param sent by the monotonic clock, as `performance.now` gives it
 */
export function compareClocks(gatewayTime: number, sent: number): void {
  if (!Number.isFinite(gatewayTime)) return
  const received = performance.now()
  const uncertain = (received - sent) / 2
  const start = gatewayTime - sent - uncertain
  const ahead = Date.now() - received - start
  const known = correction.get()
  if (Math.abs(ahead) - uncertain < CORRECTED) {
    if (known) correction.set(undefined)
    return
  }
  const agrees =
    known &&
    Math.abs(start - known.start) <= uncertain + known.uncertain &&
    Math.abs(ahead - known.ahead) <= CORRECTED + uncertain
  if (!agrees) correction.set({ start, uncertain, ahead })
}

/** Instant of the browser's clock by the gateway's. */
export const correctedInstant = (instant: number): number => instant + currentTime() - Date.now()
