import type { FromReader, ToReader } from './messages.ts'
import type { Read } from './pieces.ts'

/** Reading through a port to the reading worker; one blob in a port's life. */
export const readThrough = (port: MessagePort): Read =>
  async function* read(blob) {
    const arrived: FromReader[] = []
    let wake = Promise.withResolvers<void>()
    port.addEventListener('message', ({ data }: MessageEvent<FromReader>) => {
      arrived.push(data)
      wake.resolve()
    })
    port.start()
    const tell = (message: ToReader) => port.postMessage(message)
    tell({ type: 'read', blob })
    for (;;) {
      const message = arrived.shift()
      if (!message) {
        wake = Promise.withResolvers<void>()
        await wake.promise
      } else if (message.type === 'end') return
      else if (message.type === 'failed') throw message.error
      else {
        yield message.part
        tell({ type: 'more' })
      }
    }
  }
