/** Holds calls up: for a time, or until they are let go. */

/** Milliseconds that a call hangs at most. */
const LONGEST_HANG = 600_000

export interface Hold {
  /**
   * Resolves when a call may go on; false when it must not, because its client has gone or it was broken off.
   * @param delay milliseconds
   * @param hang holds it up after the delay too, until calls are released
   * @param closed aborted when the client has gone
   */
  wait(how: { delay: number; hang: boolean }, closed: AbortSignal): Promise<boolean>
  /** Lets calls that hang go on. */
  release(): void
  /** Ends all waits; none of these calls goes on. */
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
