import { hash as digestOf, randomBytes } from 'node:crypto'
import { digestLength, type HashName } from './hashes.ts'

/** MGF1 (RFC 8017, appendix B.2.1). */
function mask(hash: HashName, seed: Uint8Array, length: number): Buffer {
  const blocks: Buffer[] = []
  for (let counter = 0; counter * digestLength(hash) < length; counter += 1) {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    blocks.push(digestOf(hash, Buffer.concat([seed, count]), 'buffer'))
  }
  return Buffer.concat(blocks).subarray(0, length)
}

/**
 * EMSA-PSS encoding of a digest (RFC 8017, section 9.1.1) with MGF1 over the same hash, as long as the modulus: input of
 * RSA's private operation. Node's `sign` would hash the digest.
 * @param saltLength bytes; the longest possible if absent
 */
export function encodePss(digest: Uint8Array, hash: HashName, modulusBits: number, saltLength?: number): Buffer {
  const length = Math.ceil((modulusBits - 1) / 8)
  const room = length - digest.length - 2
  if (room < (saltLength ?? 0)) throw new RangeError('the modulus is too short for the digest and its salt')
  const salt = randomBytes(saltLength ?? room)
  const h = digestOf(hash, Buffer.concat([Buffer.alloc(8), digest, salt]), 'buffer')
  const padding = Buffer.alloc(room - salt.length)
  const block = Buffer.concat([padding, Buffer.of(1), salt])
  const dbMask = mask(hash, h, block.length)
  const masked = Buffer.from(block.map((byte, index) => byte ^ (dbMask[index] ?? 0)))
  // The bits above the modulus's length less one must be clear.
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - (modulusBits - 1)))
  const encoded = Buffer.concat([masked, h, Buffer.of(0xbc)])
  return Buffer.concat([Buffer.alloc(Math.ceil(modulusBits / 8) - length), encoded])
}

/**
 * Whether the bytes are an EMSA-PSS encoding of a digest (RFC 8017, section 9.1.2) with MGF1 over the same hash.
 * @param encoded result of RSA's public operation, as long as the modulus
 * @param saltLength bytes; any length if absent
 */
export function isPss(
  encoded: Uint8Array,
  digest: Uint8Array,
  hash: HashName,
  modulusBits: number,
  saltLength?: number,
): boolean {
  const length = Math.ceil((modulusBits - 1) / 8)
  const whole = Buffer.from(encoded)
  if (whole.length !== Math.ceil(modulusBits / 8) || digest.length !== digestLength(hash)) return false
  if (length < digest.length + 2) return false
  const message = whole.subarray(whole.length - length)
  const masked = message.subarray(0, length - digest.length - 1)
  const h = message.subarray(masked.length, length - 1)
  const spare = 8 * length - (modulusBits - 1)
  const isFramed = whole.subarray(0, whole.length - length).every((byte) => byte === 0) && message.at(-1) === 0xbc
  if (!isFramed || (masked[0] ?? 0) >> (8 - spare) !== 0) return false
  const dbMask = mask(hash, h, masked.length)
  const block = Buffer.from(masked.map((byte, index) => byte ^ (dbMask[index] ?? 0)))
  block[0] = (block[0] ?? 0) & (0xff >> spare)
  const start = block.findIndex((byte) => byte !== 0)
  if (block[start] !== 1) return false
  const salt = block.subarray(start + 1)
  if (saltLength !== undefined && salt.length !== saltLength) return false
  return digestOf(hash, Buffer.concat([Buffer.alloc(8), digest, salt]), 'buffer').equals(h)
}
