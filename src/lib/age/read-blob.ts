import { AgeError } from './age-error.ts'

/**
 * Reads a blob from its beginning, in parts of any size, best in parts of `size`. A part is only valid until the next is asked
 * for.
 */
export type Read = (blob: Blob, size: number) => AsyncIterable<Uint8Array<ArrayBuffer>>

/** Whether the browser supports BYOB readers for blobs. */
function byteReaderOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStreamBYOBReader | undefined {
  try {
    return stream.getReader({ mode: 'byob' })
  } catch {
    return undefined
  }
}

/**
 * Chromium collects such a reader, and with it whoever waits for it, in the middle of a read when nothing else holds it: the read
 * then never ends.
 */
const held = new Set<ReadableStreamBYOBReader>()

/** Reads into the same buffer: allocating per part takes longer than reading. */
export const readBlob: Read = async function* readBlob(blob, size) {
  const stream = blob.stream()
  const reader = byteReaderOf(stream)
  if (!reader) return yield* stream
  let memory = new Uint8Array(size)
  held.add(reader)
  try {
    for (;;) {
      const { done, value } = await reader.read(memory, { min: size })
      if (value && value.length > 0) yield value
      if (done || !value) return
      memory = new Uint8Array(value.buffer)
    }
  } finally {
    held.delete(reader)
    await reader.cancel().catch(() => undefined)
  }
}

/**
 * The parts of the whole blob, and not one byte less or more: work that takes the end of the parts for the end of the file
 * would call a piece of it complete. Throws AgeError when the file has changed since its size was told.
 */
async function* partsOf(blob: Blob, size: number, read: Read): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let bytes = 0
  for await (const part of read(blob, size)) {
    bytes += part.length
    if (bytes > blob.size) break
    yield part
  }
  if (bytes !== blob.size) throw new AgeError({ kind: 'unreadable' })
}

/** Bytes per part: few calls, little memory. */
const PART = 1 << 20

/** The same as a stream, each part in its own buffer. */
export function streamOf(blob: Blob, read: Read): ReadableStream<Uint8Array<ArrayBuffer>> {
  const parts = partsOf(blob, PART, read)
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(value.slice())
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}

/** The blob's bytes in pieces of exactly `size`, the last one shorter; none for an empty blob. A piece is only valid until the next is asked for. */
export async function* piecesOf(blob: Blob, size: number, read: Read): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const rest = new Uint8Array(size)
  let kept = 0
  for await (const part of partsOf(blob, size * Math.ceil(PART / size), read)) {
    let at = 0
    if (kept > 0) {
      at = Math.min(size - kept, part.length)
      rest.set(part.subarray(0, at), kept)
      kept += at
      if (kept < size) continue
      yield rest
      kept = 0
    }
    for (; at + size <= part.length; at += size) yield part.subarray(at, at + size)
    rest.set(part.subarray(at))
    kept = part.length - at
  }
  if (kept > 0) yield rest.subarray(0, kept)
}
