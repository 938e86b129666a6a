import { createECDH, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Algorithm } from '../../../src/clouds/algorithms.ts'

/** OpenSSL's name of each curve, by field size in bits. */
const curves: Record<number, string> = { 256: 'prime256v1', 384: 'secp384r1', 521: 'secp521r1' }

/** Imported material that doesn't fit its algorithm. The message completes "must …" and quotes no material. */
export class UnfitMaterialError extends Error {}

function parsePkcs8(material: Uint8Array): KeyObject | undefined {
  try {
    return createPrivateKey({ key: Buffer.from(material), format: 'der', type: 'pkcs8' })
  } catch {
    return undefined
  }
}

function isOfType(key: KeyObject, { family, bits }: Algorithm): boolean {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  if (family === 'rsa') return key.asymmetricKeyType === 'rsa' && modulusLength === bits
  if (family === 'ecdsa') return key.asymmetricKeyType === 'ec' && namedCurve === curves[bits]
  return key.asymmetricKeyType === family
}

/** Private number of an ECPrivateKey (RFC 5915): a sequence of version 1, the number as an octet string, optional fields. */
function privateNumber(key: KeyObject): Buffer {
  const der = key.export({ format: 'der', type: 'sec1' })
  const start = der.indexOf(Buffer.of(0x02, 0x01, 0x01, 0x04)) + 5
  return der.subarray(start, start + (der[start - 1] ?? 0))
}

/**
 * EC key of a private number (big-endian, as long as a field element) with its public part. Built from the numbers
 * because exporting such a key as a JWK leaves an error in OpenSSL's queue that fails the next call. Throws for a
 * number out of range.
 */
export function curveKey(bits: number, number: Buffer): KeyObject {
  const pair = createECDH(curves[bits] ?? '')
  pair.setPrivateKey(number)
  const point = pair.getPublicKey().subarray(1)
  const half = point.length / 2
  const jwk = {
    kty: 'EC',
    crv: `P-${bits}`,
    d: number.toString('base64url'),
    x: point.toString('base64url', 0, half),
    y: point.toString('base64url', half),
  }
  return createPrivateKey({ key: jwk, format: 'jwk' })
}

/**
 * EC key with its public part, which OpenSSL computes but omits from the output when absent in the input; undefined for a
 * number out of range, which OpenSSL accepts.
 */
function wholeCurveKey(key: KeyObject, bits: number): KeyObject | undefined {
  const number = privateNumber(key)
  try {
    return curveKey(bits, number)
  } catch {
    return undefined
  }
}

const PROBE = Buffer.from('pairwise consistency')

/** Whether an RSA key is consistent: OpenSSL reads inconsistent ones, whose signatures can't be verified. */
function isConsistent(key: KeyObject): boolean {
  const hash = key.asymmetricKeyType === 'ed25519' ? null : 'sha256'
  try {
    return verify(hash, PROBE, createPublicKey(key), sign(hash, PROBE, key))
  } catch {
    return false
  }
}

/**
 * Engine material from imported material: raw bytes of the algorithm's length, or a private key as unencrypted
 * PKCS#8 DER. The public part of an EC key is added if absent. Throws {@link UnfitMaterialError}.
 */
export function importMaterial(algorithm: Algorithm, material: Uint8Array): Uint8Array {
  const { name, family, bits } = algorithm
  if (family === 'hmac') throw new UnfitMaterialError(`not be imported as ${name}`)
  if (family === 'aes-gcm' || family === 'chacha20-poly1305') {
    if (material.length !== bits / 8) throw new UnfitMaterialError(`hold ${bits / 8} bytes for ${name}`)
    return material
  }
  const key = parsePkcs8(material)
  if (!key) throw new UnfitMaterialError('hold an unencrypted PKCS#8 private key in DER')
  if (!isOfType(key, algorithm)) throw new UnfitMaterialError(`hold a private key of type ${name}`)
  const whole = family === 'ecdsa' ? wholeCurveKey(key, bits) : key
  if (!whole || !isConsistent(key)) throw new UnfitMaterialError('hold a private key that fits its own public key')
  return whole.export({ format: 'der', type: 'pkcs8' })
}
