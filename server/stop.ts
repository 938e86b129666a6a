/** Ends the program: at a signal, when npm is gone, or when the start fails. */
import { constants } from 'node:os'

export interface Stop {
  /** Steps run in reverse order; a failing one does not prevent the others. */
  readonly add: (step: () => void | Promise<void>) => void
  /** Milliseconds that running requests have when the program stops. */
  readonly allow: (grace: number) => void
  /** Runs the steps and exits with `code`; never returns. */
  readonly now: (code: number) => Promise<void>
}

/** SIGHUP: the terminal was closed. */
const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const

/** Milliseconds within which one Ctrl+C can arrive twice: from the terminal and from npm. */
const SAME_PRESS = 500

/** Milliseconds of all steps beside the running requests, such as closing the database. */
const LONGEST_STOP = 9_000

/** Milliseconds between two checks of the parent process. */
const LOOK = 250

/**
 * npm passes a signal to its shell, which ends without signalling the program. The only trace is the parent's
 * id, which changes on Linux and macOS, but not on Windows.
 */
const whenParentEnds = (parent: number, onEnd: () => void) => {
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onEnd()
  }, LOOK)
  timer.unref()
}

/** Watches signals, and the parent if npm runs the program. `tell` is called once, at the first signal. */
export const createStop = (tell: (reason: string) => void): Stop => {
  const steps: Array<() => void | Promise<void>> = []
  const underNpm = process.env.npm_lifecycle_event !== undefined
  let stopping: number | undefined
  let grace = 3000

  const now = async (code: number) => {
    let status = code
    // Requests of the console and of the local KMS's own port end one after the other.
    setTimeout(
      () => {
        tell('The stop takes too long: the server ends without the remaining steps.')
        process.exit(1)
      },
      2 * grace + LONGEST_STOP,
    ).unref()
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
      if (stopping === undefined) begin(`${signal}: stopping. A second signal stops it at once.`)
      else if (!underNpm || performance.now() - stopping > SAME_PRESS) process.exit(128 + constants.signals[signal])
    })
  }
  if (underNpm) {
    whenParentEnds(process.ppid, () => {
      if (stopping === undefined) begin('npm has ended: stopping.')
    })
  }
  // Writing to a closed terminal fails, as in the log.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  return {
    add: (step) => void steps.push(step),
    allow(milliseconds) {
      grace = milliseconds
    },
    now,
  }
}
