import { algorithmNamed } from '../algorithms.ts'
import { type CiphertextFormat, type Layout, rsaLayout } from '../ciphertext-format.ts'
import { limits } from './rules.ts'

/** AES-GCM and ChaCha20-Poly1305 alike. */
const NONCE = 12
const TAG = 16

function layout({ type }: { readonly type: string }, bytes: number): Layout | undefined {
  const algorithm = algorithmNamed(type)
  if (!algorithm?.maxPlaintext) return undefined
  if (algorithm.family === 'rsa') return rsaLayout(type, algorithm.bits, bytes)
  const ciphertext = bytes - NONCE - TAG
  if (ciphertext < limits.plaintext.min)
    return {
      mismatch: `a key of type ${type} makes at least ${NONCE + limits.plaintext.min + TAG} bytes, not ${bytes}`,
    }
  return {
    parts: [
      { name: 'Nonce', bytes: NONCE },
      { name: 'Ciphertext', bytes: ciphertext },
      { name: 'Tag', bytes: TAG },
    ],
  }
}

/** The API documents prefix and version; the layout after them is not published. */
export const ciphertextFormat: CiphertextFormat = {
  prefixes: ['thalassa', 'vault'],
  layout,
  certainty: 'Only prefix, version and length are certain.',
}
