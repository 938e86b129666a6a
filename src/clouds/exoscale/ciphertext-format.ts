import type { CiphertextFormat } from '../ciphertext-format.ts'

/** Opaque: no layout is published, and the service finds the version itself. */
export const ciphertextFormat: CiphertextFormat = {
  layout: () => undefined,
  certainty:
    'Its ciphertexts are opaque: only the length is certain. Key, version and context are not to be seen in it.',
}
