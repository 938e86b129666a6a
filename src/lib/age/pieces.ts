type ByteStream = ReadableStream<Uint8Array<ArrayBuffer>>

/** How much is read at a time, at most; the same memory every time, since fresh memory costs as much as the reading. */
const READ = 1 << 20

const byteReaderOf = (stream: ByteStream): ReadableStreamBYOBReader | undefined => {
  try {
    return stream.getReader({ mode: 'byob' })
  } catch {
    // Not every browser's files can be read into memory that is given.
    return undefined
  }
}

async function* readInto(reader: ReadableStreamBYOBReader, size: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const capacity = Math.max(READ, size)
  let memory = new ArrayBuffer(capacity)
  let kept = 0
  for (;;) {
    const { done, value } = await reader.read(new Uint8Array(memory, kept, capacity - kept))
    // At the end too the memory comes back, and only there is it what was kept.
    if (value) memory = value.buffer
    if (done) break
    const end = kept + value.length
    let at = 0
    for (; at + size <= end; at += size) yield new Uint8Array(memory, at, size)
    new Uint8Array(memory).copyWithin(0, at, end)
    kept = end - at
  }
  if (kept > 0) yield new Uint8Array(memory, 0, kept)
}

async function* readParts(stream: ByteStream, size: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const rest = new Uint8Array(size)
  let kept = 0
  for await (const value of stream) {
    let at = 0
    if (kept > 0) {
      at = Math.min(size - kept, value.length)
      rest.set(value.subarray(0, at), kept)
      kept += at
      if (kept < size) continue
      yield rest
      kept = 0
    }
    for (; at + size <= value.length; at += size) yield value.subarray(at, at + size)
    rest.set(value.subarray(at))
    kept = value.length - at
  }
  if (kept > 0) yield rest.subarray(0, kept)
}

/** The blob's bytes in pieces of exactly `size`, the last one shorter; none for an empty blob. A piece is only valid until the next is asked for. */
export async function* piecesOf(blob: Blob, size: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const stream = blob.stream()
  const reader = byteReaderOf(stream)
  if (!reader) return yield* readParts(stream, size)
  try {
    yield* readInto(reader, size)
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
