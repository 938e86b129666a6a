/** Hashes that keys sign and authenticate with, and messages and digests before they are sent. */
import type { HashChoice, OperationOption } from '../../clouds/capabilities.ts'
import type { KmsKey } from '../../clouds/model.ts'
import type { ChosenOptions } from '../../clouds/operations.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { decode } from '../../lib/encodings.ts'
import { count } from '../../lib/numbers.ts'
import { decodeText, type EncodedText, MAX_FILE_BYTES, switchEncoding } from './fields/bytes-input.ts'

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

/** Error for a digest of another length than its hash makes; one sentence. */
export function digestError(input: EncodedText, { name, bytes }: Digest): string | undefined {
  const decoded = decodeText(input)
  if ('error' in decoded) return decoded.error
  const { length } = decoded.bytes
  if (length === bytes) return undefined
  if (length === 0) return `There is no digest yet. Paste the ${count(bytes, 'byte')} that ${name} made.`
  return `A ${name} digest has ${count(bytes, 'byte')}, and this has ${length}. Choose the hash that made it, or sign the message itself.`
}

/** Input as a digest, which is never text: text that is valid hex is read as hex. */
export function toDigestInput(input: EncodedText): EncodedText {
  if (input.encoding !== 'text') return input
  return 'bytes' in decode(input.value, 'hex') ? { value: input.value, encoding: 'hex' } : switchEncoding(input, 'hex')
}
