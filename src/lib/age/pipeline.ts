/** Pipeline that encryption and decryption share. */
import type { Read } from './read-blob.ts'

/**
 * Receives the bytes of the result in order. They are valid until it resolves, and must not be used before the whole
 * operation has succeeded.
 */
export interface Sink {
  readonly write: (bytes: Uint8Array) => void | Promise<void>
}

export interface Work {
  readonly sink: Sink
  /** Called often, with the bytes of the input processed so far. */
  readonly onProgress?: ((done: number) => void) | undefined
  /** Aborts with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Reads the file; `readBlob` by default. */
  readonly read?: Read | undefined
  /** Uses the library's cipher even when the platform has one. */
  readonly libraryOnly?: boolean | undefined
}

const { port1: discard, port2: receiver } = new MessageChannel()
receiver.close()

/**
 * Frees a buffer's memory at once, by a transfer to a closed port. The garbage collector frees many buffers together, and then
 * gives their memory back to the system, which a quarter of the cipher's time goes into.
 */
const freeBuffer = (buffer: ArrayBuffer): void => discard.postMessage(undefined, [buffer])

/**
 * Passes each piece to `cipher` and what that resolves with to `take`, in order: one at a time, because the browser's cipher runs in
 * the thread that calls it. Frees the results.
 */
export async function pipeline(
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
  cipher: (piece: Uint8Array<ArrayBuffer>, index: number) => Promise<ArrayBuffer>,
  take: (result: Uint8Array, index: number) => void | Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  let index = 0
  for await (const piece of pieces) {
    signal?.throwIfAborted()
    const result = await cipher(piece, index)
    await take(new Uint8Array(result), index)
    freeBuffer(result)
    index += 1
  }
}

/** Reads the stream to its end. */
export async function drain(
  stream: ReadableStream<Uint8Array>,
  take: (bytes: Uint8Array) => void | Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const reader = stream.getReader()
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { done, value } = await reader.read()
      if (done) return
      await take(value)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
