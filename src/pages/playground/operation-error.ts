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
  return {
    summary: 'not its ciphertext',
    title: cloudOf(key.cloud).capabilities.encryptionContext
      ? `This is not a ciphertext of ${key.name}, was altered, or was made with another encryption context.`
      : `This is not a ciphertext of ${key.name}, or it was altered.`,
  }
}
