/** ChaCha20-Poly1305 from Web Crypto, several times as fast as JavaScript. Not every browser has it. */

const NAME = 'ChaCha20-Poly1305'

/** Cipher with one key; each nonce seals one chunk. Rejects when a chunk does not authenticate. */
export interface ChunkCipher {
  readonly seal: (chunk: Uint8Array<ArrayBuffer>, nonce: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>
  readonly open: (chunk: Uint8Array<ArrayBuffer>, nonce: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>
}

/** Names of the raw symmetric key format, which changed during standardisation. */
const formats = ['raw-secret', 'raw']

async function importKey(key: Uint8Array<ArrayBuffer>): Promise<CryptoKey | undefined> {
  for (const format of formats) {
    try {
      // The type is older than the first of the names.
      return await crypto.subtle.importKey(format as 'raw', key, NAME, false, ['encrypt', 'decrypt'])
    } catch {
      // Unknown here by this name.
    }
  }
  return undefined
}

/**
 * A cipher for a key of 32 bytes, or undefined where the platform has none.
 */
export async function nativeCipher(key: Uint8Array<ArrayBuffer>): Promise<ChunkCipher | undefined> {
  const secret = await importKey(key)
  return (
    secret && {
      seal: (chunk, iv) => crypto.subtle.encrypt({ name: NAME, iv }, secret, chunk),
      open: (chunk, iv) => crypto.subtle.decrypt({ name: NAME, iv }, secret, chunk),
    }
  )
}

/** Tag of an empty plaintext under a zero key and nonce (RFC 8439, section 2.8). */
const tagOfNothing = '4eb972c9a8fb3a1b382bb4d36f5ffad1'

let works: Promise<boolean> | undefined

async function tryOut(): Promise<boolean> {
  try {
    const cipher = await nativeCipher(new Uint8Array(32))
    const sealed = cipher && new Uint8Array(await cipher.seal(new Uint8Array(), new Uint8Array(12)))
    return sealed?.toHex() === tagOfNothing
  } catch {
    return false
  }
}

/** Whether the platform's cipher exists and passes a known-answer test. Computed once. */
export const hasNativeCipher = (): Promise<boolean> => {
  works ??= tryOut()
  return works
}

/** Derives the payload key from the file key and the salt. */
export async function payloadKey(
  fileKey: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const secret = await crypto.subtle.importKey('raw', fileKey, 'HKDF', false, ['deriveBits'])
  const info = new TextEncoder().encode('payload')
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, secret, 256))
}
