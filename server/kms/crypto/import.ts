import { checkPrime, checkPrimeSync, createPrivateKey, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Algorithm } from '../../../src/clouds/algorithms.ts'
import { checkedCurveKey } from './curve-check.ts'
import { curveOf } from './curves.ts'
import { readDer, tags } from './der.ts'
import { type PrivateKeyInfo, readPkcs8, strictly, UnfitMaterialError } from './pkcs8.ts'
import { ed25519Parts } from './public-key.ts'
import { generationQueue } from './queues.ts'
import { checkRsaKey } from './rsa-check.ts'

const isPrime = promisify<bigint, boolean>(checkPrime)

function parsePkcs8(material: Buffer): KeyObject | undefined {
  try {
    return createPrivateKey({ key: material, format: 'der', type: 'pkcs8' })
  } catch {
    return undefined
  }
}

function isOfType(key: KeyObject, { name, family, bits }: Algorithm): boolean {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  if (family === 'rsa') return key.asymmetricKeyType === 'rsa' && modulusLength === bits
  if (family === 'ecdsa') return key.asymmetricKeyType === 'ec' && namedCurve === curveOf(bits).openssl
  return key.asymmetricKeyType === (family === 'ml-dsa' ? name : family)
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

interface Candidate {
  /** In the engine's format. */
  readonly material: Uint8Array
  /** Numbers that must be prime: factors of an RSA modulus. */
  readonly factors: readonly bigint[]
}

function readPrivateKey(algorithm: Algorithm, material: Buffer): Candidate {
  const key = parsePkcs8(material)
  if (!key) throw new UnfitMaterialError('hold an unencrypted PKCS#8 private key in DER')
  requireType(key, algorithm)
  const info = readPkcs8(material)
  const { family, bits } = algorithm
  const whole = family === 'ecdsa' ? checkedCurveKey(info, bits) : key
  const factors = family === 'rsa' ? checkRsaKey(info, bits) : []
  if (family === 'ed25519') checkEd25519(key, info)
  return { material: whole.export({ format: 'der', type: 'pkcs8' }), factors }
}

/** Checks everything but primes. */
function candidateIn(algorithm: Algorithm, material: Uint8Array): Candidate {
  const { name, family, bits } = algorithm
  if (family === 'hmac') throw new UnfitMaterialError(`not be imported as ${name}`)
  if (family === 'aes-gcm' || family === 'chacha20-poly1305') {
    if (material.length !== bits / 8) throw new UnfitMaterialError(`hold ${bits / 8} bytes for ${name}`)
    requireRandom(material)
    return { material, factors: [] }
  }
  return readPrivateKey(algorithm, Buffer.from(material))
}

const notPrime = () => new UnfitMaterialError('hold an RSA key whose two factors are prime')

/**
 * Engine material from imported material: raw bytes of the algorithm's length, or a private key as unencrypted
 * PKCS#8 DER. Weak and inconsistent material is refused; the public part of an EC key is added if absent.
 * @throws UnfitMaterialError
 */
export async function importMaterial(algorithm: Algorithm, material: Uint8Array): Promise<Uint8Array> {
  const { material: checked, factors } = candidateIn(algorithm, material)
  for (const factor of factors) if (!(await generationQueue(() => isPrime(factor)))) throw notPrime()
  return checked
}

/** The same for a seed, before the server answers: the process waits for the test of primes. */
export function importMaterialSync(algorithm: Algorithm, material: Uint8Array): Uint8Array {
  const { material: checked, factors } = candidateIn(algorithm, material)
  if (!factors.every((factor) => checkPrimeSync(factor))) throw notPrime()
  return checked
}
