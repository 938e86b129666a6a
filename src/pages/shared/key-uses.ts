/** What a key is chosen for: an operation, or the encryption of files. */
import type { KmsKey } from '../../clouds/model.ts'
import { refusalOf } from '../../clouds/offered-operations.ts'
import { type CryptographicOperation, cryptographicOperations } from '../../clouds/operations.ts'
import { cloudOf } from '../../clouds/registry.ts'

export type KeyUse = CryptographicOperation | 'file'

/** Verb phrase after "can" and "can't". */
export const abilityOf = (use: KeyUse): string =>
  use === 'file' ? 'encrypt files' : cryptographicOperations[use].ability

/** A provider with an encryption context binds a file's key to its header with it. */
function needsContext(key: KmsKey): string | undefined {
  const { encryptionContext } = cloudOf(key.cloud).capabilities
  return encryptionContext && !encryptionContext(key)
    ? 'It takes no encryption context, which binds a file’s key to the file. Choose a symmetric key.'
    : undefined
}

/** Why a key can't be used so now; undefined when it can. */
export const refusalFor = (key: KmsKey, use: KeyUse): string | undefined =>
  use === 'file' ? (refusalOf(key, 'encrypt') ?? needsContext(key)) : refusalOf(key, use)
