/** Bytes of a block. */
const BLOCK = 64 << 10

export interface Blocks {
  add(chunk: Uint8Array): void
  end(): readonly Uint8Array[]
}

/** Joins short chunks to blocks: a chunk of one byte, kept as it is, takes a hundred times its size. */
export function createBlocks(): Blocks {
  const blocks: Uint8Array[] = []
  // Most answers have one chunk, which needs no block.
  let only: Uint8Array | undefined
  let open: Uint8Array | undefined
  let used = 0
  const close = () => {
    if (open && used > 0) blocks.push(open.slice(0, used))
    used = 0
  }
  const append = (chunk: Uint8Array) => {
    if (used + chunk.length > BLOCK) close()
    if (chunk.length > BLOCK / 2) {
      close()
      blocks.push(chunk)
      return
    }
    open ??= new Uint8Array(BLOCK)
    open.set(chunk, used)
    used += chunk.length
  }
  return {
    add(chunk) {
      if (only === undefined && open === undefined && blocks.length === 0) {
        only = chunk
        return
      }
      if (only !== undefined) append(only)
      only = undefined
      append(chunk)
    },
    end() {
      if (only !== undefined) return [only]
      close()
      return blocks
    },
  }
}
