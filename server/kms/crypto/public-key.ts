import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { Algorithm } from '../../../src/clouds/algorithms.ts'

/** Private key of an asymmetric algorithm from its material, PKCS#8 DER. */
export const privateKeyIn = (material: Uint8Array): KeyObject => {
  const key = Buffer.from(material.buffer, material.byteOffset, material.length)
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

/** One coordinate of a JSON web key, as bytes. */
const bytesOf = (member: string | undefined) => Buffer.from(member ?? '', 'base64url')

/** Ed25519 (RFC 8032) as bytes: the seed and the public key, 32 each. */
export function ed25519Parts(key: KeyObject): { seed: Buffer; publicKey: Buffer } {
  const { d, x } = key.export({ format: 'jwk' })
  return { seed: bytesOf(d), publicKey: bytesOf(x) }
}

/**
 * Public part of a private key, in Transit's formats: RSA and ECDSA as PEM of SubjectPublicKeyInfo, RSA's with a newline at
 * its end; Ed25519 as base64 of its 32 bytes. The algorithm must be an asymmetric one.
 */
export function publicKeyText({ family }: Algorithm, key: KeyObject): string {
  if (family === 'ed25519') return ed25519Parts(key).publicKey.toString('base64')
  const pem = createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString()
  return family === 'ecdsa' ? pem.trimEnd() : pem
}

/** Public part of a private key as DER of SubjectPublicKeyInfo (RFC 5280). */
export const publicKeyInfo = (key: KeyObject): Buffer => createPublicKey(key).export({ format: 'der', type: 'spki' })
