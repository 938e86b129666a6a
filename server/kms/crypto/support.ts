import { generateKeyPairSync } from 'node:crypto'
import type { Algorithm } from '../../../src/clouds/algorithms.ts'

/** Type of key that this Node does not know. */
export class UnsupportedAlgorithmError extends Error {
  constructor(name: string) {
    const { node, openssl } = process.versions
    super(`${name} needs Node 24.6 and OpenSSL 3.5 or newer; this is Node ${node} with OpenSSL ${openssl}`)
  }
}

/** Types that were found to be known. */
const known = new Set<string>()

/**
 * Tries whether this Node knows a type that not every one has: an older one parses ML-DSA keys, then fails to sign and
 * finds every signature invalid. Throws {@link UnsupportedAlgorithmError}.
 */
export function requireSupport({ name, family }: Algorithm): void {
  if (family !== 'ml-dsa' || known.has(name)) return
  try {
    generateKeyPairSync(name as 'ml-dsa-65')
  } catch {
    throw new UnsupportedAlgorithmError(name)
  }
  known.add(name)
}
