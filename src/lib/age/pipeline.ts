/** What encrypting and decrypting share: where bytes go, and what is told meanwhile. */

import type { Read } from './read-blob.ts'

/**
 * Takes the result's bytes in order, the next when it has dealt with the last: they are only valid until then. Nothing may be
 * made of them before the whole work has succeeded.
 */
export interface Sink {
  readonly write: (bytes: Uint8Array) => void | Promise<void>
}

export interface Work {
  readonly sink: Sink
  /** Bytes of the input done so far; called often. */
  readonly onProgress?: ((done: number) => void) | undefined
  /** Ends the work with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** How the file is read; `readBlob` unless told. */
  readonly read?: Read | undefined
  /** The library's own cipher even where the platform has one. */
  readonly libraryOnly?: boolean | undefined
}

/** How many chunks are with the cipher at a time: enough to keep its threads busy, little to hold in memory. */
const IN_FLIGHT = 16

/**
 * Hands the pieces to `start` and their results to `take`, several at a time and in order. At the first failure nothing more is
 * started or taken.
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
    // It is awaited in its turn; an earlier failure may leave it behind.
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
