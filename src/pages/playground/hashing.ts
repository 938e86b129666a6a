/** Hashes that keys sign and authenticate with, and messages and digests before they are sent. */
import type { HashChoice, OperationOption, Range } from '../../clouds/capabilities.ts'
import type { KmsKey } from '../../clouds/model.ts'
import type { ChosenOptions } from '../../clouds/operations.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { type Decoded, decode } from '../../lib/encodings.ts'
import { count } from '../../lib/numbers.ts'
import {
  type BytesInputMessages,
  decodeText,
  type EncodedText,
  MAX_FILE_BYTES,
  sameBytes,
  switchEncoding,
  validateBytes,
} from './fields/bytes-input.ts'

/** Hashes of a key, its default first. */
export const hashesOf = (key: KmsKey): readonly HashChoice[] =>
  cloudOf(key.cloud).capabilities.messages?.hashes(key) ?? []

/** The chosen hash where the key has it, else the key's default; undefined where the key has none to name. */
export function effectiveHash(hash: string | undefined, key: KmsKey): HashChoice | undefined {
  const hashes = hashesOf(key)
  return hashes.find(({ name }) => name === hash) ?? hashes[0]
}

/** Hash to send: none where the key's type decides. */
export function hashInput(hash: string | undefined, key: KmsKey): { readonly hash?: string } {
  const used = hashesOf(key).length > 1 ? effectiveHash(hash, key) : undefined
  return used ? { hash: used.name } : {}
}

/** Options of the key's signatures beside the hash. */
export const signOptionsOf = (key: KmsKey): readonly OperationOption[] =>
  cloudOf(key.cloud).capabilities.messages?.signOptions?.(key) ?? []

/** Options to send: the chosen ones that the key has. */
export function optionsInput(chosen: ChosenOptions, key: KmsKey): { readonly options?: ChosenOptions } {
  const known = signOptionsOf(key).flatMap(({ id, choices }) =>
    choices.filter(({ value }) => value === chosen[id]).map(({ value }) => [id, value] as const),
  )
  return known.length === 0 ? {} : { options: Object.fromEntries(known) }
}

/** Bytes of a message in one call. */
export const messageSizeOf = (key: KmsKey) =>
  cloudOf(key.cloud).capabilities.messages?.size ?? { min: 1, max: MAX_FILE_BYTES }

/** Hash whose digest can be given in the message's place. */
export type Digest = HashChoice & { readonly bytes: number }

export const takesDigest = (hash: HashChoice | undefined): hash is Digest => hash?.bytes !== undefined

/** Message as typed, or the digest of one. */
interface Message {
  readonly message: EncodedText
  /** Hash by the provider's name; undefined, or one that the key doesn't have, stands for the key's default. */
  readonly hash: string | undefined
  /** Whether the message is a digest; counts where the operation takes one for the key and its hash. */
  readonly prehashed: boolean
}

/** Message to sign, to verify or to authenticate. */
export interface MessageDraft extends Message {
  /** Counts for signatures; what the key doesn't have is ignored. */
  readonly options: ChosenOptions
}

/** Whether an operation on messages takes digests in their place. */
export type TakesDigests = (key: KmsKey) => boolean

export const verifiesDigests: TakesDigests = ({ cloud }) =>
  cloudOf(cloud).capabilities.messages?.verifiesDigests === true

/** Hash of the digest that stands in the message's place; undefined while a message does. */
export function digestHash(
  { prehashed, hash }: Omit<Message, 'message'>,
  key: KmsKey,
  takesDigests: TakesDigests,
): Digest | undefined {
  const used = effectiveHash(hash, key)
  return prehashed && takesDigest(used) && takesDigests(key) ? used : undefined
}

/** Bytes of the message or of the digest, or what is wrong with it in one sentence. */
export function readMessage(
  message: EncodedText,
  digest: Digest | undefined,
  size: Range,
  messages: BytesInputMessages,
): Decoded {
  const error = digest && digestError(message, digest)
  return error === undefined ? validateBytes(message, size, messages) : { error }
}

export const sameMessage = (before: MessageDraft, after: MessageDraft): boolean =>
  before.hash === after.hash &&
  before.prehashed === after.prehashed &&
  before.options === after.options &&
  sameBytes(before.message, after.message)

/** Error for a digest of another length than its hash makes; one sentence. */
function digestError(input: EncodedText, { name, bytes }: Digest): string | undefined {
  const decoded = decodeText(input)
  if ('error' in decoded) return decoded.error
  const { length } = decoded.bytes
  if (length === bytes) return undefined
  if (length === 0) return `There is no digest yet. Paste its ${count(bytes, 'byte')}.`
  return `The digest for ${name} has ${count(bytes, 'byte')}, and this has ${length}. Choose what fits it, or clear Prehashed and give the message.`
}

/** What to do with a message that is too long to sign: only some hashes take a digest in its place. */
export function digestAdvice(hash: string | undefined, key: KmsKey | undefined): string {
  if (!key || takesDigest(effectiveHash(hash, key))) return 'Sign its digest instead.'
  const other = hashesOf(key).find(takesDigest)
  return other ? `Choose ${other.name} and sign its digest.` : 'Shorten it: this key signs no digests.'
}

/** Input as a digest, which is never text: text that is valid hex is read as hex. */
export function toDigestInput(input: EncodedText): EncodedText {
  if (input.encoding !== 'text') return input
  return 'bytes' in decode(input.value, 'hex') ? { value: input.value, encoding: 'hex' } : switchEncoding(input, 'hex')
}
