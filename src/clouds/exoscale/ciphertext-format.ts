import { algorithmNamed } from '../algorithms.ts'
import { type CiphertextFormat, rsaLayout } from '../ciphertext-format.ts'
import { isKeySpec, keySpecs } from './key-specs.ts'

/** RSA: a bare block, which programs make with the public key too. Opaque otherwise: the service finds the version itself. */
export const ciphertextFormat: CiphertextFormat = {
  layout({ type }, bytes) {
    const algorithm = isKeySpec(type) ? algorithmNamed(keySpecs[type]) : undefined
    return algorithm?.family === 'rsa' ? rsaLayout(type, algorithm.bits, bytes) : undefined
  },
}
