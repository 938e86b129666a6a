/** What a ciphertext says about itself before anything is sent. */
import type { Capabilities } from '../../../clouds/cloud.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { base64Fault } from '../../../lib/base64-fault.ts'
import { decode } from '../../../lib/encodings.ts'

/** `prefix:vVERSION:BASE64`, the form in which a ciphertext names the version that made it. */
export interface VersionedText {
  readonly prefix: string
  readonly version: number
  /** Base64. */
  readonly body: string
}

/** Ciphertexts hold no white space; what wrapped lines or a terminal added is left out. */
export const withoutSpace = (text: string): string => text.replace(/\s+/g, '')

export function readVersioned(text: string): VersionedText | undefined {
  const [, prefix, version, body] = /^([a-z]+):v(\d{1,9}):([A-Za-z0-9+/]+={0,2})$/.exec(withoutSpace(text)) ?? []
  if (prefix === undefined || version === undefined || body === undefined) return undefined
  return { prefix, version: Number(version), body }
}

/**
 * Why it can't be sent, as one sentence with the way out.
 * @param what what was to be done with it, as a verb
 */
export function ciphertextError(text: string, traits: Capabilities, what = 'decrypt'): string | undefined {
  const ciphertext = withoutSpace(text)
  if (ciphertext === '') return `There is nothing to ${what} yet. Paste a ciphertext.`
  if (traits.ciphertextPrefix !== undefined) return undefined
  if (readVersioned(ciphertext))
    return 'This ciphertext names its version, as this key’s never do. Choose the key that made it.'
  return 'error' in decode(ciphertext, 'base64')
    ? 'This is not standard base64, as every ciphertext of this key is. Check that all of it was pasted, and nothing else.'
    : undefined
}

/** What names its version, with its article, and what a key does with it. */
const envelopeWords = {
  ciphertext: { one: 'a ciphertext', does: 'decrypts' },
  signature: { one: 'a signature', does: 'verifies' },
  HMAC: { one: 'an HMAC', does: 'verifies' },
} as const

/** What looks wrong about it and is for the cloud to decide; undefined when nothing does. */
export function ciphertextWarning(
  text: string,
  key: KmsKey,
  traits: Capabilities,
  noun: keyof typeof envelopeWords,
): string | undefined {
  const bare = withoutSpace(text)
  if (bare === '' || traits.ciphertextPrefix === undefined) return undefined
  const { one, does } = envelopeWords[noun]
  const envelope = readVersioned(bare)
  const [start] = /^\s*[a-z]+:v\d{1,9}:/.exec(text) ?? []
  if (!envelope && start !== undefined) return base64Fault(text, start.length)?.message
  if (!envelope)
    return `This does not look like ${one} of this key. Those begin with a word and a version, such as ${traits.ciphertextPrefix}, and end in base64.`
  if (envelope.version > key.latestVersion)
    return `This ${noun} names version ${envelope.version}, and ${key.name} has versions up to ${key.latestVersion}. Choose the key that made it.`
  if (key.minDecryptionVersion !== undefined && envelope.version < key.minDecryptionVersion)
    return `This ${noun} names version ${envelope.version}, and ${key.name} ${does} from version ${key.minDecryptionVersion} on.`
  return undefined
}

/** What the text stands for, without its envelope; undefined when it is no base64. */
export function ciphertextBytes(text: string): Uint8Array | undefined {
  const decoded = decode(readVersioned(text)?.body ?? text, 'base64')
  return 'bytes' in decoded ? decoded.bytes : undefined
}
