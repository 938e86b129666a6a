import { type KeyObject, randomBytes } from 'node:crypto'
import { p256, p384, p521 } from '@noble/curves/nist.js'

const curves: Readonly<Record<string, typeof p256>> = { 'P-256': p256, 'P-384': p384, 'P-521': p521 }

function curveNamed(name = '') {
  const curve = curves[name]
  if (!curve) throw new Error('the key lies on an unknown curve')
  return curve
}

/** Random bytes that go into the nonce, with the key and the digest (RFC 6979, section 3.6). */
const ENTROPY = 32

/**
 * ECDSA over a precomputed digest of any length; its leftmost bits count (FIPS 186-5, section 6.4.1). Node's `sign`
 * and Web Cryptography always hash their input.
 * @param privateKey on P-256, P-384 or P-521
 * @returns ASN.1 DER `SEQUENCE { r, s }` (RFC 3279)
 */
export function signDigestEcdsa(privateKey: KeyObject, digest: Uint8Array): Buffer {
  const { crv, d = '' } = privateKey.export({ format: 'jwk' })
  const curve = curveNamed(crv)
  const secret = Buffer.from(d, 'base64url')
  try {
    const options = { prehash: false, lowS: false, extraEntropy: randomBytes(ENTROPY), format: 'der' } as const
    return Buffer.from(curve.sign(digest, secret, options))
  } finally {
    secret.fill(0)
  }
}

/**
 * Verifies ECDSA over a precomputed digest of any length.
 * @param publicKey on P-256, P-384 or P-521
 * @param signature ASN.1 DER
 */
export function verifyDigestEcdsa(publicKey: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  const { crv, x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  try {
    return curveNamed(crv).verify(signature, digest, point, { prehash: false, lowS: false, format: 'der' })
  } catch {
    // Numbers outside of the curve's order.
    return false
  }
}
