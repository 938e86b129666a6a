import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { asCaller } from './callers.ts'
import { CallerGoneError, createFairQueue, QueueFullError } from './fair-queue.ts'

const limits = { running: 3, runningPerCaller: 2, waiting: 6, waitingPerCaller: 4 }

/** Queue whose work ends when a test says so. */
function openQueue(more: Partial<typeof limits> = {}) {
  const queue = createFairQueue({ ...limits, ...more })
  /** In the order in which they began. */
  const begun: string[] = []
  const ends = new Map<string, PromiseWithResolvers<string>>()

  const work = (name: string) =>
    queue(() => {
      const end = Promise.withResolvers<string>()
      ends.set(name, end)
      begun.push(name)
      return end.promise
    })
  return {
    begun,
    /** Asks for work of this name for a caller, which is the part of the name before its number. */
    ask(name: string, signal = new AbortController().signal): Promise<string> {
      const result = asCaller({ id: name.replace(/\d+$/, ''), signal }, () => work(name))
      // A test looks at some of the refusals only.
      result.catch(() => undefined)
      return result
    },
    askAsServer: work,
    async end(name: string): Promise<void> {
      ends.get(name)?.resolve(name)
      await setImmediate()
    },
    async fail(name: string): Promise<void> {
      ends.get(name)?.reject(new Error(name))
      await setImmediate()
    },
  }
}

describe('a fair queue', () => {
  it('runs as much as is allowed in all, and of one caller', async () => {
    const { ask, begun, end } = openQueue()
    for (const name of ['a1', 'a2', 'a3', 'b1', 'b2']) void ask(name)
    expect(begun).toEqual(['a1', 'a2', 'b1'])
    await end('b1')
    expect(begun).toEqual(['a1', 'a2', 'b1', 'b2'])
    await end('a1')
    expect(begun.at(-1)).toBe('a3')
  })

  it('lets callers take turns, each with its work in order', async () => {
    const { ask, begun, end } = openQueue({ running: 1, runningPerCaller: 1 })
    for (const name of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) void ask(name)
    for (const name of ['a1', 'b1', 'c1', 'a2', 'b2', 'a3']) {
      expect(begun.at(-1)).toBe(name)
      await end(name)
    }
  })

  it('gives results and failures back, and frees the place of both', async () => {
    const { ask, begun, end, fail } = openQueue({ running: 1, runningPerCaller: 1 })
    const results = [ask('a1'), ask('a2'), ask('a3')]
    await fail('a1')
    await end('a2')
    await expect(results[0]).rejects.toThrow('a1')
    await expect(results[1]).resolves.toBe('a2')
    expect(begun).toEqual(['a1', 'a2', 'a3'])
  })

  it('refuses a caller with too much waiting work, and no other', async () => {
    const { ask, end, begun } = openQueue({ running: 1, runningPerCaller: 1 })
    for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) void ask(name)
    await expect(ask('a6')).rejects.toEqual(new QueueFullError(true))
    void ask('b1')
    await end('a1')
    expect(begun.at(-1)).toBe('b1')
    await end('b1')
    void ask('a7')
    for (const name of ['a2', 'a3', 'a4', 'a5', 'a7']) await end(name)
    expect(begun.at(-1)).toBe('a7')
  })

  it('refuses all callers when the work of all is too much', async () => {
    const { ask, askAsServer, end } = openQueue({ running: 1, runningPerCaller: 1 })
    for (const name of ['a1', 'b1', 'b2', 'c1', 'c2', 'd1', 'd2']) void ask(name)
    await expect(ask('e1')).rejects.toEqual(new QueueFullError(false))
    void askAsServer('own')
    await end('a1')
    const last = ask('e2')
    for (const name of ['b1', 'c1', 'd1', 'own', 'b2', 'c2', 'd2', 'e2']) await end(name)
    await expect(last).resolves.toBe('e2')
  })

  it('never refuses the server’s own work, which takes turns like a caller’s', async () => {
    const { ask, askAsServer, begun, end } = openQueue({ running: 1, runningPerCaller: 1 })
    const own = Array.from({ length: 50 }, (_, index) => askAsServer(`own${index}`))
    void ask('a1')
    await end('own0')
    expect(begun.at(-1)).toBe('a1')
    await end('a1')
    for (let index = 1; index < 50; index++) await end(`own${index}`)
    expect(await Promise.all(own)).toHaveLength(50)
  })

  it('frees the place of a client that goes while it waits', async () => {
    const { ask, begun, end } = openQueue({ running: 1, runningPerCaller: 1 })
    const client = new AbortController()
    void ask('a1')
    const waiting = ['a2', 'a3', 'a4', 'a5'].map((name) => ask(name, client.signal))
    await expect(ask('a6')).rejects.toBeInstanceOf(QueueFullError)
    client.abort()
    for (const gone of waiting) await expect(gone).rejects.toBeInstanceOf(CallerGoneError)
    for (const name of ['a7', 'a8', 'a9', 'a10']) void ask(name)
    await end('a1')
    expect(begun).toEqual(['a1', 'a7'])
  })

  it('begins nothing for a client that has gone, and ends what runs', async () => {
    const { ask, begun, end } = openQueue()
    await expect(ask('a1', AbortSignal.abort())).rejects.toBeInstanceOf(CallerGoneError)
    const client = new AbortController()
    const running = ask('b1', client.signal)
    client.abort()
    await end('b1')
    await expect(running).resolves.toBe('b1')
    expect(begun).toEqual(['b1'])
  })
})
