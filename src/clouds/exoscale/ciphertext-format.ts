import type { CiphertextFormat } from '../ciphertext-format.ts'

/** Opaque by intent: the service finds the version itself, and no layout is published. */
export const ciphertextFormat: CiphertextFormat = {
  layout: () => undefined,
  certainty:
    'Its ciphertexts are opaque: only the length is certain. Key, version and context are not to be seen in it.',
}
