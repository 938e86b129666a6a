import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto'
import { openHmacSha256 } from '../crypto/hmac-sha256.ts'

/** Wraps secrets at rest. */
export interface Wrapper {
  /** `name` identifies the secret and is authenticated: unwrapping needs the same name. */
  wrap(name: string, secret: Uint8Array): Uint8Array
  /** Throws for another root key, another name or a changed bit. */
  unwrap(name: string, wrapped: Uint8Array): Buffer
}

/** Wraps secrets and authenticates rows at rest, with keys derived from the root key. */
export interface KeyWrapper extends Wrapper {
  /** Id of the root key. */
  readonly id: string
  /** Authentication code of a row: HMAC-SHA-256, 32 bytes. */
  code(row: string): NonSharedBuffer
  /** Secret number of 32 bytes for an authentication code, which no file holds. */
  digest(code: Uint8Array): NonSharedBuffer
  /** Form of databases without authentication codes, wrapped with the root key itself. Read by the migration only. */
  readonly older: Wrapper
}

const NONCE = 12
const TAG = 16

/** AES-256-GCM: nonce (12 random bytes), ciphertext, tag (16 bytes); the name as UTF-8 is the associated data. */
const wrapperWith = (key: Uint8Array): Wrapper => ({
  wrap(name, secret) {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(Buffer.from(name, 'utf8'))
    return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
  },
  unwrap(name, wrapped) {
    const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, NONCE), { authTagLength: TAG })
    decipher.setAAD(Buffer.from(name, 'utf8'))
    decipher.setAuthTag(wrapped.subarray(wrapped.length - TAG))
    return Buffer.concat([decipher.update(wrapped.subarray(NONCE, wrapped.length - TAG)), decipher.final()])
  },
})

/** Short public name of a root key: 16 hexadecimal digits, from which nothing of the key can be learned. */
export const rootKeyId = (rootKey: Uint8Array): string =>
  Buffer.from(hkdfSync('sha256', rootKey, '', 'kms-console root key id', 8)).toString('hex')

/** Key wrapper with a root key of 32 bytes, from which HKDF-SHA-256 derives a key for each purpose. */
export function createKeyWrapper(rootKey: Uint8Array): KeyWrapper {
  if (rootKey.length !== 32) throw new RangeError('the root key must be 32 bytes')
  const derived = (purpose: string) => new Uint8Array(hkdfSync('sha256', rootKey, '', `kms-console ${purpose}`, 32))
  const digestKey = createSecretKey(derived('content digest, version 1'))
  return {
    ...wrapperWith(derived('secret wrapping, version 2')),
    id: rootKeyId(rootKey),
    code: openHmacSha256(derived('row authentication, version 1')),
    digest: (code) => createHmac('sha256', digestKey).update(code).digest(),
    older: wrapperWith(rootKey),
  }
}
