import { hash as digestOf, type KeyObject } from 'node:crypto'
import { eddsa } from '@noble/curves/abstract/edwards.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { ed25519Parts } from './public-key.ts'

const sha512 = (message: Uint8Array) => new Uint8Array(digestOf('sha512', message, 'buffer'))

const DOMAIN = Buffer.from('SigEd25519 no Ed25519 collisions', 'latin1')

/** `dom2` (RFC 8032, section 2). */
const domain = (message: Uint8Array, context: Uint8Array, prehash: boolean) =>
  new Uint8Array(Buffer.concat([DOMAIN, Buffer.of(prehash ? 1 : 0, context.length), context, message]))

/** RFC 8032, section 5.1.5. */
function adjustScalarBytes(bytes: Uint8Array): Uint8Array {
  const adjusted = Uint8Array.from(bytes)
  adjusted[0] = (adjusted[0] ?? 0) & 0xf8
  adjusted[31] = ((adjusted[31] ?? 0) & 0x7f) | 0x40
  return adjusted
}

/** Ed25519ph over a digest: the library's own variant hashes its input. */
const ofDigest = eddsa(ed25519.Point, sha512, {
  adjustScalarBytes,
  domain,
  prehash: (digest: Uint8Array) => digest,
  zip215: false,
})

const digestIn = (input: Uint8Array, isDigest: boolean) => {
  if (!isDigest) return sha512(input)
  if (input.length !== 64) throw new RangeError('the digest has the wrong length')
  return new Uint8Array(input)
}

/**
 * Signs with Ed25519ph (RFC 8032) and an empty context; 64 bytes. OpenSSL's interface in Node has no such algorithm.
 * @param isDigest whether the input is the SHA-512 digest of the message
 */
export function signEd25519ph(privateKey: KeyObject, input: Uint8Array, isDigest: boolean): Buffer {
  const { seed } = ed25519Parts(privateKey)
  try {
    return Buffer.from(ofDigest.sign(digestIn(input, isDigest), new Uint8Array(seed)))
  } finally {
    seed.fill(0)
  }
}

/** Whether a signature of {@link signEd25519ph} is valid. */
export function verifyEd25519ph(
  publicKey: KeyObject,
  input: Uint8Array,
  isDigest: boolean,
  signature: Uint8Array,
): boolean {
  const digest = digestIn(input, isDigest)
  const point = new Uint8Array(ed25519Parts(publicKey).publicKey)
  try {
    return ofDigest.verify(new Uint8Array(signature), digest, point, { zip215: false })
  } catch {
    // Bytes that are no point or number of the curve.
    return false
  }
}
