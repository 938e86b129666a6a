/** Wraps and unwraps file keys: one request per file, whatever its size. */
import { CallError } from '../../../clouds/errors.ts'
import { runOperation } from '../../../clouds/key-operations.ts'
import { type KmsKey, projectOf } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { AgeError } from '../../../lib/age/age-error.ts'
import type { Wrap } from '../../../lib/age/header.ts'
import { type FileStanza, newFileContext, writeFileStanza } from '../../../lib/age/kms-stanza.ts'
import { FILE_KEY, headerSize, payloadSize } from '../../../lib/age/stream.ts'
import { utf8 } from '../../../lib/encodings.ts'

const contextOf = (text: string | undefined) => (text === undefined ? {} : { context: utf8(text) })

function stanzaArguments(key: KmsKey, version: number | undefined, context: string | undefined): string[] {
  const project = projectOf(key)
  return writeFileStanza({
    cloud: key.cloud,
    location: key.location,
    key: key.id,
    ...(project === undefined ? {} : { project }),
    ...(version === undefined ? {} : { version: String(version) }),
    ...(context === undefined ? {} : { context }),
  })
}

/** Wraps a file key with a KMS key, which the stanza names. */
export const wrapWith =
  (key: KmsKey, signal: AbortSignal): Wrap =>
  async (fileKey) => {
    const context = cloudOf(key.cloud).capabilities.encryptionContext?.(key) && newFileContext()
    const answer = await runOperation(key, 'encrypt', { plaintext: fileKey, ...contextOf(context) }, signal)
    fileKey.fill(0)
    return { args: stanzaArguments(key, answer.keyVersion, context), body: utf8(answer.ciphertext) }
  }

/** Bytes that wrapping adds to a file key: nonce and tag of AES-GCM, as most keys do it. */
const WRAPPING = 28

/** Bytes of the encrypted file, expected before the key has answered. */
export function likelySize(key: KmsKey, size: number): number {
  const { encryptionContext, ciphertextPrefix } = cloudOf(key.cloud).capabilities
  const version = ciphertextPrefix === undefined ? undefined : key.latestVersion
  const context = encryptionContext?.(key) && newFileContext()
  const wrapped = (ciphertextPrefix ?? '').length + Math.ceil((FILE_KEY + WRAPPING) / 3) * 4
  return headerSize(stanzaArguments(key, version, context), wrapped) + payloadSize(size)
}

/** Unwraps the file key (16 bytes) of a stanza. Throws CallError, or AgeError when the result is no file key. */
export async function unwrapWith(
  key: KmsKey,
  { context }: FileStanza,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const ciphertext = new TextDecoder().decode(body)
  try {
    const { plaintext } = await runOperation(key, 'decrypt', { ciphertext, ...contextOf(context) }, signal)
    if (plaintext.length !== FILE_KEY) throw new AgeError({ kind: 'header-altered' })
    return plaintext
  } catch (error) {
    // The cloud could not decrypt the wrapped key: other input would not help.
    if (error instanceof CallError && error.details.reason === 'invalid') throw new AgeError({ kind: 'header-altered' })
    throw error
  }
}
