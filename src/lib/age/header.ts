/** Header of an age v1 file (C2SP, age-encryption.org/v1), read and written by the library. */
import { Decrypter, Encrypter, type Recipient, Stanza } from 'age-encryption'
import { AgeError } from './age-error.ts'
import { FIRST_LINE, startFault } from './file-start.ts'
import { SALT, TAG } from './stream.ts'

export interface StanzaParts {
  /** Arguments, the type first. Printable ASCII without spaces. */
  readonly args: readonly string[]
  readonly body: Uint8Array
}

export interface Header {
  /** Bytes including the MAC and the final line feed. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly stanzas: readonly StanzaParts[]
}

/** Wraps a file key of 16 bytes and returns its stanza. */
export type Wrap = (fileKey: Uint8Array<ArrayBuffer>) => Promise<StanzaParts>

/** Largest header in bytes; a longer one is rejected. */
const LONGEST_HEADER = 1 << 20

const latin1 = new TextDecoder('latin1')

/** Recipient for the library that wraps with the KMS key. */
export const recipientOf = (wrap: Wrap): Recipient => ({
  async wrapFileKey(fileKey) {
    const { args, body } = await wrap(new Uint8Array(fileKey))
    return [new Stanza([...args], body)]
  },
})

/** Creates a header with a new file key. */
export async function makeHeader(
  wrap: Wrap,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; fileKey: Uint8Array<ArrayBuffer> }> {
  let fileKey = new Uint8Array()
  const encrypter = new Encrypter()
  encrypter.addRecipient(
    recipientOf((key) => {
      fileKey = key.slice()
      return wrap(key)
    }),
  )
  // Only the header of this empty file is used: the payload gets its own salt, and so its own key.
  const empty = await encrypter.encrypt(new Uint8Array())
  return { bytes: new Uint8Array(empty.subarray(0, empty.length - SALT - TAG)), fileKey }
}

/** Offset after the line that begins with `---`; undefined when there is none. */
function endOfHeader(text: string): number | undefined {
  const mac = text.indexOf('\n---', FIRST_LINE.length - 1)
  const end = mac < 0 ? -1 : text.indexOf('\n', mac + 1)
  return end < 0 ? undefined : end + 1
}

/** Reads the stanzas, without a key. */
async function stanzasOf(header: Uint8Array): Promise<readonly StanzaParts[]> {
  let stanzas: readonly StanzaParts[] | undefined
  const decrypter = new Decrypter()
  decrypter.addIdentity({
    unwrapFileKey(all) {
      stanzas = all
      return null
    },
  })
  await decrypter.decryptHeader(header).catch(() => undefined)
  if (stanzas === undefined) throw new AgeError({ kind: 'header-malformed' })
  return stanzas
}

/** Reads the header for any recipients. Throws AgeError when there is none. */
export async function readHeader(file: Blob): Promise<Header> {
  const bytes = new Uint8Array(await file.slice(0, LONGEST_HEADER).arrayBuffer())
  const text = latin1.decode(bytes)
  const fault = startFault(text)
  if (fault === 'cut') throw new AgeError({ kind: 'header-cut', at: file.size })
  if (fault !== undefined) throw new AgeError({ kind: fault })
  const end = endOfHeader(text)
  if (end === undefined)
    throw new AgeError(
      file.size < LONGEST_HEADER ? { kind: 'header-cut', at: file.size } : { kind: 'header-malformed' },
    )
  const header = bytes.slice(0, end)
  return { bytes: header, stanzas: await stanzasOf(header) }
}

/** Checks the header's MAC with the file key; throws AgeError when they don't belong together. */
export async function checkHeader({ bytes }: Header, fileKey: Uint8Array): Promise<void> {
  const decrypter = new Decrypter()
  decrypter.addIdentity({ unwrapFileKey: () => fileKey })
  try {
    await decrypter.decryptHeader(bytes)
  } catch {
    throw new AgeError({ kind: 'header-altered' })
  }
}
