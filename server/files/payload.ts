/** Payload of an age file with Node's cipher: a salt, then 64 KiB chunks of ChaCha20-Poly1305. */
import { createDecipheriv, hkdfSync } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { Failure } from './failure.ts'

const SALT = 16
const TAG = 16
const CHUNK = 65_536
const SEALED_CHUNK = CHUNK + TAG
/** Bytes per read and write. */
const BATCH = 64

interface PayloadOptions {
  readonly input: FileHandle
  /** Bytes of the whole file. */
  readonly size: number
  /** Bytes of the header. */
  readonly start: number
  /** 16 bytes. */
  readonly fileKey: Uint8Array
  /** Receives the content in order; it is not authentic until decryption has succeeded. */
  readonly write: (bytes: Buffer) => Promise<void>
  /** Bytes of the file processed so far. */
  readonly onProgress: (done: number) => void
}

const nonceOf = (index: number, last: boolean): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(index, 5, 6)
  nonce.writeUInt8(last ? 1 : 0, 11)
  return nonce
}

const open = (key: Buffer, chunk: Buffer, index: number, last: boolean): Buffer | undefined => {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonceOf(index, last), { authTagLength: TAG })
  decipher.setAuthTag(chunk.subarray(-TAG))
  const opened = decipher.update(chunk.subarray(0, -TAG))
  try {
    decipher.final()
    return opened
  } catch {
    return undefined
  }
}

/** Fills the buffer from a position in the file; throws if the file has become shorter. */
const readFully = async (input: FileHandle, buffer: Buffer, position: number): Promise<Buffer> => {
  let filled = 0
  while (filled < buffer.length) {
    const { bytesRead } = await input.read(buffer, filled, buffer.length - filled, position + filled)
    if (bytesRead === 0) throw new Failure('file', `The file is cut short: it ends at byte ${position + filled}.`)
    filled += bytesRead
  }
  return buffer
}

const cutShort = (size: number) =>
  new Failure('file', `The file is cut short: it ends at byte ${size}, and was longer.`)

/**
 * Decrypts the payload. Output written before success may be part of a damaged file.
 * @throws Failure with the position of the damage
 */
export const decryptPayload = async (options: PayloadOptions): Promise<void> => {
  const { input, size, start, fileKey, write, onProgress } = options
  const first = start + SALT
  const count = Math.max(1, Math.ceil((size - first) / SEALED_CHUNK))
  const lastSize = size - first - (count - 1) * SEALED_CHUNK
  // Only an empty file has an empty last chunk.
  if (lastSize < TAG || (lastSize === TAG && count > 1)) throw cutShort(size)
  const salt = await readFully(input, Buffer.alloc(SALT), start)
  const key = Buffer.from(hkdfSync('sha256', fileKey, salt, 'payload', 32))

  const failAt = (chunk: Buffer, index: number): Failure => {
    const from = first + index * SEALED_CHUNK
    const last = index === count - 1
    if (open(key, chunk, index, !last) !== undefined) {
      return last
        ? cutShort(size)
        : new Failure('file', `The file ends at byte ${from + SEALED_CHUNK}, and something was added behind it.`)
    }
    const cut = last && lastSize < SEALED_CHUNK ? `is cut short at byte ${size}, or ` : ''
    return new Failure('file', `The file ${cut}was altered at or after byte ${from}.`)
  }
  const sealed = Buffer.alloc(BATCH * SEALED_CHUNK)
  try {
    for (let index = 0; index < count; index += BATCH) {
      const position = first + index * SEALED_CHUNK
      const batch = await readFully(input, sealed.subarray(0, Math.min(sealed.length, size - position)), position)
      const opened: Buffer[] = []
      for (let at = 0; at * SEALED_CHUNK < batch.length; at++) {
        const chunk = batch.subarray(at * SEALED_CHUNK, (at + 1) * SEALED_CHUNK)
        const plain = open(key, chunk, index + at, index + at === count - 1)
        if (plain === undefined) throw failAt(chunk, index + at)
        opened.push(plain)
      }
      await write(Buffer.concat(opened))
      onProgress(position + batch.length)
    }
  } finally {
    key.fill(0)
  }
}
