/**
 * Ciphertext of an external key: the header of every ciphertext with format byte 2, then the proxy's metadata and
 * initialization vector, each after its length in one byte, its tag (16 bytes), and its ciphertext.
 */
import { ciphertextHeader } from '../ciphertext.ts'
import type { ExternalCiphertext } from './proxy.ts'

const FORMAT = 2
const TAG = 16

/** External keys have one version: the proxy rotates them by itself. */
export const externalHeader = (keyId: string): Buffer => ciphertextHeader(keyId, 1, FORMAT)

const withLength = (bytes: Uint8Array) => [Buffer.of(bytes.length), bytes]

export const externalCiphertext = (keyId: string, { metadata, iv, tag, ciphertext }: ExternalCiphertext): Buffer =>
  Buffer.concat([externalHeader(keyId), ...withLength(metadata), ...withLength(iv), tag, ciphertext])

/** Undefined for bytes that are no ciphertext of this key. */
export function readExternalCiphertext(keyId: string, bytes: Buffer): ExternalCiphertext | undefined {
  const header = externalHeader(keyId)
  if (!bytes.subarray(0, header.length).equals(header)) return undefined
  let at = header.length
  const take = (length = bytes[at++] ?? 0): Buffer => {
    at += length
    return bytes.subarray(at - length, at)
  }
  const [metadata, iv, tag] = [take(), take(), take(TAG)]
  return at > bytes.length || metadata.length > 20 || ![12, 16].includes(iv.length)
    ? undefined
    : { metadata, iv, tag, ciphertext: bytes.subarray(at) }
}
