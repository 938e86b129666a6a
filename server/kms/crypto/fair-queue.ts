import { currentCaller } from './callers.ts'

/** As much work waits as is allowed, of this caller or of all together. */
export class QueueFullError extends Error {
  readonly isOfCaller: boolean

  constructor(isOfCaller: boolean) {
    super(`too much work is waiting ${isOfCaller ? 'for this caller' : 'for all callers'}`)
    this.isOfCaller = isOfCaller
  }
}

/** The client has gone, so its work is not begun. */
export class CallerGoneError extends Error {
  constructor() {
    super('the client has gone')
  }
}

export interface QueueLimits {
  /** Work that runs at the same time. */
  readonly running: number
  /** Part of it that one caller can have. */
  readonly runningPerCaller: number
  /** Work of clients that waits; the server's own has no limit. */
  readonly waiting: number
  readonly waitingPerCaller: number
}

/**
 * Runs work when its turn comes: callers take turns, each with its work in order. Throws {@link QueueFullError}, and
 * {@link CallerGoneError} if the caller's signal is aborted before the work begins.
 */
export type FairQueue = <T>(work: () => Promise<T>) => Promise<T>

/** Work of one caller. */
interface Line {
  running: number
  readonly waiting: (() => Promise<void>)[]
}

/** Id of the line of the server's own work. */
const SERVER = ''

export function createFairQueue(limits: QueueLimits): FairQueue {
  /** By caller, in the order of their turns. */
  const lines = new Map<string, Line>()
  let running = 0
  let waiting = 0

  function lineOf(id: string): Line {
    const line = lines.get(id) ?? { running: 0, waiting: [] }
    if (id !== SERVER && line.waiting.length >= limits.waitingPerCaller) throw new QueueFullError(true)
    if (id !== SERVER && waiting >= limits.waiting) throw new QueueFullError(false)
    lines.set(id, line)
    return line
  }

  /** Puts a line behind all others, or away if it is empty. */
  function putLast(id: string, line: Line): void {
    lines.delete(id)
    if (line.running > 0 || line.waiting.length > 0) lines.set(id, line)
  }

  function startNext(): void {
    if (running >= limits.running) return
    const isNext = ([, line]: [string, Line]) => line.waiting.length > 0 && line.running < limits.runningPerCaller
    const [id = SERVER, line] = lines.entries().find(isNext) ?? []
    const work = line?.waiting.shift()
    if (!line || !work) return
    running += 1
    line.running += 1
    putLast(id, line)
    void work().finally(() => {
      running -= 1
      line.running -= 1
      // Again: callers that came meanwhile have had no turn yet.
      putLast(id, line)
      startNext()
    })
    startNext()
  }

  return (work) =>
    new Promise((resolve, reject) => {
      const { id = SERVER, signal } = currentCaller() ?? {}
      if (signal?.aborted) throw new CallerGoneError()
      const line = lineOf(id)
      const counted = id === SERVER ? 0 : 1
      const gone = () => {
        waiting -= counted
        line.waiting.splice(line.waiting.indexOf(entry), 1)
        if (line.running === 0 && line.waiting.length === 0) lines.delete(id)
        reject(new CallerGoneError())
      }
      const entry = async () => {
        waiting -= counted
        signal?.removeEventListener('abort', gone)
        await work().then(resolve, reject)
      }
      waiting += counted
      signal?.addEventListener('abort', gone, { once: true })
      line.waiting.push(entry)
      startNext()
    })
}
