/** Messages, digests and hashes, and signatures and HMACs before they are sent. */
import type { HashChoice } from '../../clouds/cloud.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { type Decoded, decode } from '../../lib/encodings.ts'
import { count } from '../../lib/numbers.ts'
import type { MakeSide } from './bench.ts'
import { bytesOfEntry, checkEntry, type Entry, type EntryWords, LARGEST_READ } from './entry.ts'
import { switchEncoding } from './typed.ts'

export type MakeOperation = 'sign' | 'hmac'
export type CheckOperation = 'verify' | 'verifyHmac'

export const messageWords: Readonly<Record<MakeOperation | CheckOperation, EntryWords>> = {
  sign: { nothing: 'There is nothing to sign yet. Type or paste something.', tooMuch: 'Sign its digest instead.' },
  hmac: { nothing: 'There is nothing to authenticate yet. Type or paste something.', tooMuch: 'Shorten it.' },
  verify: { nothing: 'The message is missing. Type or paste what was signed.', tooMuch: 'Verify offline takes more.' },
  verifyHmac: { nothing: 'The message is missing. Type or paste what was authenticated.', tooMuch: 'Shorten it.' },
}

/** What is checked, as it stands in sentences and on the field. */
export const proofWords = {
  verify: { noun: 'signature', field: 'Signature', nothing: 'There is no signature yet. Paste one.' },
  verifyHmac: { noun: 'HMAC', field: 'HMAC', nothing: 'There is no HMAC yet. Paste one.' },
} as const

/** What the key can hash with, its default first. */
export const hashesOf = (key: KmsKey): readonly HashChoice[] => cloudOf(key.cloud).traits.messages?.hashes(key) ?? []

/** The hash in use: the chosen one where the key has it, else the key's default; undefined where it has none to name. */
export function hashInUse(hash: string | undefined, key: KmsKey): HashChoice | undefined {
  const hashes = hashesOf(key)
  return hashes.find(({ name }) => name === hash) ?? hashes[0]
}

/** The hash as it is sent: not where the key's type decides. */
export function hashMember(hash: string | undefined, key: KmsKey): { readonly hash?: string } {
  const used = hashesOf(key).length > 1 ? hashInUse(hash, key) : undefined
  return used ? { hash: used.name } : {}
}

/** The hash that a digest was made with; undefined while a message is signed, or where the key takes no digests. */
export const digestHash = (
  operation: MakeOperation,
  { prehashed, hash }: Pick<MakeSide, 'prehashed' | 'hash'>,
  key: KmsKey,
): HashChoice | undefined => (operation === 'sign' && prehashed ? hashInUse(hash, key) : undefined)

export const messageSize = (key: KmsKey) => cloudOf(key.cloud).traits.messages?.size ?? { min: 1, max: LARGEST_READ }

/** One sentence when a digest is not as long as its hash makes them. */
export function wrongDigest(entry: Entry, { name, bytes }: HashChoice): string | undefined {
  const decoded = bytesOfEntry(entry)
  if ('error' in decoded) return decoded.error
  const { length } = decoded.bytes
  if (length === bytes) return undefined
  if (length === 0) return `There is no digest yet. Paste the ${count(bytes, 'byte')} that ${name} made.`
  return `A ${name} digest has ${count(bytes, 'byte')}, and this has ${length}. Choose the hash that made it, or sign the message itself.`
}

export function checkMessage(operation: MakeOperation | CheckOperation, entry: Entry, key: KmsKey): Decoded {
  return checkEntry(entry, messageSize(key), messageWords[operation])
}

/** A text is read as the hex of a digest where it can be; a digest is never text or a file. */
export function asDigest(entry: Entry): Entry {
  const { typed } = entry
  if (typed.encoding !== 'text') return { ...entry, from: 'typed' }
  const readable = 'bytes' in decode(typed.text, 'hex')
  return {
    ...entry,
    from: 'typed',
    typed: readable ? { text: typed.text, encoding: 'hex' } : switchEncoding(typed, 'hex'),
  }
}
