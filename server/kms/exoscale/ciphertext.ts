/**
 * Ciphertext format: `EXOK`, format byte 1, key id (16 bytes), version (4 bytes, big endian), nonce (12 bytes),
 * AES-256-GCM ciphertext, tag (16 bytes). The first 25 bytes are authenticated together with the encryption context.
 */
const MAGIC = Buffer.from('EXOK', 'latin1')
const FORMAT = 1
const KEY_ID = MAGIC.length + 1
const VERSION = KEY_ID + 16
const HEADER = VERSION + 4

/**
 * @param id UUID of the key
 * @param format what follows the header
 */
export function ciphertextHeader(id: string, version: number, format = FORMAT): Buffer {
  const header = Buffer.alloc(HEADER)
  MAGIC.copy(header)
  header.writeUInt8(format, MAGIC.length)
  header.write(id.replaceAll('-', ''), KEY_ID, 'hex')
  header.writeUInt32BE(version, VERSION)
  return header
}

interface OpenedCiphertext {
  readonly version: number
  readonly header: Buffer
  /** Nonce, ciphertext and tag. */
  readonly sealed: Buffer
}

/** Undefined for bytes that are no ciphertext of this key. */
export function readCiphertext(id: string, bytes: Buffer): OpenedCiphertext | undefined {
  if (bytes.length < HEADER) return undefined
  const header = bytes.subarray(0, HEADER)
  const version = header.readUInt32BE(VERSION)
  return header.equals(ciphertextHeader(id, version)) ? { version, header, sealed: bytes.subarray(HEADER) } : undefined
}
