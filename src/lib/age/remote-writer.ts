import { AgeError } from './age-error.ts'
import type { FromWriter, ToWriter } from './messages.ts'
import type { Sink } from './pipeline.ts'

/** Few large writes: each is a message, and a call to the system. */
const BLOCK = 1 << 20

/** Blocks of memory that go back and forth: one being filled, one being written, and two for when one side is late. */
const BLOCKS = 4

type Answer<Type extends FromWriter['type']> = Extract<FromWriter, { type: Type }>

/** Asks the writer at the other end of a port, which answers in order. */
function askThrough(port: MessagePort) {
  const waiting: ((message: FromWriter) => void)[] = []
  port.addEventListener('message', ({ data }: MessageEvent<FromWriter>) => waiting.shift()?.(data))
  port.start()
  return function ask<Type extends FromWriter['type']>(
    message: ToWriter,
    expected: Type,
    transfer: Transferable[] = [],
  ): Promise<Answer<Type>> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer<Type>>()
    const isExpected = (answer: FromWriter): answer is Answer<Type> => answer.type === expected
    waiting.push((answer) => {
      if (isExpected(answer)) resolve(answer)
      else reject(new AgeError(answer.type === 'failed' ? answer.problem : { kind: 'failed', message: answer.type }))
    })
    port.postMessage(message, transfer)
    return promise
  }
}

export interface RemoteResultWriter extends Sink {
  /** Ends it; answers with the bytes written, all of which the system has taken. */
  readonly finish: () => Promise<number>
  /** Ends it whatever state it is in. */
  readonly close: () => Promise<void>
}

/**
 * A result that the worker at the other end of the port writes. Rejects with AgeError, as do its methods: a failed write is told
 * by one of the next, or by the end.
 * @param size bytes that it will have
 */
export async function openRemoteWriter(port: MessagePort, name: string, size: number): Promise<RemoteResultWriter> {
  const ask = askThrough(port)
  await ask({ type: 'open', name, size }, 'opened')
  const free = Array.from({ length: BLOCKS }, () => Promise.resolve(new ArrayBuffer(BLOCK)))
  let block: Uint8Array<ArrayBuffer> | undefined
  let filled = 0
  const send = () => {
    if (!block) return
    const message = { type: 'write', block: block.buffer, length: filled } as const
    const again = ask(message, 'free', [message.block]).then((answer) => answer.block)
    // It is awaited in its turn.
    again.catch(() => undefined)
    free.push(again)
    block = undefined
    filled = 0
  }
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length; ) {
        block ??= new Uint8Array((await free.shift()) ?? new ArrayBuffer(BLOCK))
        const fits = bytes.subarray(at, at + BLOCK - filled)
        block.set(fits, filled)
        filled += fits.length
        at += fits.length
        if (filled === BLOCK) send()
      }
    },
    async finish() {
      send()
      await Promise.all(free)
      return (await ask({ type: 'finish' }, 'finished')).size
    },
    async close() {
      await ask({ type: 'close' }, 'closed')
    },
  }
}
