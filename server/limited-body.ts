/** Bodies of requests and answers, with a limit. */

export interface ReadOptions {
  /** Discards the rest of a too long body: a client that still sends would not get the answer of a closed connection. */
  readonly drain?: boolean
}

/** Complete body; undefined for one of more than `limit` bytes. */
export async function readLimited(
  body: AsyncIterable<Uint8Array> | null,
  limit: number,
  { drain = false }: ReadOptions = {},
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
