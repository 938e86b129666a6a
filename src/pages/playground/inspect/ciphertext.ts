/** Checks of a ciphertext, signature or HMAC in a field before it is sent. */
import type { Capabilities } from '../../../clouds/capabilities.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { base64Fault } from '../../../lib/base64-fault.ts'
import { decode } from '../../../lib/encodings.ts'

/** `prefix:vVERSION:BASE64`: text that names the key version that made it. */
export interface VersionedText {
  readonly prefix: string
  readonly version: number
  /** Base64. */
  readonly body: string
}

/** Drops white space, which wrapped lines or a terminal add and no ciphertext holds. */
export const withoutSpace = (text: string): string => text.replace(/\s+/g, '')

export function readVersioned(text: string): VersionedText | undefined {
  const [, prefix, version, body] = /^([a-z]+):v(\d{1,9}):([A-Za-z0-9+/]+={0,2})$/.exec(withoutSpace(text)) ?? []
  if (prefix === undefined || version === undefined || body === undefined) return undefined
  return { prefix, version: Number(version), body }
}

/**
 * Error of a ciphertext that can't be sent, as one sentence with what to do.
 * @param verb what the operation does with it
 */
export function ciphertextError(text: string, capabilities: Capabilities, verb = 'decrypt'): string | undefined {
  const ciphertext = withoutSpace(text)
  if (ciphertext === '') return `There is nothing to ${verb} yet. Paste a ciphertext.`
  if (capabilities.ciphertextPrefix !== undefined) return undefined
  if (readVersioned(ciphertext))
    return 'This ciphertext names a version. Ciphertexts of this key never do. Choose the key that made it.'
  return 'error' in decode(ciphertext, 'base64')
    ? 'Ciphertexts of this key are standard base64, and this is not. Check that all of it was pasted.'
    : undefined
}

/** Error of a signature or HMAC that can't be sent, as one or two sentences; undefined where only the provider can judge it. */
export function signatureError(
  signature: string,
  { ciphertextPrefix }: Capabilities,
  noun: 'signature' | 'HMAC',
): string | undefined {
  if (ciphertextPrefix !== undefined) return undefined
  return readVersioned(signature)
    ? `This ${noun} names a version. Those of this key never do. Choose the key that made it.`
    : base64Fault(signature)?.message
}

/** Doubt about a signature or HMAC that only the provider can judge; undefined when it looks right. */
export function signatureWarning(
  text: string,
  key: KmsKey,
  { ciphertextPrefix }: Capabilities,
  noun: 'signature' | 'HMAC',
): string | undefined {
  const bare = withoutSpace(text)
  if (bare === '' || ciphertextPrefix === undefined) return undefined
  const versioned = readVersioned(bare)
  const [start] = /^\s*[a-z]+:v\d{1,9}:/.exec(text) ?? []
  if (!versioned && start !== undefined) return base64Fault(text, start.length)?.message
  if (!versioned)
    return `This does not look like ${noun === 'HMAC' ? 'an' : 'a'} ${noun} of this key. Those begin with a word and a version, such as ${ciphertextPrefix}, and end in base64.`
  if (versioned.version > key.latestVersion)
    return `This ${noun} names version ${versioned.version}. ${key.name} has versions up to ${key.latestVersion}. Choose the key that made it.`
  if (key.minDecryptionVersion !== undefined && versioned.version < key.minDecryptionVersion)
    return `This ${noun} names version ${versioned.version}. ${key.name} verifies from version ${key.minDecryptionVersion} on.`
  return undefined
}

/** Decoded bytes without the version prefix; undefined for text that is not base64. */
export function ciphertextBytes(text: string): Uint8Array | undefined {
  const decoded = decode(readVersioned(text)?.body ?? text, 'base64')
  return 'bytes' in decoded ? decoded.bytes : undefined
}
