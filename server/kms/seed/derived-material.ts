/** Key material derived from a label alone. It is not secret: for tests only. */
import { createPrivateKey } from 'node:crypto'
import type { Algorithm } from '../../../src/clouds/algorithms.ts'
import { curveKey } from '../crypto/curve-check.ts'
import { curveOf } from '../crypto/curves.ts'
import { derivedBytes } from './derive.ts'
import { derivedRsaKey } from './derived-rsa.ts'

/** PKCS#8 of an Ed25519 key (RFC 8410) up to its seed of 32 bytes. */
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Extra bytes beyond the order's length, so that the remainder has no bias (FIPS 186-5, appendix A.2.1). */
const EXTRA = 16

function curveNumber(bits: number, label: string): Buffer {
  const length = Math.ceil(bits / 8)
  const { order } = curveOf(bits)
  const wide = BigInt(`0x${derivedBytes(label, length + EXTRA).toString('hex')}`)
  const number = (wide % (order - 1n)) + 1n
  return Buffer.from(number.toString(16).padStart(2 * length, '0'), 'hex')
}

/** Ed25519 key from its seed of 32 bytes, as PKCS#8 DER. */
export const ed25519Material = (seed: Uint8Array): Buffer =>
  createPrivateKey({ key: Buffer.concat([ED25519_PREFIX, seed]), format: 'der', type: 'pkcs8' }).export({
    format: 'der',
    type: 'pkcs8',
  })

/** PKCS#8 of an ML-DSA key (RFC 9881) up to its seed of 32 bytes; the last byte of the identifier is the parameter set. */
const mlDsaPrefix = (bits: number) =>
  Buffer.from(`3034020100300b0609608648016503040${bits === 65 ? '312' : '313'}04228020`, 'hex')

const mlDsaMaterial = (bits: number, seed: Uint8Array): Buffer =>
  createPrivateKey({ key: Buffer.concat([mlDsaPrefix(bits), seed]), format: 'der', type: 'pkcs8' }).export({
    format: 'der',
    type: 'pkcs8',
  })

/** Material in the engine's format: raw bytes for symmetric and HMAC types, PKCS#8 DER for asymmetric ones. */
export function derivedMaterial({ name, family, bits }: Algorithm, label: string): Uint8Array {
  const named = `${name} material of ${label}`
  switch (family) {
    case 'aes-gcm':
    case 'chacha20-poly1305':
    case 'hmac':
      return derivedBytes(named, bits / 8)
    case 'rsa':
      return derivedRsaKey(bits, named).export({ format: 'der', type: 'pkcs8' })
    case 'ecdsa':
      return curveKey(bits, curveNumber(bits, named)).export({ format: 'der', type: 'pkcs8' })
    case 'ed25519':
      return ed25519Material(derivedBytes(named, 32))
    case 'ml-dsa':
      return mlDsaMaterial(bits, derivedBytes(named, 32))
  }
}
