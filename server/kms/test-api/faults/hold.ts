/** Holds calls for a time, or until they are released. */

/** Longest time that a call hangs, in milliseconds. */
const LONGEST_HANG = 600_000

export interface Hold {
  /**
   * Resolves when a call may continue; to false if its client has disconnected or the call was cut.
   * @param delay milliseconds
   * @param hang holds the call after the delay, until calls are released
   * @param closed aborted when the client disconnects
   */
  wait(how: { delay: number; hang: boolean }, closed: AbortSignal): Promise<boolean>
  /** Releases hanging calls. */
  release(): void
  /** Ends all waits; none of these calls continues. */
  breakOff(): void
}

export function createHold(): Hold {
  let released = Promise.withResolvers<void>()
  let brokenOff = new AbortController()
  return {
    async wait({ delay, hang }, closed) {
      const end = AbortSignal.any([closed, brokenOff.signal])
      const { promise, resolve } = Promise.withResolvers<boolean>()
      const goOn = () => resolve(true)
      const giveUp = () => resolve(false)
      const { promise: release } = released
      const timers = [
        setTimeout(() => (hang ? void release.then(goOn) : goOn()), delay),
        setTimeout(giveUp, delay + LONGEST_HANG),
      ]
      end.addEventListener('abort', giveUp)
      if (end.aborted) giveUp()
      try {
        return await promise
      } finally {
        for (const timer of timers) clearTimeout(timer)
        end.removeEventListener('abort', giveUp)
      }
    },
    release() {
      released.resolve()
      released = Promise.withResolvers()
    },
    breakOff() {
      brokenOff.abort()
      brokenOff = new AbortController()
    },
  }
}
