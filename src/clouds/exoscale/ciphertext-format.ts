import type { CiphertextFormat } from '../ciphertext-format.ts'

/** Opaque: no layout is published, and the service finds the version itself. */
export const ciphertextFormat: CiphertextFormat = {
  layout: () => undefined,
}
