import { detailsOf, type FieldName } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import type { CallId } from './playground-state.ts'

/** The cloud could not open a well-formed ciphertext. It tells no causes apart. */
export function isWrongCiphertext(operation: CallId, error: unknown): boolean {
  const { reason, field } = detailsOf(error)
  return (
    (operation === 'decrypt' || operation === 'reEncrypt') &&
    reason === 'invalid' &&
    (field === undefined || field === 'ciphertext')
  )
}

const signatureFields: Partial<Record<CallId, FieldName>> = { verify: 'signature', verifyHmac: 'hmac' }

/** The cloud could not read what was to be checked; one that is only wrong is no error. */
export function isMalformedSignature(operation: CallId, error: unknown): boolean {
  const { reason, field } = detailsOf(error)
  return reason === 'invalid' && field !== undefined && field === signatureFields[operation]
}

/** The title of a failure where the console can say more than the cloud's own words. */
export function operationErrorTitle(operation: CallId, key: KmsKey, error: unknown): string | undefined {
  if (!isWrongCiphertext(operation, error)) return undefined
  return cloudOf(key.cloud).capabilities.encryptionContext
    ? `This is not a ciphertext of ${key.name}, was altered, or was made with another encryption context.`
    : `This is not a ciphertext of ${key.name}, or it was altered.`
}
