/** Worker that reads a file and encrypts or decrypts it. */

import { ageProblemOf } from './age-error.ts'
import { decrypt } from './decrypt.ts'
import { encrypt } from './encrypt.ts'
import { readHeader, type StanzaParts } from './header.ts'
import type { FromWorker, Task, ToWorker } from './messages.ts'
import type { Sink } from './pipeline.ts'
import { openRemoteWriter } from './remote-writer.ts'
import { largestFile } from './stream.ts'

const tell = (message: FromWorker) => postMessage(message)

const cancelled = new AbortController()
const wrapped = Promise.withResolvers<StanzaParts>()
cancelled.signal.addEventListener('abort', () => wrapped.reject(cancelled.signal.reason))
wrapped.promise.catch(() => undefined)

/** Milliseconds between two progress messages. */
const PACE = 200
let told = 0

const onProgress = (done: number) => {
  const now = performance.now()
  if (now - told < PACE) return
  told = now
  tell({ type: 'progress', done })
}

async function write({ writer, into }: Task, size: number, work: (sink: Sink) => Promise<void>): Promise<void> {
  const result = await openRemoteWriter(writer, into, size)
  try {
    await work(result)
    tell({ type: 'written', size: await result.finish() })
  } finally {
    await result.close()
  }
}

async function run(message: Exclude<ToWorker, { type: 'wrapped' | 'cancel' }>): Promise<void> {
  if (message.type === 'inspect') return tell({ type: 'inspected', stanzas: (await readHeader(message.file)).stanzas })
  const { file } = message
  const { signal } = cancelled
  if (message.type === 'decrypt') {
    const { fileKey } = message
    return write(message, file.size, (sink) => decrypt(file, fileKey, { sink, signal, onProgress }))
  }
  const wrap = (fileKey: Uint8Array<ArrayBuffer>) => {
    tell({ type: 'wrap', fileKey })
    return wrapped.promise
  }
  await write(message, largestFile(file.size), (sink) => encrypt(file, wrap, { sink, signal, onProgress }))
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'wrapped') return wrapped.resolve(data.stanza)
  if (data.type === 'cancel') return cancelled.abort()
  run(data).catch((error: unknown) => {
    tell(cancelled.signal.aborted ? { type: 'cancelled' } : { type: 'failed', problem: ageProblemOf(error) })
  })
})
