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
 * EMSA-PSS encoding of a digest (RFC 8017, section 9.1.1) with MGF1 over the same hash and the longest possible salt,
 * as long as the modulus: input of RSA's private operation. Node's `sign` would hash the digest.
 */
export function encodePss(digest: Uint8Array, hash: HashName, modulusBits: number): Buffer {
  const length = Math.ceil((modulusBits - 1) / 8)
  const salt = randomBytes(length - digest.length - 2)
  const h = digestOf(hash, Buffer.concat([Buffer.alloc(8), digest, salt]), 'buffer')
  const block = Buffer.concat([Buffer.of(1), salt])
  const dbMask = mask(hash, h, block.length)
  const masked = Buffer.from(block.map((byte, index) => byte ^ (dbMask[index] ?? 0)))
  // The bits above the modulus's length less one must be clear.
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - (modulusBits - 1)))
  const encoded = Buffer.concat([masked, h, Buffer.of(0xbc)])
  return Buffer.concat([Buffer.alloc(Math.ceil(modulusBits / 8) - length), encoded])
}
