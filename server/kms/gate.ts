/** Gate for requests that run concurrently, and for tasks that run alone. */
import { createQueue } from './queue.ts'

export interface Gate {
  /**
   * Runs the work at once, or after the current task.
   * @param rest remaining work after it has resolved, which also counts as running
   */
  pass<T>(work: () => Promise<T>, rest?: () => Promise<void>): Promise<T>
  /**
   * Runs the task once all running work has ended; later work waits for it.
   * @throws BusyError if work still runs at the deadline; the task has not started then
   */
  alone<T>(task: () => Promise<T>): Promise<T>
}

/** Running work did not end in time. */
export class BusyError extends Error {}

/** @param patience milliseconds that a task waits for running work */
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
