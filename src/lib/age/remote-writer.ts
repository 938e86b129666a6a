import { AgeError } from './age-error.ts'
import type { FromWriter, ToWriter } from './messages.ts'
import type { Sink } from './pipeline.ts'

/**
 * Bytes per write; each costs a message and a system call. For larger ones Linux takes memory in units that the host of a virtual
 * machine may have to provide first: writes of 1 MiB take five to ten times as long there.
 */
const BLOCK = 1 << 18

/** Memory blocks passed back and forth: one filling, one being written, two in reserve. */
const BLOCKS = 4

type Answer<Type extends FromWriter['type']> = Extract<FromWriter, { type: Type }>

/** Sends requests to the writer at the other end of a port, which answers in order. */
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
  /** Flushes and closes the file; returns its size in bytes. */
  readonly finish: () => Promise<number>
  /** Closes the file in any state. */
  readonly close: () => Promise<void>
}

/**
 * Result that the worker at the other end of the port writes. Its methods reject with AgeError; a failed write is reported by a
 * later call.
 * @param size of the result in bytes
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
    // Awaited later, in order.
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
