/** Messages, digests and hashes, and signatures and HMACs before they are sent. */
import type { HashChoice } from '../../clouds/cloud.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { type Decoded, decode } from '../../lib/encodings.ts'
import { count } from '../../lib/numbers.ts'
import {
  type BytesInput,
  type BytesInputMessages,
  bytesOf,
  MAX_FILE_BYTES,
  validateBytes,
} from './fields/bytes-input.ts'
import { switchEncoding } from './fields/encoded-text.ts'
import type { SignState } from './playground-state.ts'

export type SignOperation = 'sign' | 'hmac'
export type VerifyOperation = 'verify' | 'verifyHmac'

export const messageTexts: Readonly<Record<SignOperation | VerifyOperation, BytesInputMessages>> = {
  sign: { nothing: 'There is nothing to sign yet. Type or paste something.', tooMuch: 'Sign its digest instead.' },
  hmac: { nothing: 'There is nothing to authenticate yet. Type or paste something.', tooMuch: 'Shorten it.' },
  verify: { nothing: 'The message is missing. Type or paste what was signed.', tooMuch: 'Verify offline takes more.' },
  verifyHmac: { nothing: 'The message is missing. Type or paste what was authenticated.', tooMuch: 'Shorten it.' },
}

/** What is checked, as it stands in sentences and on the field. */
export const signatureLabels = {
  verify: { noun: 'signature', field: 'Signature', nothing: 'There is no signature yet. Paste one.' },
  verifyHmac: { noun: 'HMAC', field: 'HMAC', nothing: 'There is no HMAC yet. Paste one.' },
} as const

/** What the key can hash with, its default first. */
export const hashesOf = (key: KmsKey): readonly HashChoice[] =>
  cloudOf(key.cloud).capabilities.messages?.hashes(key) ?? []

/** The hash in use: the chosen one where the key has it, else the key's default; undefined where it has none to name. */
export function effectiveHash(hash: string | undefined, key: KmsKey): HashChoice | undefined {
  const hashes = hashesOf(key)
  return hashes.find(({ name }) => name === hash) ?? hashes[0]
}

/** The hash as it is sent: not where the key's type decides. */
export function hashInput(hash: string | undefined, key: KmsKey): { readonly hash?: string } {
  const used = hashesOf(key).length > 1 ? effectiveHash(hash, key) : undefined
  return used ? { hash: used.name } : {}
}

/** The hash that a digest was made with; undefined while a message is signed, or where the key takes no digests. */
export const digestHash = (
  operation: SignOperation,
  { prehashed, hash }: Pick<SignState, 'prehashed' | 'hash'>,
  key: KmsKey,
): HashChoice | undefined => (operation === 'sign' && prehashed ? effectiveHash(hash, key) : undefined)

export const messageSizeOf = (key: KmsKey) =>
  cloudOf(key.cloud).capabilities.messages?.size ?? { min: 1, max: MAX_FILE_BYTES }

/** One sentence when a digest is not as long as its hash makes them. */
export function digestError(entry: BytesInput, { name, bytes }: HashChoice): string | undefined {
  const decoded = bytesOf(entry)
  if ('error' in decoded) return decoded.error
  const { length } = decoded.bytes
  if (length === bytes) return undefined
  if (length === 0) return `There is no digest yet. Paste the ${count(bytes, 'byte')} that ${name} made.`
  return `A ${name} digest has ${count(bytes, 'byte')}, and this has ${length}. Choose the hash that made it, or sign the message itself.`
}

export function validateMessage(operation: SignOperation | VerifyOperation, entry: BytesInput, key: KmsKey): Decoded {
  return validateBytes(entry, messageSizeOf(key), messageTexts[operation])
}

/** A text is read as the hex of a digest where it can be; a digest is never text or a file. */
export function toDigestInput(entry: BytesInput): BytesInput {
  const { typed } = entry
  if (typed.encoding !== 'text') return { ...entry, from: 'typed' }
  const readable = 'bytes' in decode(typed.text, 'hex')
  return {
    ...entry,
    from: 'typed',
    typed: readable ? { text: typed.text, encoding: 'hex' } : switchEncoding(typed, 'hex'),
  }
}
