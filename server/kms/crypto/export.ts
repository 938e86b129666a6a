import type { Algorithm } from '../../../src/clouds/algorithms.ts'
import { ed25519Parts, privateKeyIn } from './public-key.ts'

/**
 * Exported material, in Transit's formats: RSA as PEM of PKCS#1 with a newline at its end, ECDSA as PEM of SEC 1
 * without one, ML-DSA as PEM of PKCS#8, Ed25519 as base64 of seed and public key (64 bytes), all others as base64 of the raw key.
 */
export function exportMaterial({ family }: Algorithm, material: Uint8Array): string {
  switch (family) {
    case 'rsa':
      return privateKeyIn(material).export({ format: 'pem', type: 'pkcs1' }).toString()
    case 'ecdsa':
      return privateKeyIn(material).export({ format: 'pem', type: 'sec1' }).toString().trimEnd()
    case 'ed25519': {
      const { seed, publicKey } = ed25519Parts(privateKeyIn(material))
      return Buffer.concat([seed, publicKey]).toString('base64')
    }
    case 'ml-dsa':
      return privateKeyIn(material).export({ format: 'pem', type: 'pkcs8' }).toString()
    case 'aes-gcm':
    case 'chacha20-poly1305':
    case 'hmac':
      return Buffer.from(material).toString('base64')
  }
}
