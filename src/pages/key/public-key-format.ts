/** What a public key is, and the files that key pages save. */
import type { Algorithm } from '../../clouds/algorithms.ts'
import type { KmsKey } from '../../clouds/model.ts'

/** `RSA, 4096 bits`, `ECDSA on P-256, 256 bits`, `Ed25519, 256 bits`. */
export function formatAlgorithm({ family, bits }: Algorithm): string {
  if (family === 'rsa') return `RSA, ${bits} bits`
  if (family === 'ecdsa') return `ECDSA on P-${bits}, ${bits} bits`
  return 'Ed25519, 256 bits'
}

/** `billing-v3.pem`: the slug, or the id where there is none, so that nothing in a name reaches a file system. */
export const keyFileName = ({ slug, id }: KmsKey, version: number, ending: string): string =>
  `${slug ?? id}-v${version}${ending}`
