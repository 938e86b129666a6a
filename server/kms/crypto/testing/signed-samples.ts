/** Signatures made here, as base64, for a browser to verify. */
import { hash as digestOf } from 'node:crypto'
import type { Family } from '../../../../src/clouds/algorithms.ts'
import { generateMaterial, knownAlgorithm } from '../material.ts'
import { privateKeyIn, publicKeyInfo } from '../public-key.ts'
import { signWith } from '../signatures.ts'

export interface SignedSample {
  readonly name: string
  readonly family: Family
  readonly bits: number
  readonly hash: 'sha256' | 'sha384' | 'sha512'
  /** Whether the digest was signed in the message's place. */
  readonly prehashed: boolean
  /** DER of SubjectPublicKeyInfo. */
  readonly publicKey: string
  readonly message: string
  readonly signature: string
}

const hashes = ['sha256', 'sha384', 'sha512'] as const

const hashing = ['rsa-3072', 'rsa-4096', 'ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521']
const whole = ['ed25519', 'ml-dsa-65', 'ml-dsa-87']

/** A signature of each kind, RSA with a salt as long as the digest. */
export async function signedSamples(): Promise<readonly SignedSample[]> {
  const message = Buffer.from('what was agreed')
  const samples: SignedSample[] = []
  for (const name of [...hashing, ...whole]) {
    const algorithm = knownAlgorithm(name)
    const key = privateKeyIn(await generateMaterial(algorithm))
    const kinds = hashing.includes(name)
      ? hashes.flatMap((hash) => [false, true].map((prehashed) => ({ hash, prehashed })))
      : [{ hash: 'sha512', prehashed: false } as const]
    for (const kind of kinds) {
      const input = kind.prehashed ? digestOf(kind.hash, message, 'buffer') : message
      const signature = await signWith(algorithm, key, { ...kind, input, salt: 'digest' })
      const texts = { publicKey: publicKeyInfo(key), message, signature }
      const { family, bits } = algorithm
      samples.push({
        name,
        family,
        bits,
        ...kind,
        publicKey: texts.publicKey.toString('base64'),
        message: texts.message.toString('base64'),
        signature: texts.signature.toString('base64'),
      })
    }
  }
  return samples
}
