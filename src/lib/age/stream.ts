/** The payload of an age file: a salt, then the plaintext in chunks, each sealed with ChaCha20-Poly1305. Sizes are bytes. */

/** Of a file key. */
export const FILE_KEY = 16
/** What the payload's key is derived with. */
export const SALT = 16
/** Plaintext of every chunk but the last, which is shorter or as long. */
export const CHUNK = 65_536
/** What sealing adds to each chunk. */
export const TAG = 16
export const SEALED_CHUNK = CHUNK + TAG

/** How many chunks a plaintext of `size` bytes has; an empty one has one. */
export const chunksOf = (size: number): number => Math.max(1, Math.ceil(size / CHUNK))

/** A payload, salt included, for a plaintext of `size` bytes. */
export const payloadSize = (size: number): number => SALT + size + TAG * chunksOf(size)

/** The plaintext of sealed chunks of `size` bytes in all; undefined for a size that no plaintext has. */
export function plaintextSize(size: number): number | undefined {
  const chunks = Math.max(1, Math.ceil(size / SEALED_CHUNK))
  const last = size - (chunks - 1) * SEALED_CHUNK
  // Only an empty file ends in an empty chunk.
  return last < TAG || (last === TAG && chunks > 1) ? undefined : size - chunks * TAG
}

/** 11 bytes of big-endian counter, and one that is 1 on the last chunk. */
export function nonceOf(index: number, last: boolean): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(12)
  const view = new DataView(nonce.buffer)
  view.setUint32(3, Math.floor(index / 2 ** 32))
  view.setUint32(7, index % 2 ** 32)
  view.setUint8(11, last ? 1 : 0)
  return nonce
}
