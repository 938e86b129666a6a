import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Wraps secrets at rest. */
export interface KeyWrapper {
  /** `name` identifies the secret and is authenticated: unwrapping needs the same name. */
  wrap(name: string, secret: Uint8Array): Uint8Array
  /** Throws for another root key, another name or a changed bit. */
  unwrap(name: string, wrapped: Uint8Array): Buffer
}

const NONCE = 12
const TAG = 16

/**
 * Key wrapper with a root key of 32 bytes. Wrapped form: nonce (12 random bytes), AES-256-GCM ciphertext, tag (16 bytes);
 * the name as UTF-8 is the associated data.
 */
export function createKeyWrapper(rootKey: Uint8Array): KeyWrapper {
  if (rootKey.length !== 32) throw new RangeError('the root key must be 32 bytes')
  return {
    wrap(name, secret) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', rootKey, nonce)
      cipher.setAAD(Buffer.from(name, 'utf8'))
      return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
    },
    unwrap(name, wrapped) {
      const decipher = createDecipheriv('aes-256-gcm', rootKey, wrapped.subarray(0, NONCE), { authTagLength: TAG })
      decipher.setAAD(Buffer.from(name, 'utf8'))
      decipher.setAuthTag(wrapped.subarray(wrapped.length - TAG))
      return Buffer.concat([decipher.update(wrapped.subarray(NONCE, wrapped.length - TAG)), decipher.final()])
    },
  }
}
