/** The header of an age v1 file (C2SP, age-encryption.org/v1). Header, stanzas and MAC are the library's work throughout. */
import { Decrypter, Encrypter, type Recipient, Stanza } from 'age-encryption'
import { AgeError } from './age-error.ts'
import { SALT, TAG } from './stream.ts'

export interface StanzaParts {
  /** The type first. Printable ASCII without spaces. */
  readonly args: readonly string[]
  readonly body: Uint8Array
}

export interface Header {
  /** With its MAC and the line feed after it. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly stanzas: readonly StanzaParts[]
}

/** Says how a file key of 16 bytes is wrapped. */
export type Wrap = (fileKey: Uint8Array<ArrayBuffer>) => Promise<StanzaParts>

/** Far more than any number of recipients; what begins like a header and goes on for longer is none. */
const LONGEST_HEADER = 1 << 20
const VERSION = 'age-encryption.org/v1\n'
const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----'

const latin1 = new TextDecoder('latin1')

/** What the library is told about a recipient of ours. */
export const recipientOf = (wrap: Wrap): Recipient => ({
  async wrapFileKey(fileKey) {
    const { args, body } = await wrap(new Uint8Array(fileKey))
    return [new Stanza([...args], body)]
  },
})

/** A new header and the file key in it. */
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
  // Of an empty file only the header is used: the payload gets a salt, and so a key, of its own.
  const empty = await encrypter.encrypt(new Uint8Array())
  return { bytes: new Uint8Array(empty.subarray(0, empty.length - SALT - TAG)), fileKey }
}

/** The end of the line that begins with `---`; undefined when there is none in the text. */
function endOfHeader(text: string): number | undefined {
  const mac = text.indexOf('\n---', VERSION.length - 1)
  const end = mac < 0 ? -1 : text.indexOf('\n', mac + 1)
  return end < 0 ? undefined : end + 1
}

/** The stanzas, read without any key. */
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

/** Reads the header, whatever it was encrypted to. Throws AgeError when there is none. */
export async function readHeader(file: Blob): Promise<Header> {
  const bytes = new Uint8Array(await file.slice(0, LONGEST_HEADER).arrayBuffer())
  const text = latin1.decode(bytes)
  if (text.startsWith(ARMOR)) throw new AgeError({ kind: 'armored' })
  if (text.length > 0 && VERSION.startsWith(text)) throw new AgeError({ kind: 'header-cut', at: file.size })
  if (!text.startsWith(VERSION)) throw new AgeError({ kind: 'not-age' })
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
