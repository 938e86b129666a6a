import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { Algorithm } from '../../../src/clouds/algorithms.ts'
import { checkedCurveKey } from './curve-check.ts'
import { curveOf } from './curves.ts'
import { readDer, tags } from './der.ts'
import { type PrivateKeyInfo, readPkcs8, strictly, UnfitMaterialError } from './pkcs8.ts'
import { ed25519Parts } from './public-key.ts'
import { checkRsaKey } from './rsa-check.ts'

function parsePkcs8(material: Buffer): KeyObject | undefined {
  try {
    return createPrivateKey({ key: material, format: 'der', type: 'pkcs8' })
  } catch {
    return undefined
  }
}

function isOfType(key: KeyObject, { family, bits }: Algorithm): boolean {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  if (family === 'rsa') return key.asymmetricKeyType === 'rsa' && modulusLength === bits
  if (family === 'ecdsa') return key.asymmetricKeyType === 'ec' && namedCurve === curveOf(bits).openssl
  return key.asymmetricKeyType === family
}

function requireType(key: KeyObject, algorithm: Algorithm): void {
  if (isOfType(key, algorithm)) return
  const wanted = `hold a private key of type ${algorithm.name}`
  if (key.asymmetricKeyType !== 'rsa-pss') throw new UnfitMaterialError(wanted)
  throw new UnfitMaterialError(
    `${wanted}, not an RSA-PSS key (id-RSASSA-PSS); a key of type rsaEncryption signs with PSS too`,
  )
}

/** Distinct bytes that random material has at least: fewer among 16 have a chance of 2^-68. */
const LEAST_DISTINCT = 5

/** Refuses bytes that were not drawn at random, such as zeros. */
function requireRandom(bytes: Uint8Array): void {
  if (new Set(bytes).size < LEAST_DISTINCT)
    throw new UnfitMaterialError(`hold random bytes: these repeat fewer than ${LEAST_DISTINCT} different ones`)
}

/** Ed25519 key (RFC 8410): a random seed, and its public key if the form holds one. */
function checkEd25519(key: KeyObject, { key: inner, publicKey }: PrivateKeyInfo): void {
  strictly(() => {
    const reader = readDer(inner)
    reader.take(tags.octetString)
    reader.end()
  })
  const parts = ed25519Parts(key)
  requireRandom(parts.seed)
  if (publicKey && !publicKey.equals(parts.publicKey))
    throw new UnfitMaterialError('hold a private key that fits its own public key')
}

function importPrivateKey(algorithm: Algorithm, material: Buffer): KeyObject {
  const key = parsePkcs8(material)
  if (!key) throw new UnfitMaterialError('hold an unencrypted PKCS#8 private key in DER')
  requireType(key, algorithm)
  const info = readPkcs8(material)
  if (algorithm.family === 'ecdsa') return checkedCurveKey(info, algorithm.bits)
  if (algorithm.family === 'rsa') checkRsaKey(info, algorithm.bits)
  else checkEd25519(key, info)
  return key
}

/**
 * Engine material from imported material: raw bytes of the algorithm's length, or a private key as unencrypted
 * PKCS#8 DER. Weak and inconsistent material is refused; the public part of an EC key is added if absent.
 * @throws UnfitMaterialError
 */
export function importMaterial(algorithm: Algorithm, material: Uint8Array): Uint8Array {
  const { name, family, bits } = algorithm
  if (family === 'hmac') throw new UnfitMaterialError(`not be imported as ${name}`)
  if (family === 'aes-gcm' || family === 'chacha20-poly1305') {
    if (material.length !== bits / 8) throw new UnfitMaterialError(`hold ${bits / 8} bytes for ${name}`)
    requireRandom(material)
    return material
  }
  return importPrivateKey(algorithm, Buffer.from(material)).export({ format: 'der', type: 'pkcs8' })
}
