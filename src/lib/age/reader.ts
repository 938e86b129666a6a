/** A worker that only reads: reading takes as long as the cipher does, and goes on beside it. */
import type { FromReader, ToReader } from './messages.ts'

/** Parts that may be on their way: one with the cipher, one waiting, two being read. */
const AHEAD = 4

function serve(port: MessagePort): void {
  const tell = (message: FromReader, transfer: Transferable[] = []) => port.postMessage(message, transfer)
  let room = AHEAD
  let wake = Promise.withResolvers<void>()

  async function read(blob: Blob) {
    for await (const part of blob.stream()) {
      while (room === 0) {
        wake = Promise.withResolvers<void>()
        await wake.promise
      }
      room -= 1
      tell({ type: 'part', part }, [part.buffer])
    }
    tell({ type: 'end' })
  }

  port.addEventListener('message', ({ data }: MessageEvent<ToReader>) => {
    if (data.type === 'read') return void read(data.blob).catch((error: unknown) => tell({ type: 'failed', error }))
    room += 1
    wake.resolve()
  })
  port.start()
}

addEventListener('message', ({ data }: MessageEvent<MessagePort>) => serve(data))
