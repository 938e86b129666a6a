/** Queues of the process for work that takes milliseconds to seconds of a processor. */
import { availableParallelism } from 'node:os'
import { createFairQueue } from './fair-queue.ts'

/** Most threads: all but one processor, which answers other requests. */
const threads = (most: number) => Math.min(most, Math.max(1, availableParallelism() - 1))

const queueOf = (running: number) =>
  createFairQueue({
    running,
    // Where there are several, one stays free for other callers.
    runningPerCaller: Math.max(1, running - 1),
    waiting: 1024,
    waitingPerCaller: 128,
  })

/** Operations with private keys, each in one of as many threads: milliseconds. */
export const operationQueue = queueOf(threads(4))

/**
 * Making RSA keys and testing primes: up to seconds. They run in Node's thread pool of four (`UV_THREADPOOL_SIZE`), where
 * one thread stays free for files.
 */
export const generationQueue = queueOf(threads(3))
