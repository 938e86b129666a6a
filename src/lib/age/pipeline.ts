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

/** Chunks in the cipher at a time: enough to keep its threads busy, few enough for memory. */
const IN_FLIGHT = 16

/**
 * Passes chunks to `start`, several at a time, and their results to `take` in order. Stops at the first failure.
 */
export async function pipeline<Piece, Result>(
  pieces: AsyncIterable<Piece>,
  start: (piece: Piece, index: number) => Promise<Result>,
  take: (result: Result, index: number) => void | Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const running: Promise<Result>[] = []
  let started = 0
  let taken = 0
  const takeFirst = async () => {
    const first = running.shift()
    if (first) await take(await first, taken++)
  }
  for await (const piece of pieces) {
    signal?.throwIfAborted()
    const result = start(piece, started++)
    // Awaited later, in order; after an earlier failure never.
    result.catch(() => undefined)
    running.push(result)
    if (running.length >= IN_FLIGHT) await takeFirst()
  }
  while (running.length > 0) {
    signal?.throwIfAborted()
    await takeFirst()
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
