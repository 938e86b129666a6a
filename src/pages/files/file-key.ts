/** Wraps and unwraps file keys: one request per file, whatever its size. */
import { CallError } from '../../clouds/errors.ts'
import { type KmsKey, projectOf } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { AgeError } from '../../lib/age/age-error.ts'
import type { Wrap } from '../../lib/age/header.ts'
import { type FileStanza, newFileContext, writeFileStanza } from '../../lib/age/kms-stanza.ts'
import { FILE_KEY } from '../../lib/age/stream.ts'
import { utf8 } from '../../lib/encodings.ts'

const contextOf = (text: string | undefined) => (text === undefined ? {} : { context: utf8(text) })

/** Wraps a file key with a KMS key, which the stanza names. */
export const wrapWith =
  (key: KmsKey, signal: AbortSignal): Wrap =>
  async (fileKey) => {
    const { operations, capabilities: traits } = cloudOf(key.cloud)
    const context = traits.encryptionContext && newFileContext()
    const answer = await operations.encrypt.run(key, { plaintext: fileKey, ...contextOf(context) }, signal)
    fileKey.fill(0)
    const project = projectOf(key)
    return {
      args: writeFileStanza({
        cloud: key.cloud,
        location: key.location,
        key: key.id,
        ...(project === undefined ? {} : { project }),
        ...(answer.keyVersion === undefined ? {} : { version: String(answer.keyVersion) }),
        ...(context === undefined ? {} : { context }),
      }),
      body: utf8(answer.ciphertext),
    }
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
    const { operations } = cloudOf(key.cloud)
    const { plaintext } = await operations.decrypt.run(key, { ciphertext, ...contextOf(context) }, signal)
    if (plaintext.length !== FILE_KEY) throw new AgeError({ kind: 'header-altered' })
    return plaintext
  } catch (error) {
    // The cloud could not decrypt the wrapped key: other input would not help.
    if (error instanceof CallError && error.details.reason === 'invalid') throw new AgeError({ kind: 'header-altered' })
    throw error
  }
}
