import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { type Algorithm, algorithmNamed } from '../../../src/clouds/algorithms.ts'
import { curveOf } from './curves.ts'
import { generationQueue } from './queues.ts'
import { requireSupport } from './support.ts'

const generate = promisify(generateKeyPair)

/** RSA key when the current caller's turn comes: it takes up to seconds. */
export const generateRsaKey = (modulusLength: number): Promise<Buffer> =>
  generationQueue(async () => (await generate('rsa', { modulusLength, ...pkcs8 })).privateKey)

const pkcs8 = {
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  publicKeyEncoding: { type: 'spki', format: 'der' },
} as const

/** Table row of a stored algorithm; throws a plain error for an unknown name. */
export function knownAlgorithm(name: string): Algorithm {
  const algorithm = algorithmNamed(name)
  if (!algorithm) throw new Error(`unknown algorithm ${name}`)
  return algorithm
}

/**
 * New random key material: raw bytes for symmetric and HMAC types, PKCS#8 DER for the asymmetric ones.
 * Throws UnsupportedAlgorithmError.
 */
export async function generateMaterial(algorithm: Algorithm): Promise<Uint8Array> {
  requireSupport(algorithm)
  switch (algorithm.family) {
    case 'aes-gcm':
    case 'chacha20-poly1305':
    case 'hmac':
      return randomBytes(algorithm.bits / 8)
    case 'rsa':
      return generateRsaKey(algorithm.bits)
    case 'ecdsa':
      return (await generate('ec', { namedCurve: curveOf(algorithm.bits).name, ...pkcs8 })).privateKey
    case 'ed25519':
      return (await generate('ed25519', pkcs8)).privateKey
    case 'ml-dsa':
      return (await generate(algorithm.bits === 65 ? 'ml-dsa-65' : 'ml-dsa-87', pkcs8)).privateKey
  }
}
