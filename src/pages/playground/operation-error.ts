import { detailsOf } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import type { ErrorExplanation } from './operation.ts'

/** Whether the KMS could not decrypt a well-formed ciphertext. It does not tell the causes apart. */
export function isWrongCiphertext(error: unknown): boolean {
  const { reason, field } = detailsOf(error)
  return reason === 'invalid' && (field === undefined || field === 'ciphertext')
}

/** Explanation of a ciphertext that a key could not decrypt. */
export function explainWrongCiphertext(error: unknown, key: KmsKey): ErrorExplanation<object> | undefined {
  if (!isWrongCiphertext(error)) return undefined
  const causes = cloudOf(key.cloud).capabilities.encryptionContext?.(key)
    ? 'wrong key, wrong encryption context or changed ciphertext'
    : 'wrong key or changed ciphertext'
  return { summary: 'not its ciphertext', title: `${key.name} could not decrypt this: ${causes}.` }
}
