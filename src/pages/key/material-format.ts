import { algorithmNamed } from '../../clouds/algorithms.ts'
import { decode } from '../../lib/encodings.ts'

export const isPem = (material: string): boolean => material.startsWith('-----BEGIN ')

/** The form of exported material, told by its content: `PEM, RSA private key`, `Base64 of 32 bytes`. */
export function formatMaterial(material: string, type: string): string {
  const label = /^-----BEGIN ([A-Z0-9 ]+)-----/.exec(material)?.[1]
  if (label !== undefined) return `PEM, ${label.replace('PRIVATE KEY', 'private key')}`
  const decoded = decode(material, 'base64')
  if (!('bytes' in decoded)) return 'as the API wrote it'
  const parts = algorithmNamed(type)?.family === 'ed25519' && decoded.bytes.length === 64
  return `Base64 of ${decoded.bytes.length} bytes${parts ? ': the seed, then the public key' : ''}`
}
