/** HMAC-SHA-256 of many short texts with one key: two hashes at once cost less than an object for each text. */
import { hash } from 'node:crypto'

const BLOCK = 64
const DIGEST = 32

/** Key block of RFC 2104, XORed with the byte of a pad, in a buffer with room for more. */
function padded(key: Uint8Array, pad: number, length: number): Buffer {
  const block = Buffer.alloc(length)
  for (let at = 0; at < BLOCK; at += 1) block[at] = (key[at] ?? 0) ^ pad
  return block
}

/**
 * Function that computes the code of a text in UTF-8, 32 bytes.
 * @param key at most 64 bytes
 * @throws RangeError for a longer key
 */
export function openHmacSha256(key: Uint8Array): (text: string) => NonSharedBuffer {
  if (key.length > BLOCK) throw new RangeError(`the key must be at most ${BLOCK} bytes`)
  let inner = padded(key, 0x36, 4096)
  const outer = padded(key, 0x5c, BLOCK + DIGEST)
  return (text) => {
    // UTF-8 has at most three bytes for a unit of UTF-16.
    if (BLOCK + 3 * text.length > inner.length) inner = padded(key, 0x36, 2 * (BLOCK + 3 * text.length))
    const end = BLOCK + inner.write(text, BLOCK, 'utf8')
    outer.set(hash('sha256', inner.subarray(0, end), 'buffer'), BLOCK)
    return hash('sha256', outer, 'buffer')
  }
}
