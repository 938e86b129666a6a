import { AgeError } from './problem.ts'

/** Reads a blob from its beginning, in parts of any size. */
export type Read = (blob: Blob) => AsyncIterable<Uint8Array<ArrayBuffer>>

/** In this thread. */
export const readHere: Read = (blob) => blob.stream()

/**
 * The parts of the whole blob, and not one byte less or more: work that takes the end of the parts for the end of the file
 * would call a piece of it complete. Throws AgeError when the file has changed since its size was told.
 */
export async function* partsOf(blob: Blob, read: Read): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let bytes = 0
  for await (const part of read(blob)) {
    bytes += part.length
    if (bytes > blob.size) break
    yield part
  }
  if (bytes !== blob.size) throw new AgeError({ kind: 'unreadable' })
}

/** The same as a stream. */
export function streamOf(blob: Blob, read: Read): ReadableStream<Uint8Array<ArrayBuffer>> {
  const parts = partsOf(blob, read)
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(value)
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
  for await (const part of partsOf(blob, read)) {
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
