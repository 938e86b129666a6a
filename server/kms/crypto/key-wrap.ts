import { constants, createDecipheriv, type KeyObject, privateDecrypt } from 'node:crypto'

/** Wrapped blob that can't be unwrapped. One error for every cause, so that it reveals nothing about the content. */
export class UnwrapError extends Error {
  constructor() {
    super('the wrapped key material cannot be opened')
  }
}

/** First half of the integrity value (RFC 5649, section 3). */
const INITIAL_VALUE = Buffer.from('a65959a6', 'hex')

const EPHEMERAL_KEY = 32

/** AES key unwrap with padding (RFC 5649) under a key of 16, 24 or 32 bytes; throws {@link UnwrapError}. */
export function unwrapPadded(key: Uint8Array, wrapped: Uint8Array): Buffer {
  // OpenSSL accepts an empty input as the wrapping of an empty target.
  if (wrapped.length === 0) throw new UnwrapError()
  try {
    const decipher = createDecipheriv(`id-aes${key.length * 8}-wrap-pad`, key, INITIAL_VALUE)
    return Buffer.concat([decipher.update(wrapped), decipher.final()])
  } catch {
    throw new UnwrapError()
  }
}

/** Bytes of the first part of a wrapped blob: the length of the wrapping key's modulus. */
export const sealedKeyLength = (wrappingKey: KeyObject): number =>
  (wrappingKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8

/**
 * Unwraps a blob of two parts: an AES-256 key under RSA-OAEP (RFC 8017; one hash for label and MGF1, empty label), then the
 * target under that key with AES-KWP.
 * @param hash Node's name: `sha1`, `sha256` …
 * @throws UnwrapError
 */
export function unwrapBlob(wrappingKey: KeyObject, hash: string, blob: Uint8Array): Buffer {
  const border = sealedKeyLength(wrappingKey)
  if (blob.length <= border) throw new UnwrapError()
  const ephemeral = openEphemeral(wrappingKey, hash, blob.subarray(0, border))
  try {
    return unwrapPadded(ephemeral, blob.subarray(border))
  } finally {
    ephemeral.fill(0)
  }
}

function openEphemeral(wrappingKey: KeyObject, hash: string, sealed: Uint8Array): Buffer {
  let ephemeral: Buffer
  try {
    ephemeral = privateDecrypt({ key: wrappingKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash }, sealed)
  } catch {
    throw new UnwrapError()
  }
  if (ephemeral.length !== EPHEMERAL_KEY) throw new UnwrapError()
  return ephemeral
}
