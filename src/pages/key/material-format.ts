/** Descriptions of public keys and exported material, and the names of their files. */
import type { Algorithm } from '../../clouds/algorithms.ts'
import { algorithmNamed } from '../../clouds/algorithms.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { decode } from '../../lib/encodings.ts'

/** `RSA, 4096 bits`, `ECDSA on P-256, 256 bits`, `Ed25519, 256 bits`, `ML-DSA-65`. */
export function formatAlgorithm({ family, bits }: Algorithm): string {
  if (family === 'rsa') return `RSA, ${bits} bits`
  if (family === 'ecdsa') return `ECDSA on P-${bits}, ${bits} bits`
  return family === 'ml-dsa' ? `ML-DSA-${bits}` : 'Ed25519, 256 bits'
}

/** `billing-v3.pem`: from slug or id, since a name may hold any characters. */
export const keyFileName = ({ slug, id }: KmsKey, version: number, ending: string): string =>
  `${slug ?? id}-v${version}${ending}`

export const isPem = (material: string): boolean => material.startsWith('-----BEGIN ')

/** Form of exported material, derived from its content: `PEM, RSA private key`, `Base64 of 32 bytes`. */
export function formatMaterial(material: string, type: string): string {
  const label = /^-----BEGIN ([A-Z0-9 ]+)-----/.exec(material)?.[1]
  if (label !== undefined) return `PEM, ${label.replace('PRIVATE KEY', 'private key')}`
  const decoded = decode(material, 'base64')
  if (!('bytes' in decoded)) return 'as the API wrote it'
  const parts = algorithmNamed(type)?.family === 'ed25519' && decoded.bytes.length === 64
  return `Base64 of ${decoded.bytes.length} bytes${parts ? ': the seed, then the public key' : ''}`
}
