/** Reads a blob from its beginning, in parts of any size. */
export type Read = (blob: Blob) => AsyncIterable<Uint8Array<ArrayBuffer>>

/** In this thread. */
export const readHere: Read = (blob) => blob.stream()

/** The blob's bytes in pieces of exactly `size`, the last one shorter; none for an empty blob. A piece is only valid until the next is asked for. */
export async function* piecesOf(blob: Blob, size: number, read: Read): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const rest = new Uint8Array(size)
  let kept = 0
  for await (const part of read(blob)) {
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
