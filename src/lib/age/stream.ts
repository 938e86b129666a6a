/** The payload of an age file: a salt, then the plaintext in chunks, each sealed with ChaCha20-Poly1305. Sizes are bytes. */

import { FIRST_LINE } from './file-start.ts'

/** Bytes of a file key. */
export const FILE_KEY = 16
/** Bytes of the salt of the payload key. */
export const SALT = 16
/** Plaintext bytes of a chunk; the last one may be shorter. */
export const CHUNK = 65_536
/** Bytes of the authentication tag of a chunk. */
export const TAG = 16
/** Bytes of the last line of a header: `---`, a space, the MAC in base64, a line feed. */
const MAC_LINE = 48
export const SEALED_CHUNK = CHUNK + TAG

/** Number of chunks of a plaintext of `size` bytes; an empty one has one. */
export const chunksOf = (size: number): number => Math.max(1, Math.ceil(size / CHUNK))

/** Bytes of the payload, salt included, for a plaintext of `size` bytes. */
export const payloadSize = (size: number): number => SALT + size + TAG * chunksOf(size)

/** Bytes of a header with one stanza, whose body has `body` bytes: lines of 64 base64 characters without padding. */
export function headerSize(args: readonly string[], body: number): number {
  const characters = Math.ceil((body * 4) / 3)
  const lines = Math.floor(characters / 64) + 1
  const stanza = `-> ${args.join(' ')}\n`.length + characters + lines
  return FIRST_LINE.length + stanza + MAC_LINE
}

/** Bytes that an encrypted file has at most; a header with a KMS stanza is far shorter than 2 KiB. */
export const largestFile = (size: number): number => payloadSize(size) + 2048

/** Plaintext bytes for sealed chunks of `size` bytes in total; undefined for an impossible size. */
export function plaintextSize(size: number): number | undefined {
  const chunks = Math.max(1, Math.ceil(size / SEALED_CHUNK))
  const last = size - (chunks - 1) * SEALED_CHUNK
  // Only an empty file has an empty last chunk.
  return last < TAG || (last === TAG && chunks > 1) ? undefined : size - chunks * TAG
}

/** Nonce of a chunk: 11 bytes of big-endian counter, and a last byte of 1 for the last chunk. */
export function nonceOf(index: number, last: boolean): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(12)
  const view = new DataView(nonce.buffer)
  view.setUint32(3, Math.floor(index / 2 ** 32))
  view.setUint32(7, index % 2 ** 32)
  view.setUint8(11, last ? 1 : 0)
  return nonce
}
