import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomFillSync,
} from 'node:crypto'
import type { Algorithm } from '../../../src/clouds/algorithms.ts'

/** Ciphertext that can't be decrypted with this material and associated data. One error for every cause. */
export class UndecryptableError extends Error {
  constructor() {
    super('the ciphertext cannot be decrypted')
  }
}

const NONCE = 12
const TAG = 16

/** Pool of random bytes for nonces: one large request costs a fraction of many small ones. */
const pool = Buffer.alloc(NONCE * 1024)
let used = pool.length

/** Part of the pool, to be used before the next call. */
function freshNonce(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += NONCE
  return pool.subarray(used - NONCE, used)
}

const cipherName = (algorithm: Algorithm) =>
  algorithm.family === 'chacha20-poly1305'
    ? 'chacha20-poly1305'
    : algorithm.bits === 128
      ? 'aes-128-gcm'
      : 'aes-256-gcm'

/** `createCipheriv` has one overload per literal name; this widest one fits all three AEAD ciphers. */
const aeadOptions = { authTagLength: TAG }

const NOTHING = new Uint8Array()

/**
 * Encrypts with AES-GCM or ChaCha20-Poly1305 (RFC 8439). Result: nonce (12 random bytes), ciphertext, tag (16 bytes).
 * @param associatedData is authenticated and not stored
 * @param header what the result begins with, before the nonce; not authenticated
 */
export function sealAead(
  algorithm: Algorithm,
  material: Uint8Array | KeyObject,
  plaintext: Uint8Array,
  associatedData: Uint8Array,
  header: Uint8Array = NOTHING,
): Buffer {
  const nonce = freshNonce()
  const cipher =
    cipherName(algorithm) === 'chacha20-poly1305'
      ? createCipheriv('chacha20-poly1305', material, nonce, aeadOptions)
      : createCipheriv(cipherName(algorithm) as 'aes-256-gcm', material, nonce, aeadOptions)
  if (associatedData.length > 0) cipher.setAAD(associatedData, { plaintextLength: plaintext.length })
  const start = header.length + NONCE
  const sealed = Buffer.allocUnsafe(start + plaintext.length + TAG)
  sealed.set(header)
  sealed.set(nonce, header.length)
  sealed.set(cipher.update(plaintext), start)
  // These ciphers hold nothing back, so this returns no bytes.
  cipher.final()
  sealed.set(cipher.getAuthTag(), start + plaintext.length)
  return sealed
}

/** Reverses {@link sealAead}; throws {@link UndecryptableError}. */
export function openAead(
  algorithm: Algorithm,
  material: Uint8Array | KeyObject,
  sealed: Uint8Array,
  associatedData: Uint8Array,
): Buffer {
  if (sealed.length < NONCE + TAG) throw new UndecryptableError()
  const nonce = sealed.subarray(0, NONCE)
  const body = sealed.subarray(NONCE, sealed.length - TAG)
  const decipher =
    cipherName(algorithm) === 'chacha20-poly1305'
      ? createDecipheriv('chacha20-poly1305', material, nonce, aeadOptions)
      : createDecipheriv(cipherName(algorithm) as 'aes-256-gcm', material, nonce, aeadOptions)
  if (associatedData.length > 0) decipher.setAAD(associatedData, { plaintextLength: body.length })
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  try {
    const plaintext = decipher.update(body)
    decipher.final()
    return plaintext
  } catch {
    throw new UndecryptableError()
  }
}

const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }

/** RSA-OAEP with SHA-256 for hash and MGF1, empty label (RFC 8017). */
export const encryptRsa = (privateKey: KeyObject, plaintext: Uint8Array): Buffer =>
  publicEncrypt({ key: createPublicKey(privateKey), ...oaep }, plaintext)

/** Reverses {@link encryptRsa}; throws {@link UndecryptableError}. */
export function decryptRsa(privateKey: KeyObject, ciphertext: Uint8Array): Buffer {
  try {
    return privateDecrypt({ key: privateKey, ...oaep }, ciphertext)
  } catch {
    throw new UndecryptableError()
  }
}
