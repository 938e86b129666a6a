/** Operations of the playground: one row each, with the operations that their results and inputs go to. */
import type { CryptographicOperation } from '../../../clouds/operations.ts'
import type { PlaygroundOperation } from '../operation.ts'
import { decrypt } from './DecryptForm.tsx'
import { dataKey } from './data-key.ts'
import { encrypt } from './EncryptForm.tsx'
import { reEncrypt } from './re-encrypt.ts'
import { hmac, sign } from './SignForm.tsx'
import { verify, verifyHmac } from './VerifyForm.tsx'

const rows = {
  encrypt: { ...encrypt, next: 'decrypt' },
  decrypt: { ...decrypt, next: 'encrypt', inputNext: 'reEncrypt' },
  reEncrypt: { ...reEncrypt, next: 'decrypt' },
  dataKey: { ...dataKey, next: 'decrypt' },
  sign: { ...sign, next: 'verify' },
  verify,
  hmac: { ...hmac, next: 'verifyHmac' },
  verifyHmac,
} as const

/** Draft of each operation. */
export type Drafts = { readonly [Id in CryptographicOperation]: (typeof rows)[Id]['emptyDraft'] }

export interface RegisteredOperation<Id extends CryptographicOperation> extends PlaygroundOperation<Id, Drafts[Id]> {
  /** Operation that the result goes to. */
  readonly next?: CryptographicOperation
  /** Operation that the input can go to instead. */
  readonly inputNext?: CryptographicOperation
}

export const registry: { readonly [Id in CryptographicOperation]: RegisteredOperation<Id> } = rows
