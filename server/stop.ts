/** Ends the program: at a signal, when npm is gone, or when the start fails. */
import { constants } from 'node:os'

export interface Stop {
  /** Steps run last one first; one that fails does not keep the others from running. */
  readonly add: (step: () => void | Promise<void>) => void
  /** Runs the steps and exits with `code`; never returns. */
  readonly now: (code: number) => Promise<void>
}

/** SIGHUP: the terminal was closed. */
const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const

/** Milliseconds in which one Ctrl+C can arrive twice: from the terminal, and passed on by npm. */
const SAME_PRESS = 500

/** Milliseconds that all steps have: requests get three seconds, the rest is for the database. */
const LONGEST_STOP = 15_000

/** Milliseconds between two looks at who the parent is. */
const LOOK = 250

/**
 * npm hands a signal to its shell, which ends without a word to the program it runs. What is left to see is the parent's
 * id: it changes on Linux and macOS, and stays as it was on Windows.
 */
const whenParentEnds = (parent: number, onEnd: () => void) => {
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onEnd()
  }, LOOK)
  timer.unref()
}

/** Watches signals, and the parent when npm runs the program. `tell` is called once when the first one arrives. */
export const createStop = (tell: (reason: string) => void): Stop => {
  const steps: Array<() => void | Promise<void>> = []
  const underNpm = process.env.npm_lifecycle_event !== undefined
  let stopping: number | undefined

  const now = async (code: number) => {
    let status = code
    setTimeout(() => {
      tell('The stop takes too long: ending without the rest of it.')
      process.exit(1)
    }, LONGEST_STOP).unref()
    for (const step of steps.splice(0).reverse()) {
      try {
        await step()
      } catch (error) {
        tell(`One step of the stop failed: ${error instanceof Error ? error.message : String(error)}`)
        status ||= 1
      }
    }
    process.exit(status)
  }
  const begin = (reason: string) => {
    stopping = performance.now()
    tell(reason)
    void now(0)
  }
  for (const signal of signals) {
    process.on(signal, () => {
      if (stopping === undefined) begin(`${signal}: stopping. Once more ends it at once.`)
      else if (!underNpm || performance.now() - stopping > SAME_PRESS) process.exit(128 + constants.signals[signal])
    })
  }
  if (underNpm) {
    whenParentEnds(process.ppid, () => {
      if (stopping === undefined) begin('npm has ended: stopping.')
    })
  }
  // As in the log: a terminal that was closed takes no more lines.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  return { add: (step) => void steps.push(step), now }
}
