import { Worker } from 'node:worker_threads'
import { type Job, type JobInput, type JobName, type JobReply, type JobResult, refusals } from './jobs.ts'
import { operationQueue } from './queues.ts'

/** Milliseconds after which a thread without work ends. */
const REST = 60_000

/** Beside this file: a source, or the build's program of the same name. */
const program = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

interface Thread {
  /** Sends one job; the thread must be free. */
  run(job: Job): Promise<JobReply>
}

/** Threads without work. */
const free: Thread[] = []

function startThread(): Thread {
  // The thread needs little memory, and nothing of this process's environment, which may hold credentials.
  const worker = new Worker(program, { env: {}, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: 2 } })
  let current: PromiseWithResolvers<JobReply> | undefined
  let ending: NodeJS.Timeout | undefined

  const retire = () => {
    if (free.includes(thread)) free.splice(free.indexOf(thread), 1)
    void worker.terminate()
  }
  const thread: Thread = {
    run(job) {
      clearTimeout(ending)
      worker.postMessage(job)
      worker.ref()
      current = Promise.withResolvers<JobReply>()
      return current.promise
    },
  }

  worker.unref()
  worker.on('message', (reply: JobReply) => {
    worker.unref()
    free.push(thread)
    ending = setTimeout(retire, REST).unref()
    current?.resolve(reply)
  })
  const fail = (error: Error) => {
    clearTimeout(ending)
    retire()
    current?.reject(error)
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('a thread for cryptography ended')))
  return thread
}

/** Bytes without the rest of the memory that they are a part of. */
const alone = (value: unknown) => (value instanceof Uint8Array ? new Uint8Array(value) : value)

/**
 * Runs a job in a thread when the current caller's turn comes. Throws what the job throws, and what
 * {@link operationQueue} refuses with.
 */
export const inThread = <N extends JobName>(name: N, ...input: JobInput<N>): Promise<JobResult<N>> =>
  operationQueue(async () => {
    const sent = input.map(alone)
    const running = (free.pop() ?? startThread()).run({ name, input: sent })
    // The thread has copies of its own.
    for (const bytes of sent) if (bytes instanceof Uint8Array) bytes.fill(0)
    const reply = await running
    if ('error' in reply) throw reply.error
    if ('refusal' in reply) {
      const Refusal = refusals[reply.refusal]
      throw Refusal ? new Refusal() : new Error('a thread refused for an unknown reason')
    }
    return reply.result as JobResult<N>
  })
