/** Bodies of requests, of a limited length. */

interface Options {
  /** Reads the rest of a body that is too long: closing on a client that still sends would keep the answer from it. */
  readonly drain?: boolean
}

/** Whole body; undefined for one of more than `limit` bytes. */
export async function readLimited(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
  { drain = false }: Options = {},
): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length <= limit) chunks.push(chunk)
    else if (!drain) return undefined
  }
  return length <= limit ? Buffer.concat(chunks) : undefined
}
