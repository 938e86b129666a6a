/** Gate for requests that run side by side, and for tasks that run alone. */
import { createQueue } from './queue.ts'

export interface Gate {
  /**
   * Runs the work at once, or after the task that runs alone.
   * @param rest what of it goes on after it has resolved; it is under way until then
   */
  pass<T>(work: () => Promise<T>, rest?: () => Promise<void>): Promise<T>
  /**
   * Runs the task once everything under way has ended; what comes later waits for it.
   * @throws BusyError when something is still under way at the deadline; the task has not begun then
   */
  alone<T>(task: () => Promise<T>): Promise<T>
}

/** Something under way did not end in time. */
export class BusyError extends Error {}

/** @param patience milliseconds that a task waits for what is under way */
export function createGate(patience: number): Gate {
  const oneByOne = createQueue()
  let underWay = 0
  let whenIdle: (() => void) | undefined
  let shut: Promise<void> | undefined

  async function idle(): Promise<void> {
    if (underWay === 0) return
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(
      () => reject(new BusyError(`${underWay} requests are still under way after ${patience / 1000} seconds`)),
      patience,
    )
    whenIdle = resolve
    try {
      await promise
    } finally {
      clearTimeout(timer)
      whenIdle = undefined
    }
  }

  function leave(): void {
    underWay -= 1
    if (underWay === 0) whenIdle?.()
  }

  return {
    async pass(work, rest) {
      while (shut) await shut
      underWay += 1
      try {
        return await work()
      } finally {
        if (rest) void rest().then(leave)
        else leave()
      }
    },
    alone: (task) =>
      oneByOne(async () => {
        const { promise, resolve: open } = Promise.withResolvers<void>()
        shut = promise
        try {
          await idle()
          return await task()
        } finally {
          shut = undefined
          open()
        }
      }),
  }
}
